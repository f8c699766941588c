/** From the history of an execution in AWS to the events of the engine, so that both are shown in the same way. Pure. */
import type { HistoryEvent, MapRunExecutionCounts } from '@aws-sdk/client-sfn';
import type { ExecutionEvent, ExecutionEventDetails, ExecutionRef, MapCounts } from '../../emulator/engine/events.ts';
import type { JsonValue } from '../../emulator/engine/json.ts';

/** Step Functions hands data on as text; what is cut off or hidden is not JSON. */
function parse(text: string | undefined): JsonValue {
  if (text === undefined || text === '') return null;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}

/** Ends of a Task that failed: their details hold error and cause under a name of their own. */
function failureOf(event: HistoryEvent): { error: string; cause: string } | undefined {
  const details =
    event.lambdaFunctionFailedEventDetails ??
    event.lambdaFunctionTimedOutEventDetails ??
    event.taskFailedEventDetails ??
    event.taskTimedOutEventDetails ??
    event.mapRunFailedEventDetails;
  return details && { error: details.error ?? 'States.TaskFailed', cause: details.cause ?? '' };
}

function describe(event: HistoryEvent, state: string): ExecutionEventDetails | undefined {
  const { type, stateEnteredEventDetails: entered, stateExitedEventDetails: exited } = event;
  if (entered) {
    const stateType = String(type).replace(/StateEntered$/, '');
    return { type: 'StateEntered', state: entered.name ?? '', stateType, input: parse(entered.input) };
  }
  if (exited) {
    const stateType = String(type).replace(/StateExited$/, '');
    return { type: 'StateExited', state: exited.name ?? '', stateType, input: null, output: parse(exited.output) };
  }
  const failure = failureOf(event);
  if (failure) return { type: 'StateFailed', state, stateType: 'Task', ...failure };
  switch (type) {
    case 'ExecutionStarted':
      return { type: 'ExecutionStarted', input: parse(event.executionStartedEventDetails?.input) };
    case 'ExecutionSucceeded':
      return { type: 'ExecutionSucceeded', output: parse(event.executionSucceededEventDetails?.output) };
    case 'ExecutionFailed':
    case 'ExecutionTimedOut':
    case 'ExecutionAborted': {
      const details =
        event.executionFailedEventDetails ?? event.executionTimedOutEventDetails ?? event.executionAbortedEventDetails;
      return { type, error: details?.error ?? '', cause: details?.cause ?? '' };
    }
    default:
      return undefined;
  }
}

/** Feeds on the history in its order, a part at a time; keeps in mind which state it is in. */
export class HistoryTranslator {
  readonly #execution: ExecutionRef;
  #lastId = 0;
  #state = '';
  /** States entered, retries of a Task included: what AWS bills for the execution itself. */
  stateTransitions = 0;

  constructor(execution: ExecutionRef) {
    this.#execution = execution;
  }

  /** The events that are new; those seen before are left out. */
  translate(history: readonly HistoryEvent[]): ExecutionEvent[] {
    const events: ExecutionEvent[] = [];
    for (const event of history) {
      const { id = 0, timestamp } = event;
      if (id <= this.#lastId) continue;
      this.#lastId = id;
      if (event.stateEnteredEventDetails) {
        this.#state = event.stateEnteredEventDetails.name ?? '';
        this.stateTransitions += 1;
      }
      const details = describe(event, this.#state);
      if (details) events.push({ timestamp: timestamp?.getTime() ?? 0, execution: this.#execution, ...details });
    }
    return events;
  }
}

/**
 * Children of a Map run, as the engine counts them.
 *
 * @example
 * toMapCounts({ total: 3, succeeded: 1, failed: 1, timedOut: 1 })
 * // { total: 3, running: 0, succeeded: 1, failed: 2 }
 */
export function toMapCounts(counts: MapRunExecutionCounts | undefined): MapCounts {
  const { total = 0, running = 0, succeeded = 0, failed = 0, timedOut = 0, aborted = 0 } = counts ?? {};
  return { total, running, succeeded, failed: failed + timedOut + aborted };
}
