/**
 * `npm run mutate`: changes the product in one small way after the other, on copies of the tree, and sees whether a test
 * notices. Says per area what share was noticed, and lists what was not. See docs/testing.md.
 */
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { AREAS } from './mutate/areas.ts';
import { drawSample } from './mutate/draw-sample.ts';
import { findMutants } from './mutate/find-mutants.ts';
import { isAmong } from './mutate/globs.ts';
import { testsByFile } from './mutate/import-graph.ts';
import { type Result, renderReport, renderResult, scoresOf } from './mutate/report.ts';
import { copyTree, filesOf, type TreeCopy } from './mutate/tree-copy.ts';
import { type Candidate, tryMutants } from './mutate/try-mutants.ts';

interface Flags {
  sample: number;
  seed: number;
  all?: boolean;
  area?: string[];
  files?: string[];
  workers: number;
  json: string;
  list?: boolean;
}

const PROJECT = join(import.meta.dirname, '..');

const wholeNumber = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
};

const command = new Command('mutate')
  .description(
    'changes the product in small ways and sees whether a test notices; the files themselves stay as they are',
  )
  .option('--sample <n>', 'how many changes, in equal shares of the areas', wholeNumber, 450)
  .option('--seed <n>', 'which of them: the same seed draws the same changes', wholeNumber, 1)
  .option('--all', 'every change instead of a sample')
  .addOption(new Option('--area <name...>', 'only these areas').choices(AREAS.map(({ name }) => name)))
  .option('--files <glob...>', 'only files of the areas that match')
  .option('--workers <n>', 'how many at the same time', wholeNumber, 2)
  .option('--json <file>', 'where the report goes', 'out/mutate.json')
  .option('--list', 'print the changes, and try none')
  .addHelpText(
    'after',
    `
Exit code: 0 done, whatever the score; 1 broken off; 2 bad usage.

Examples:
  npm run mutate
  npm run mutate -- --area masker --sample 100 --seed 7
  npm run mutate -- --all --files 'lambdas/get-job-status/**'`,
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

/** The changes to try, and the sources of all files. */
function choose({ sample, seed, all, area, files }: Flags) {
  const paths = filesOf(PROJECT).filter((path) => /\.m?[jt]s$/.test(path));
  const sources = new Map(paths.map((path) => [path, readFileSync(join(PROJECT, path), 'utf8')]));
  const mutantsOf = (globs: readonly string[]) =>
    paths
      .filter((path) => isAmong(path, globs) && (files === undefined || isAmong(path, files)))
      .flatMap((path) => findMutants(path, sources.get(path) ?? ''));
  const wanted = AREAS.filter(({ name }) => area === undefined || area.includes(name));
  const found = Object.fromEntries(wanted.map(({ name, files: globs }) => [name, mutantsOf(globs)]));
  const drawn = all === true ? found : drawSample(found, sample, seed);
  const candidates = Object.entries(drawn).flatMap(([name, mutants]) =>
    mutants.map((mutant): Candidate => ({ area: name, mutant })),
  );
  const total = Object.values(found).flat().length;
  return { candidates, total, sources };
}

async function run(flags: Flags): Promise<void> {
  const { candidates, total, sources } = choose(flags);
  const say = (text: string) => process.stdout.write(`${text}\n`);
  if (flags.list) {
    for (const { area, mutant } of candidates) {
      say(`${area}  ${mutant.file}:${mutant.line}  ${mutant.operator}\n  - ${mutant.before}\n  + ${mutant.after}`);
    }
    return;
  }
  say(`${candidates.length} of ${total} changes, seed ${flags.seed}, ${flags.workers} at a time`);
  const interrupt = new AbortController();
  const stop = () => interrupt.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const trees: TreeCopy[] = [];
  const results: Result[] = [];
  const startedMs = performance.now();
  try {
    for (let i = 0; i < Math.max(1, flags.workers); i++) trees.push(copyTree(PROJECT));
    const tests = [...sources.keys()].filter((path) => path.endsWith('.test.ts'));
    const testsOf = testsByFile(sources, tests);
    await tryMutants(candidates, { trees, sources, testsOf, signal: interrupt.signal, report: say }, (result) => {
      if (interrupt.signal.aborted) return;
      results.push(result);
      say(`${String(results.length).padStart(5)}/${candidates.length}  ${renderResult(result)}`);
    });
  } finally {
    for (const tree of trees) tree.dispose();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
  say(`\n${renderReport(results)}`);
  const minutes = (performance.now() - startedMs) / 60_000;
  say(`${minutes.toFixed(1)} minutes; ${flags.json} has all of it`);
  await mkdir(dirname(flags.json), { recursive: true });
  const { seed, sample } = flags;
  await writeFile(
    flags.json,
    `${JSON.stringify({ seed, sample, total, minutes, scores: scoresOf(results), results }, null, 2)}\n`,
  );
  if (interrupt.signal.aborted) process.exitCode = 1;
}

await run(command.parse().opts<Flags>());
