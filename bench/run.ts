/** Runs benchmarks by name, or all of them: `npm run bench -- [name…]`. */
import { readdir } from 'node:fs/promises';

interface Benchmark {
  name: string;
  description: string;
  run(): void | Promise<void>;
}

const names = (await readdir(import.meta.dirname))
  .filter((file) => /^(?!run\.)[a-z-]+(?<!-worker)\.ts$/.test(file))
  .map((file) => file.replace(/\.ts$/, ''))
  .sort();
const wanted = process.argv.slice(2);
/** What a file offers; those that only help others offer nothing. */
const load = async (name: string) => (await import(`./${name}.ts`)) as Partial<Benchmark>;
const isBenchmark = ({ name, run }: Partial<Benchmark>): boolean => name !== undefined && run !== undefined;

const chosen = wanted.length === 0 ? names : wanted;
const unknown = chosen.filter((name) => !names.includes(name));
const loaded = await Promise.all(chosen.filter((name) => names.includes(name)).map(load));
if (wanted.length > 0 && (unknown.length > 0 || !loaded.every(isBenchmark))) {
  const all = (await Promise.all(names.map(load))).filter(isBenchmark);
  const wrong = wanted.filter((name) => !all.some((benchmark) => benchmark.name === name));
  process.stderr.write(`no such benchmark: ${wrong.join(', ')}; there are ${all.map(({ name }) => name).join(', ')}\n`);
  process.exitCode = 2;
} else {
  for (const { name, description = '', run } of loaded) {
    if (name === undefined || run === undefined) continue;
    process.stdout.write(`${name}: ${description}\n`);
    await run();
  }
}
