/** What a command reads and prepares before it does its work. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { DAY, openWorld } from './lake/lake-world.ts';
import { scratch, transcripts } from './transcripts.ts';

const LISTER = fileURLToPath(new URL('../fixtures/list-packages.mjs', import.meta.url));
const EVENT = 'events/manual-interactions.json';

const ENGINE = ['aws-local-stepfunctions'];
const DUCKDB = ['@duckdb/node-api'];
/** What a command is to do without, if it does not say so. */
const HEAVY = [
  '@aws-sdk/client-cloudformation',
  '@aws-sdk/client-cloudwatch-logs',
  '@aws-sdk/client-sfn',
  'aws-cdk-lib',
  'esbuild',
  ...DUCKDB,
  ...ENGINE,
];

interface Call {
  args: string[];
  /** Which of the heavy packages it reads. */
  reads: string[];
  prepares: boolean;
}

it('reads what it needs only, and the first one that runs the state machine prepares it for the others', async () => {
  const { out, recordRun } = await openWorld();
  await recordRun('run-1', ['int-1', 'int-2']);
  const folder = await scratch();
  const cache = join(folder, 'cache');
  const file = join(folder, 'packages.json');
  const env = { TRANSCRIPTS_CACHE: cache, NODE_OPTIONS: `--import=${LISTER}`, LIST_PACKAGES: file };
  const call = async (args: string[]): Promise<Call> => {
    const { stderr } = await transcripts(args, { env });
    const loaded = JSON.parse(readFileSync(file, 'utf8')) as string[];
    expect(loaded).toContain('commander');
    const reads = loaded.filter((one) => HEAVY.includes(one)).sort();
    return { args, reads, prepares: stderr.includes('preparing the state machine, first start only') };
  };
  const needsNone: [string[], string[]][] = [
    [['status', 'run-1', '--out', out], []],
    [['verify', out], []],
    [['compact', DAY, '--out', out], DUCKDB],
  ];
  for (const [args, reads] of needsNone) expect(await call(args)).toEqual({ args, reads, prepares: false });
  expect(existsSync(cache)).toBe(false);
  const plan = ['plan', EVENT, '--out', out];
  expect(await call(plan)).toEqual({ args: plan, reads: ENGINE, prepares: true });
  const others: [string[], string[]][] = [
    [['redeliver', 'run-1', '--out', out], ENGINE],
    // It compacts again what was compacted.
    [
      ['erase', '--interaction', 'int-1', '--yes', '--out', out],
      [...DUCKDB, ...ENGINE],
    ],
  ];
  for (const [args, reads] of others) expect(await call(args)).toEqual({ args, reads, prepares: false });
  expect(readdirSync(cache)).toHaveLength(1);
});
