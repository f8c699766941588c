/** Size of each function's bundle, and how long a fresh process takes to import it: what a cold start waits for. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Assembly } from '../emulator/engine/assembly.ts';
import { cachedAssembly } from '../emulator/sandbox/cached-assembly.ts';

/** The argument of `npm run bench`. */
export const name = 'bundles';
/** What the list of benchmarks says of it. */
export const description = 'bundle of each function: size, and import time in a fresh process (median of 7)';

const IMPORTS = 7;

/** Milliseconds that a process of its own takes to import a module, with the environment that Lambda gives it. */
function importMs(file: string, environment: Record<string, string>): number {
  const script = `const t=performance.now();await import(${JSON.stringify(pathToFileURL(file).href)});process.stdout.write(String(performance.now()-t))`;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...environment, AWS_REGION: 'us-east-1', PATH: process.env.PATH },
    encoding: 'utf8',
  });
  return Number(output);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function report({ functions }: Assembly): void {
  const kilobytes = (bytes: number) => `${Math.round(bytes / 1_000)} kB`.padStart(8);
  for (const { codeDir, environment } of functions) {
    const file = join(codeDir, 'index.mjs');
    const code = readFileSync(file);
    const times = Array.from({ length: IMPORTS }, () => importMs(file, environment));
    const service = (environment.POWERTOOLS_SERVICE_NAME ?? '').padEnd(24);
    process.stdout.write(
      `  ${service}${kilobytes(code.length)} minified ${kilobytes(gzipSync(code).length)} gzipped  import ${median(times).toFixed(0).padStart(4)} ms\n`,
    );
  }
}

/** Prints size and import time of each bundle, in KiB and ms. */
export async function run(): Promise<void> {
  report(await cachedAssembly());
}
