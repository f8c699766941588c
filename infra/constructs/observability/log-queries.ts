/** Logs Insights queries that are saved with the stack, in a folder of its name. */
import { type ILogGroup, QueryDefinition, QueryString } from 'aws-cdk-lib/aws-logs';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

export interface LogQueriesProps {
  /** Of all functions. */
  functionLogs: readonly ILogGroup[];
  /** Of the state machines. */
  stateMachineLogs: readonly ILogGroup[];
  /** Of RecordOutcome. */
  outcomeLogs: ILogGroup;
}

/** The query of the latest runs; also a table on the dashboard. */
export const LATEST_RUNS: readonly string[] = [
  'fields @timestamp, runId, status, counts.stored, counts.failed, counts.quarantined, delivery.pending',
  'filter message = "Run recorded"',
  'sort @timestamp desc',
  'limit 20',
];

/** Lines of what the handlers log (`lambdas/shared/task/middleware.ts`) and of Lambda's own reports. */
const FUNCTION_QUERIES: Readonly<Record<string, readonly string[]>> = {
  'One run, all functions': [
    'fields @timestamp, service, level, message, batch, jobId, errorName, reason',
    '# Put the id of the run between the quotes.',
    'filter runId = ""',
    'sort @timestamp asc',
    'limit 10000',
  ],
  'Failed tasks by error': [
    'filter message in ["Task failed", "Task failed unexpectedly"]',
    'stats count(*) as failures, count_distinct(runId) as runs, latest(reason) as lastReason by errorName, service',
    'sort failures desc',
  ],
  'Throttled by CXone': [
    'filter VendorThrottled > 0',
    'stats sum(VendorThrottled) as throttled by bin(15m)',
    'sort @timestamp asc',
  ],
  'Batches with quarantined transcripts': [
    'fields @timestamp, runId, batch, quarantined, stored',
    'filter message = "Batch stored" and quarantined > 0',
    'sort @timestamp desc',
  ],
  'Time and memory of the functions': [
    'filter @type = "REPORT"',
    'stats count(*) as calls, pct(@duration, 95) as p95Ms, max(@maxMemoryUsed / 1000000) as peakMB, max(@initDuration) as slowestStartMs by @log',
    'sort p95Ms desc',
  ],
};

const STATE_MACHINE_QUERIES: Readonly<Record<string, readonly string[]>> = {
  'State machines: what failed': [
    'fields @timestamp, type, details.name, details.error, execution_arn',
    'filter type like /Failed|TimedOut|Aborted/',
    'sort @timestamp desc',
    'limit 200',
  ],
};

/** The saved queries of one stage. */
export class LogQueries extends Construct {
  constructor(scope: Construct, id: string, props: LogQueriesProps) {
    super(scope, id);
    this.#save({ 'Latest runs': LATEST_RUNS }, [props.outcomeLogs]);
    this.#save(FUNCTION_QUERIES, props.functionLogs);
    this.#save(STATE_MACHINE_QUERIES, props.stateMachineLogs);
  }

  #save(queries: Readonly<Record<string, readonly string[]>>, logGroups: readonly ILogGroup[]): void {
    for (const [name, lines] of Object.entries(queries)) {
      new QueryDefinition(this, name.replaceAll(/[^A-Za-z]/g, ''), {
        queryDefinitionName: `${Stack.of(this).stackName}/${name}`,
        queryString: new LinesQuery(lines),
        logGroups: [...logGroups],
      });
    }
  }
}

/** CDK's own builder knows some of the commands only. */
class LinesQuery extends QueryString {
  readonly #lines: readonly string[];

  constructor(lines: readonly string[]) {
    super();
    this.#lines = lines;
  }

  override toString(): string {
    return this.#lines.reduce((query, line) =>
      // A comment is a line of its own, without a pipe.
      line.startsWith('#') ? `${query}\n${line}` : `${query}\n| ${line}`,
    );
  }
}
