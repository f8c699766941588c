/** The `execute` command: event in, one execution in AWS, report out. The same display and summary as `run`. */
import { randomBytes } from 'node:crypto';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { ExecutionEvent } from '../../emulator/engine/events.ts';
import { inOrder } from '../process/interruption.ts';
import { ProgressPrinter } from '../run/progress.ts';
import { readEvent } from '../run/read-event.ts';
import { completeReport, OutcomeCollector, type RunReport } from '../run/report.ts';
import { renderSummary } from '../run/summary.ts';
import { targetOf } from '../terminal/status-line.ts';
import { QUIET, whileWaiting } from '../terminal/waiting.ts';
import { dashboardLink, executionLink, objectLink } from './console-links.ts';
import { followExecution } from './follow-execution.ts';
import { callAws, type DeployedStack, findStack } from './stack.ts';

export interface ExecuteFlags {
  stack: string;
  region?: string;
  name?: string;
  json?: boolean;
  /** False: start it and leave. */
  follow?: boolean;
}

/** Sorts by time in a listing, and two runs of the same second differ. */
function newRunId(now: Date): string {
  const time = now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
  return `manual-${time}-${randomBytes(3).toString('hex')}`;
}

/** The record that a report names; undefined where it may not be read. */
async function readRecord({ region, bucket }: DeployedStack, key: string): Promise<unknown> {
  const client = new S3Client({ region });
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return JSON.parse((await Body?.transformToString()) ?? '{}');
  } catch {
    // An operator may start runs without being allowed to read data.
    return undefined;
  } finally {
    client.destroy();
  }
}

function placesOf(report: RunReport, stack: DeployedStack, executionArn: string): [string, string][] {
  return [
    ['execution', executionLink(stack.region, executionArn)],
    ...(report.manifestKey
      ? ([[report.dryRun ? 'plan' : 'manifest', objectLink(stack.region, stack.bucket, report.manifestKey)]] satisfies [
          string,
          string,
        ][])
      : []),
    ['dashboard', dashboardLink(stack.region, stack.name)],
    ['log', `npm run -s transcripts -- logs ${report.runId} --stack ${stack.name}`],
  ];
}

/**
 * The process's exit code of one execution in AWS, which is started, followed and reported: 0 succeeded (or left
 * running), 1 failed.
 *
 * @throws UsageError for what the user gave, and for credentials that do not do
 * @example await executeEvent('events/window.json', { stack: 'CxoneTranscripts-prod' }) // 0
 */
export async function executeEvent(eventFile: string, flags: ExecuteFlags): Promise<number> {
  const input = await readEvent(eventFile);
  const stack = await whileWaiting('asking AWS for the stack', () => findStack(flags.stack, flags.region), QUIET);
  const client = new SFNClient({ region: stack.region });
  const name = flags.name ?? newRunId(new Date());
  const screen = flags.json ? process.stderr : process.stdout;
  const { executionArn = '' } = await callAws('start executions', () =>
    client.send(
      new StartExecutionCommand({ stateMachineArn: stack.stateMachineArn, name, input: JSON.stringify(input) }),
    ),
  );
  const link = executionLink(stack.region, executionArn);
  screen.write(`Started ${name}\n${link}\n`);
  if (flags.follow === false) return 0;

  const progress = new ProgressPrinter(targetOf(screen));
  const outcome = new OutcomeCollector();
  try {
    const onEvent = (event: ExecutionEvent) => {
      progress.observe(event);
      outcome.observe(event);
    };
    const result = await inOrder((signal) =>
      callAws('follow executions', () => followExecution({ client, executionArn, onEvent, signal })),
    );
    progress.end();
    if (result === undefined) {
      screen.write(`\nStill running. To stop it: aws stepfunctions stop-execution --execution-arn ${executionArn}\n`);
      return 0;
    }
    const report = outcome.report(result, `s3://${stack.bucket}`);
    const complete = completeReport(
      report,
      report.manifestKey ? await readRecord(stack, report.manifestKey) : undefined,
    );
    const places = placesOf(complete, stack, executionArn);
    screen.write(renderSummary(complete, places, ` --stack ${stack.name}`, screen.columns));
    if (flags.json) process.stdout.write(`${JSON.stringify(complete)}\n`);
    return result.status === 'SUCCEEDED' ? 0 : 1;
  } finally {
    progress.end();
    client.destroy();
  }
}
