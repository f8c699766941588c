/** The `logs` command: what all functions logged about one run, in the order of time. */

import { setTimeout as sleep } from 'node:timers/promises';
import {
  CloudWatchLogsClient,
  GetQueryResultsCommand,
  type ResultField,
  StartQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { DescribeExecutionCommand, SFNClient } from '@aws-sdk/client-sfn';
import { RunId } from '../../lambdas/shared/contracts/ids.ts';
import { ownValue } from '../../lambdas/shared/lib/own-value.ts';
import { UsageError } from '../process/usage-error.ts';
import pc from '../terminal/colours.ts';
import { callAws, type DeployedStack, findLogGroups, findStack } from './stack.ts';

export interface LogsFlags {
  stack: string;
  region?: string;
  /** Only warnings and errors. */
  errors?: boolean;
  json?: boolean;
  /** Between two looks at a query that is under way. */
  intervalMs?: number;
}

/** Most that Logs Insights gives, and most log groups that it takes. */
const MAX_LINES = 10_000;
const MAX_LOG_GROUPS = 50;
/** Deliveries go on for days after a run. */
const AFTER_RUN_MS = 4 * 86_400_000;
const FIELDS = ['@timestamp', 'level', 'service', 'message', 'batch', 'errorName', 'reason', '@message'] as const;

/** Logs Insights finds the fields of JSON lines. The id has been checked: it cannot break out of its quotes. */
function queryFor(runId: string, errorsOnly: boolean): string {
  return [
    `fields ${FIELDS.join(', ')}`,
    `filter runId = "${runId}"${errorsOnly ? ' and level in ["WARN", "ERROR"]' : ''}`,
    'sort @timestamp asc',
    `limit ${MAX_LINES}`,
  ].join('\n| ');
}

const LEVEL_COLOURS: Record<string, (text: string) => string> = { WARN: pc.yellow, ERROR: pc.red };

function describeLine(line: Record<string, string>): string {
  const { '@timestamp': time = '', level = '', service = '', message = '', batch, errorName, reason } = line;
  const colour = ownValue(LEVEL_COLOURS, level) ?? ((text: string) => text);
  const where = batch === undefined ? '' : ` batch ${Number(batch) + 1}`;
  const why = [errorName, reason].filter(Boolean).join(': ');
  return `${pc.dim(time)} ${colour(level.padEnd(5))} ${`${service}${where}`.padEnd(30)} ${message}${why ? ` ${colour(why)}` : ''}`;
}

const toRecord = (fields: readonly ResultField[]) =>
  Object.fromEntries(fields.map(({ field = '', value = '' }) => [field, value]));

async function timeOf({ region, stateMachineArn }: DeployedStack, runId: string): Promise<[from: Date, to: Date]> {
  const client = new SFNClient({ region });
  const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${runId}`;
  const { startDate, stopDate } = await callAws('describe executions', () =>
    client.send(new DescribeExecutionCommand({ executionArn })).catch((error: unknown) => {
      const isMissing = error instanceof Error && error.name === 'ExecutionDoesNotExist';
      throw isMissing ? new UsageError(`There is no execution ${runId}`) : error;
    }),
  );
  client.destroy();
  const now = new Date();
  const end = stopDate ? Math.min(stopDate.getTime() + AFTER_RUN_MS, now.getTime()) : now.getTime();
  return [startDate ?? now, new Date(end)];
}

/** @throws UsageError for a run or stack that does not exist, and for credentials that do not do */
export async function readLogs(runId: string, flags: LogsFlags): Promise<void> {
  if (!RunId.safeParse(runId).success) throw new UsageError(`${runId} is not the id of a run`);
  const stack = await findStack(flags.stack, flags.region);
  const [from, to] = await timeOf(stack, runId);
  const logGroupNames = (await findLogGroups(stack)).slice(0, MAX_LOG_GROUPS);
  const client = new CloudWatchLogsClient({ region: stack.region });
  const results = await callAws('query the logs', async () => {
    const { queryId } = await client.send(
      new StartQueryCommand({
        logGroupNames,
        startTime: Math.floor(from.getTime() / 1_000),
        endTime: Math.ceil(to.getTime() / 1_000),
        queryString: queryFor(runId, flags.errors === true),
      }),
    );
    for (;;) {
      const answer = await client.send(new GetQueryResultsCommand({ queryId }));
      if (answer.status === 'Complete') return answer.results ?? [];
      if (answer.status !== 'Running' && answer.status !== 'Scheduled') {
        throw new Error(`CloudWatch Logs ended the query as ${answer.status}`);
      }
      await sleep(flags.intervalMs ?? 1_000);
    }
  });
  client.destroy();
  const lines = results
    .map(toRecord)
    .map((line) => (flags.json ? (line['@message'] ?? '').trim() : describeLine(line)));
  process.stdout.write(lines.length > 0 ? `${lines.join('\n')}\n` : flags.json ? '' : 'No log lines for this run.\n');
}
