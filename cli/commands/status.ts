import { Command } from 'commander';
import { findStack } from '../aws/stack.ts';
import { openLake } from '../lake/open-lake.ts';
import { type RunStatus, readRunStatus } from '../lake/run-status.ts';
import { QUIET, whileWaiting } from '../terminal/waiting.ts';
import { path } from './arguments.ts';

interface StatusFlags {
  out: string;
  stack?: string;
  region?: string;
  json?: boolean;
}

/** `status`: how far a run has come, from its records in S3. */
export function statusCommand(): Command {
  return new Command('status')
    .description('show how far a run has come, and what it left')
    .argument('<run>', 'id of the run: the name of its execution')
    .option('--out <dir>', 'directory of `run --out`, or s3://bucket', path, 'out')
    .option('--stack <name>', 'look into the data lake of this stack, in AWS')
    .option('--region <region>', 'where the stack is; AWS_REGION or that of the profile otherwise')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExit code: 0 known, 1 no run of that name has left anything, 2 bad usage.')
    .action(async (runId: string, flags: StatusFlags) => {
      const stack = flags.stack === undefined ? undefined : await findStack(flags.stack, flags.region);
      const lake = await openLake(stack ?? flags.out);
      try {
        const status = await whileWaiting('reading the records of the run', () => readRunStatus(lake, runId), QUIET);
        process.stdout.write(flags.json ? `${JSON.stringify(status)}\n` : renderStatus(status));
        process.exitCode = status.state === 'unknown' ? 1 : 0;
      } finally {
        await lake.close();
      }
    });
}

const WHAT_TO_DO: Partial<Record<RunStatus['state'], string>> = {
  unknown: 'No run of that name has left anything here.',
  open: 'If it is not running any more: start {"retryRun": "RUN"}, or wait for the next run of its schedule.',
  abandoned: 'It left no record: start {"retryRun": "RUN"}.',
  incomplete: 'Start {"retryRun": "RUN"} to take what it left; a schedule does so with its next run.',
};

function whatToDo({ runId, state, takenOverBy }: RunStatus): string[] {
  const advice = WHAT_TO_DO[state];
  if (takenOverBy === undefined) return advice === undefined ? [] : [advice.replace('RUN', runId)];
  const { runId: other, state: itsState, stored } = takenOverBy;
  const ends = {
    open: 'which is not recorded yet',
    complete: `which is complete: ${stored} stored`,
    incomplete: `which is incomplete: ${stored} stored; start {"retryRun": "${other}"} to take what that one left`,
  };
  return [`What it left was taken over by ${other}, ${ends[itsState]}.`];
}

/**
 * How far the run has come, as lines of text. Pure.
 *
 * @example renderStatus({ runId: 'r1', state: 'unknown' }) // 'r1: unknown\nNo run of that name …\n'
 */
export function renderStatus(status: RunStatus): string {
  const { runId, state, source, reference = {}, window, startedAt, batches, counts = {}, planned } = status;
  const facts = (record: Record<string, number | string>) =>
    Object.entries(record).map(([name, value]) => `${value} ${name}`);
  const shown = Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
  const lines = [
    `${runId}: ${state}`,
    ...(source
      ? [
          `  from      ${source} ${Object.entries(reference)
            .flatMap(([name, value]) => (name === 'repeated' ? [] : [value]))
            .join(' ')}`.trimEnd(),
        ]
      : []),
    ...(window ? [`  window    ${window.from} to ${window.to}`] : []),
    ...(startedAt ? [`  started   ${startedAt}, last sign of life ${status.lastSignAt}`] : []),
    ...(batches ? [`  batches   ${batches.done} of ${batches.of}`] : []),
    ...(planned === undefined ? [] : [`  outcome   ${planned} planned: ${facts(shown).join(', ') || 'nothing yet'}`]),
    ...(status.delivered === undefined
      ? []
      : [`  webhook   ${status.delivered} of ${status.rows} delivered, ${status.parked} parked`]),
    ...(status.notSearched ?? []).map(({ from, to }) => `  left      not searched from ${from} to ${to}`),
    ...(status.unfinishedKey ? [`  left      ${status.unfinishedKey}`] : []),
    ...whatToDo(status),
  ];
  return `${lines.join('\n')}\n`;
}
