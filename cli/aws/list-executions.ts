/** The `executions` command: the latest runs of a stack, newest first. */

import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { ownValue } from '../../lambdas/shared/lib/own-value.ts';
import pc from '../terminal/colours.ts';
import { formatDuration } from '../terminal/format-duration.ts';
import { callAws, findStack } from './stack.ts';

export interface ExecutionsFlags {
  stack: string;
  region?: string;
  limit: number;
  json?: boolean;
}

interface ListedExecution {
  runId: string;
  status: string;
  startedAt: string;
  /** Null while it runs. */
  durationMs: number | null;
}

const COLOURS: Record<string, (text: string) => string> = { SUCCEEDED: pc.green, RUNNING: pc.cyan };

function describeExecution({ runId, status, startedAt, durationMs }: ListedExecution): string {
  const colour = ownValue(COLOURS, status) ?? pc.red;
  const duration = durationMs === null ? '' : formatDuration(durationMs);
  return `${colour(status.padEnd(10))} ${startedAt.slice(0, 19).replace('T', ' ')}  ${duration.padStart(12)}  ${runId}`;
}

/** @throws UsageError where there is no such stack, and for credentials that do not do */
export async function listExecutions(flags: ExecutionsFlags): Promise<void> {
  const stack = await findStack(flags.stack, flags.region);
  const client = new SFNClient({ region: stack.region });
  const { executions = [] } = await callAws('list executions', () =>
    client.send(new ListExecutionsCommand({ stateMachineArn: stack.stateMachineArn, maxResults: flags.limit })),
  );
  const listed = executions.map(({ name = '', status = '', startDate, stopDate }) => ({
    runId: name,
    status,
    startedAt: startDate?.toISOString() ?? '',
    durationMs: startDate && stopDate ? stopDate.getTime() - startDate.getTime() : null,
  }));
  client.destroy();
  const lines = flags.json ? listed.map((each) => JSON.stringify(each)) : listed.map(describeExecution);
  process.stdout.write(lines.length > 0 ? `${lines.join('\n')}\n` : flags.json ? '' : 'No executions yet.\n');
}
