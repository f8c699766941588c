/** Watches an execution in AWS until it ends, and reports what happens as the engine does. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  type HistoryEvent,
  paginateGetExecutionHistory,
  paginateListMapRuns,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import type { EventSink, ExecutionEventDetails, ExecutionRef } from '../../emulator/engine/events.ts';
import type { FinishedExecution, RunStatus } from '../run/report.ts';
import { HistoryTranslator, toMapCounts } from './translate-history.ts';

export interface FollowOptions {
  client: SFNClient;
  executionArn: string;
  onEvent: EventSink;
  /** Stops watching; the execution goes on. */
  signal?: AbortSignal;
  /** Between two looks. */
  intervalMs?: number;
}

/** Often enough to look alive, and far below the five calls a second that an account has for the history. */
const INTERVAL_MS = 2_000;

/** Name of an execution, the last part of its ARN. */
function executionName(executionArn: string): string {
  return executionArn.slice(executionArn.lastIndexOf(':') + 1);
}

class Follower {
  readonly #options: FollowOptions;
  readonly #execution: ExecutionRef;
  readonly #history: HistoryTranslator;
  /** Map runs that are under way; those that ended are not asked again. */
  readonly #openMapRuns = new Set<string>();
  readonly #endedMapRuns = new Set<string>();

  constructor(options: FollowOptions) {
    this.#options = options;
    this.#execution = { name: executionName(options.executionArn), arn: options.executionArn };
    this.#history = new HistoryTranslator(this.#execution);
  }

  /** One look; the result once the execution has ended. */
  async look(): Promise<FinishedExecution | undefined> {
    const { client, executionArn } = this.#options;
    const execution = await client.send(new DescribeExecutionCommand({ executionArn }));
    const history = await this.#readHistory();
    // Before what comes after the Map, since its line goes away when it ends.
    await this.#lookAtMapRuns();
    for (const event of this.#history.translate(history)) this.#options.onEvent(event);
    if (execution.status === 'RUNNING' || execution.status === 'PENDING_REDRIVE') return undefined;
    const { startDate, stopDate, error, cause } = execution;
    return {
      name: this.#execution.name,
      status: execution.status as RunStatus,
      ...(error === undefined ? {} : { error }),
      ...(cause === undefined ? {} : { cause }),
      stateTransitions: this.#history.stateTransitions,
      durationMs: (stopDate?.getTime() ?? 0) - (startDate?.getTime() ?? 0),
    };
  }

  async #readHistory(): Promise<HistoryEvent[]> {
    const { client, executionArn } = this.#options;
    const events: HistoryEvent[] = [];
    for await (const page of paginateGetExecutionHistory({ client, pageSize: 1_000 }, { executionArn })) {
      events.push(...(page.events ?? []));
    }
    return events;
  }

  async #lookAtMapRuns(): Promise<void> {
    const { client, executionArn } = this.#options;
    for await (const page of paginateListMapRuns({ client }, { executionArn })) {
      for (const { mapRunArn = '' } of page.mapRuns ?? []) {
        if (!this.#endedMapRuns.has(mapRunArn)) await this.#lookAtMapRun(mapRunArn);
      }
    }
  }

  async #lookAtMapRun(mapRunArn: string): Promise<void> {
    const run = await this.#options.client.send(new DescribeMapRunCommand({ mapRunArn }));
    const counts = toMapCounts(run.executionCounts);
    const state = /:mapRun:[^/]+\/([^:]+):/.exec(mapRunArn)?.[1] ?? 'Map';
    if (!this.#openMapRuns.has(mapRunArn)) {
      this.#openMapRuns.add(mapRunArn);
      this.#emit({ type: 'MapRunStarted', state, mapRunArn, concurrency: run.maxConcurrency ?? 0, counts });
    } else {
      this.#emit({ type: 'MapRunProgress', state, mapRunArn, counts });
    }
    if (run.status === 'RUNNING') return;
    this.#endedMapRuns.add(mapRunArn);
    this.#emit({ type: 'MapRunFinished', state, mapRunArn, counts });
  }

  #emit(details: ExecutionEventDetails): void {
    this.#options.onEvent({ timestamp: Date.now(), execution: this.#execution, ...details });
  }
}

/**
 * The result of the execution, which is watched to its end; undefined when watching was stopped first.
 *
 * @throws SFNServiceException from the SDK, which has tried again by then
 * @example await followExecution({ client, executionArn, onEvent }) // { status: 'SUCCEEDED', … }
 */
export async function followExecution(options: FollowOptions): Promise<FinishedExecution | undefined> {
  const { signal, intervalMs = INTERVAL_MS } = options;
  const follower = new Follower(options);
  while (!signal?.aborted) {
    const finished = await follower.look();
    if (finished) return finished;
    await sleep(intervalMs, undefined, signal ? { signal } : {}).catch(() => undefined);
  }
  return undefined;
}
