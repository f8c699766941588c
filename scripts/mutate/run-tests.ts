import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import * as z from 'zod';
import { CHANGE_DETECTORS } from './areas.ts';
import { runNode } from './run-command.ts';
import type { TreeCopy } from './tree-copy.ts';

const Report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      startTime: z.number(),
      endTime: z.number(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

export interface TestRun {
  outcome: 'passed' | 'failed' | 'timed out' | 'broken';
  /** The first test that failed, or the file that could not be loaded. */
  failure?: string;
  /** By file. */
  files: Map<string, { passed: boolean; ms: number }>;
}

export interface TestRunOptions {
  limitMs: number;
  signal: AbortSignal;
  /** Stops at the first failure; true if left out. */
  bail?: boolean;
}

const require = createRequire(import.meta.url);
const VITEST = join(dirname(require.resolve('vitest/package.json')), 'vitest.mjs');
const TSC = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
const escaped = CHANGE_DETECTORS.map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
const TESTS_THAT_COUNT = `^(?!.*(?:${escaped.join('|')}))`;

/**
 * What test files of a copy said, run one after the other. Broken: the tests gave no result of their own.
 *
 * @example await runTests(tree, ['test/unit/a.test.ts'], { limitMs: 60_000, signal }) // { verdict: 'passed', … }
 */
export async function runTests(tree: TreeCopy, tests: readonly string[], options: TestRunOptions): Promise<TestRun> {
  const reportFile = join(tree.temp, 'report.json');
  rmSync(reportFile, { force: true });
  const { bail = true, limitMs, signal } = options;
  const end = await runNode(
    [
      VITEST,
      'run',
      '--config=scripts/mutate/vitest.config.ts',
      '--maxWorkers=1',
      `--bail=${bail ? 1 : 0}`,
      `--testNamePattern=${TESTS_THAT_COUNT}`,
      '--reporter=json',
      `--outputFile=${reportFile}`,
    ],
    { cwd: tree.dir, env: environmentOf(tree, tests), limitMs, signal },
  );
  if (end === 'timed out') return { outcome: 'timed out', files: new Map() };
  if (end === 'aborted' || !existsSync(reportFile)) return { outcome: 'broken', files: new Map() };
  const { testResults } = Report.parse(JSON.parse(readFileSync(reportFile, 'utf8')));
  const files = new Map(
    testResults.map(({ name, status, startTime, endTime }) => [
      relative(tree.dir, name),
      { passed: status === 'passed', ms: endTime - startTime },
    ]),
  );
  const failed = testResults.find(({ status }) => status !== 'passed');
  if (end === 0) return { outcome: 'passed', files };
  if (failed === undefined) return { outcome: 'broken', files };
  const test = failed.assertionResults.find(({ status }) => status === 'failed')?.fullName;
  return { outcome: 'failed', failure: [relative(tree.dir, failed.name), ...(test ? [test] : [])].join(': '), files };
}

/**
 * Whether the type checker takes the copy as it is; a repeated check looks only at what changed.
 *
 * @example await typesHold(tree, signal) // true
 */
export async function typesHold(tree: TreeCopy, signal: AbortSignal): Promise<boolean> {
  const args = [TSC, '--noEmit', '--incremental', '--tsBuildInfoFile', join(tree.temp, 'types.tsbuildinfo')];
  return (await runNode(args, { cwd: tree.dir, env: environmentOf(tree, []), limitMs: 300_000, signal })) === 0;
}

const environmentOf = (tree: TreeCopy, tests: readonly string[]) => ({
  ...process.env,
  TMPDIR: tree.temp,
  MUTATE_TESTS: JSON.stringify(tests),
});
