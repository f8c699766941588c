/** One execution as the Step Functions API shows it, from the engine's events. */
import type { ExecutionEvent, MapCounts } from '../../emulator/engine/events.ts';
import type { JsonObject, JsonValue } from '../../emulator/engine/json.ts';
import type { ExecutionResult } from '../../emulator/engine/run-execution.ts';

interface MapRun {
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED';
  concurrency: number;
  counts: MapCounts;
  startedAt: number;
}

const seconds = (milliseconds: number) => milliseconds / 1_000;

export class ExecutionRecord {
  readonly arn: string;
  readonly stateMachineArn: string;
  readonly startedAt = seconds(Date.now());
  readonly history: JsonObject[] = [];
  readonly #mapRuns = new Map<string, MapRun>();
  #result: ExecutionResult | undefined;
  #stoppedAt: number | undefined;

  constructor(arn: string, stateMachineArn: string) {
    this.arn = arn;
    this.stateMachineArn = stateMachineArn;
  }

  observe(event: ExecutionEvent): void {
    // Children have histories of their own.
    if (event.execution.map !== undefined || event.execution.arn !== this.arn) return;
    switch (event.type) {
      case 'MapRunStarted':
        this.#mapRuns.set(event.mapRunArn, {
          status: 'RUNNING',
          concurrency: event.concurrency,
          counts: event.counts,
          startedAt: seconds(event.timestamp),
        });
        return;
      case 'MapRunProgress':
      case 'MapRunFinished': {
        const run = this.#mapRuns.get(event.mapRunArn);
        if (run) run.counts = event.counts;
        if (run && event.type === 'MapRunFinished') run.status = event.error === undefined ? 'SUCCEEDED' : 'FAILED';
        return;
      }
      default: {
        const details = historyDetails(event);
        if (details === undefined) return;
        const id = this.history.length + 1;
        this.history.push({ id, previousEventId: id - 1, timestamp: seconds(event.timestamp), ...details });
      }
    }
  }

  end(result: ExecutionResult): void {
    this.#result = result;
    this.#stoppedAt = seconds(Date.now());
  }

  summary(): JsonObject {
    return {
      executionArn: this.arn,
      stateMachineArn: this.stateMachineArn,
      name: this.arn.slice(this.arn.lastIndexOf(':') + 1),
      status: this.#result?.status ?? 'RUNNING',
      startDate: this.startedAt,
      ...(this.#stoppedAt === undefined ? {} : { stopDate: this.#stoppedAt }),
    };
  }

  describe(): JsonObject {
    const { output, error, cause } = this.#result ?? {};
    return {
      ...this.summary(),
      ...(output === undefined ? {} : { output: JSON.stringify(output) }),
      ...(error === undefined ? {} : { error }),
      ...(cause === undefined ? {} : { cause }),
    };
  }

  mapRuns(): JsonValue[] {
    return [...this.#mapRuns].map(([mapRunArn, { startedAt }]) => ({
      executionArn: this.arn,
      mapRunArn,
      stateMachineArn: this.stateMachineArn,
      startDate: startedAt,
    }));
  }

  describeMapRun(mapRunArn: string): JsonObject | undefined {
    const run = this.#mapRuns.get(mapRunArn);
    if (!run) return undefined;
    const { total, running, succeeded, failed } = run.counts;
    const counts: JsonObject = {
      pending: total - running - succeeded - failed,
      running,
      succeeded,
      failed,
      timedOut: 0,
      aborted: 0,
      total,
      resultsWritten: 0,
    };
    return {
      mapRunArn,
      executionArn: this.arn,
      status: run.status,
      startDate: run.startedAt,
      maxConcurrency: run.concurrency,
      toleratedFailurePercentage: 0,
      toleratedFailureCount: 0,
      itemCounts: counts,
      executionCounts: counts,
    };
  }
}

/** Type and details of a history event; undefined for what a history does not hold. */
function historyDetails(event: ExecutionEvent): JsonObject | undefined {
  switch (event.type) {
    case 'ExecutionStarted':
      return { type: event.type, executionStartedEventDetails: { input: JSON.stringify(event.input) } };
    case 'ExecutionSucceeded':
      return { type: event.type, executionSucceededEventDetails: { output: JSON.stringify(event.output) } };
    case 'ExecutionFailed':
    case 'ExecutionTimedOut':
    case 'ExecutionAborted': {
      const field = `${event.type[0]?.toLowerCase()}${event.type.slice(1)}EventDetails`;
      return { type: event.type, [field]: { error: event.error, cause: event.cause } };
    }
    case 'StateEntered':
      return {
        type: `${event.stateType}StateEntered`,
        stateEnteredEventDetails: { name: event.state, input: JSON.stringify(event.input) },
      };
    case 'StateExited':
      return {
        type: `${event.stateType}StateExited`,
        stateExitedEventDetails: { name: event.state, output: JSON.stringify(event.output) },
      };
    case 'StateFailed':
      return {
        type: 'LambdaFunctionFailed',
        lambdaFunctionFailedEventDetails: { error: event.error, cause: event.cause },
      };
    default:
      return undefined;
  }
}
