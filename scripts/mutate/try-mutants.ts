/** Tries mutants one by one on copies of the tree: on the quick tests, the types, the slow tests. */
import { AREAS } from './areas.ts';
import type { Mutant } from './find-mutants.ts';
import { mutated } from './find-mutants.ts';
import { inOrder, isAmong } from './globs.ts';
import type { Result, Verdict } from './report.ts';
import { runTests, typesHold } from './run-tests.ts';
import type { TreeCopy } from './tree-copy.ts';

export interface Candidate {
  area: string;
  mutant: Mutant;
}

export interface Trial {
  trees: readonly TreeCopy[];
  /** Of all files, by path. */
  sources: ReadonlyMap<string, string>;
  /** Tests that load a file. */
  testsOf: ReadonlyMap<string, readonly string[]>;
  signal: AbortSignal;
  report(text: string): void;
}

/** Milliseconds that a test takes, and that it takes to get to it: starting, loading what it imports. */
interface Duration {
  ms: number;
  startMs: number;
}

/** Of the tests that pass without any change; others say nothing about a mutant. */
type Durations = ReadonlyMap<string, Duration>;

/** Tests that take longer are asked after the types, which take about as long. */
const QUICK_MS = 5_000;

/** For a machine that is busier than at the measurement. */
const GRACE_MS = 20_000;
const SLOWER = 5;

/** Hands what became of each candidate under its tests to `onResult`, in the order in which it is known. */
export async function tryMutants(candidates: readonly Candidate[], trial: Trial, onResult: (result: Result) => void) {
  const areaOf = ({ area }: Candidate) => AREAS.find(({ name }) => name === area);
  const fastOf = (candidate: Candidate) =>
    (trial.testsOf.get(candidate.mutant.file) ?? []).filter((test) => isAmong(test, areaOf(candidate)?.tests ?? []));
  const slowOf = (candidate: Candidate) => inOrder([...trial.sources.keys()], areaOf(candidate)?.slowTests ?? []);
  trial.report('tests that import what is changed, without a change');
  const fast = await measure([...new Set(candidates.flatMap(fastOf))], trial);
  const isQuick = (test: string) => (fast.get(test)?.ms ?? 0) <= QUICK_MS;
  const undecided: Candidate[] = [];
  await eachOnATree(candidates, trial, async (candidate, tree) => {
    const tests = fastestFirst(fastOf(candidate), fast).filter(isQuick);
    const result = await attempt(candidate, tree, trial, { tests, durations: fast, checksTypes: true });
    if (result.verdict === 'survived') undecided.push(candidate);
    else onResult(result);
  });
  if (undecided.length === 0) return;

  trial.report(`${undecided.length} left; slow tests, without a change`);
  const slow = new Map([...fast, ...(await measure([...new Set(undecided.flatMap(slowOf))], trial))]);
  await eachOnATree(undecided, trial, async (candidate, tree) => {
    const longer = fastestFirst(fastOf(candidate), fast).filter((test) => !isQuick(test));
    const tests = [...longer, ...slowOf(candidate).filter((test) => slow.has(test))];
    onResult(await attempt(candidate, tree, trial, { tests, durations: slow, checksTypes: false }));
  });
}

interface Attempt {
  tests: readonly string[];
  durations: Durations;
  checksTypes: boolean;
}

const VERDICTS = { passed: 'survived', failed: 'killed', 'timed out': 'timed out', broken: 'broken' } as const;

async function attempt(candidate: Candidate, tree: TreeCopy, trial: Trial, how: Attempt): Promise<Result> {
  const { area, mutant } = candidate;
  const { signal } = trial;
  const source = trial.sources.get(mutant.file) ?? '';
  const startedMs = performance.now();
  const result = (verdict: Verdict, by?: string): Result => ({
    area,
    mutant,
    verdict,
    ...(by === undefined ? {} : { by }),
    ms: performance.now() - startedMs,
  });
  tree.write(mutant.file, mutated(source, mutant));
  try {
    const limitMs = GRACE_MS + SLOWER * aloneMs(how.tests, how.durations);
    const run = how.tests.length === 0 ? undefined : await runTests(tree, how.tests, { limitMs, signal });
    const verdict = VERDICTS[run?.outcome ?? 'passed'];
    if (verdict === 'survived' && how.checksTypes && !(await typesHold(tree, signal))) return result('refused');
    return result(verdict, run?.failure);
  } finally {
    tree.write(mutant.file, source);
  }
}

/** What the tests take in one process without a change: each by itself, after the longest of the starts. */
function aloneMs(tests: readonly string[], durations: Durations): number {
  const known = tests.flatMap((test) => durations.get(test) ?? []);
  return known.reduce((sum, { ms }) => sum + ms, 0) + Math.max(0, ...known.map(({ startMs }) => startMs));
}

async function measure(tests: readonly string[], trial: Trial): Promise<Durations> {
  const durations = new Map<string, Duration>();
  await eachOnATree(tests, trial, async (test, tree) => {
    const startedMs = performance.now();
    const { outcome, files } = await runTests(tree, [test], { limitMs: 900_000, signal: trial.signal, bail: false });
    const ms = files.get(test)?.ms ?? 0;
    if (outcome === 'passed') durations.set(test, { ms, startMs: Math.max(0, performance.now() - startedMs - ms) });
    else if (!trial.signal.aborted) trial.report(`left out, as it fails without a change: ${test}`);
  });
  return durations;
}

const fastestFirst = (tests: readonly string[], durations: Durations): string[] =>
  tests.filter((test) => durations.has(test)).sort((a, b) => (durations.get(a)?.ms ?? 0) - (durations.get(b)?.ms ?? 0));

/** Hands the items out to the trees, one to each at a time; ends early on the signal. */
async function eachOnATree<T>(
  items: readonly T[],
  { trees, signal }: Trial,
  work: (item: T, tree: TreeCopy) => Promise<void>,
) {
  const queue = items.values();
  await Promise.all(
    trees.map(async (tree) => {
      for (const item of queue) {
        if (signal.aborted) return;
        await work(item, tree);
      }
    }),
  );
}
