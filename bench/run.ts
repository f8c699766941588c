/** Runs benchmarks by name, or all of them: `node bench/run.ts [name…]`. */
import { readdir } from 'node:fs/promises';

interface Benchmark {
  name: string;
  description: string;
  run(): void | Promise<void>;
}

const wanted = new Set(process.argv.slice(2));
const files = (await readdir(import.meta.dirname))
  .filter(
    (file) =>
      /^(?!run\.)[a-z-]+(?<!-worker)\.ts$/.test(file) && (wanted.size === 0 || wanted.has(file.replace(/\.ts$/, ''))),
  )
  .sort();
const known: string[] = [];
for (const file of files) {
  const loaded = (await import(`./${file}`)) as Partial<Benchmark>;
  if (loaded.name === undefined || loaded.run === undefined) continue;
  known.push(loaded.name);
  process.stdout.write(`${loaded.name}: ${loaded.description ?? ''}\n`);
  await loaded.run();
}
const unknown = [...wanted].filter((name) => !known.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`no such benchmark: ${unknown.join(', ')}; there are ${known.join(', ')}\n`);
  process.exitCode = 2;
}
