/** What may go wrong between Step Functions and a function, on demand: for tests of what a run does about it. */
import type { LambdaProcess } from './lambda-process.ts';
import { StateError } from './state-error.ts';

/** An invocation that is about to happen. */
interface FunctionCall {
  state: string;
  /** Execution name; that of a child where the state runs in a Distributed Map. */
  execution: string;
  /** Index of the child's item. */
  index: number | undefined;
  /** 1 for the first call of this state in this execution, counting retries and loops. */
  call: number;
}

export type FunctionFault =
  /** The function does not run: the account's concurrency is used up. */
  | { kind: 'throttled' }
  /** The process is killed so long after the call, as for want of memory. */
  | { kind: 'killed'; afterMs: number }
  /** The function does all its work, and its answer gets lost. */
  | { kind: 'answer-lost' };

/** Chooses the fault of a call; undefined lets it pass. */
export type FaultPlan = (call: FunctionCall) => FunctionFault | undefined;

/** Counts the calls of each state of each execution, for {@link FunctionCall.call}. */
export class CallCounter {
  readonly #calls = new Map<string, number>();

  next(execution: string, state: string): number {
    const key = `${execution} ${state}`;
    const call = (this.#calls.get(key) ?? 0) + 1;
    this.#calls.set(key, call);
    return call;
  }
}

/** @throws StateError when the fault keeps the function from running at all */
export function throwIfThrottled(fault: FunctionFault | undefined): void {
  if (fault?.kind === 'throttled') throw new StateError('Lambda.TooManyRequestsException', 'Rate Exceeded.');
}

/** @throws StateError when the fault swallows the answer */
export function throwIfLost(fault: FunctionFault | undefined): void {
  if (fault?.kind !== 'answer-lost') return;
  throw new StateError(
    'Lambda.Unknown',
    'The cause could not be determined because Lambda did not return an error type.',
  );
}

/**
 * A function that disarms the kill, which otherwise comes `afterMs` milliseconds from now.
 *
 * @example const disarm = armKill({ kind: 'killed', afterMs: 50 }, process); // then disarm()
 */
export function armKill(fault: FunctionFault | undefined, process: LambdaProcess): () => void {
  if (fault?.kind !== 'killed') return () => {};
  const timer = setTimeout(() => process.kill(), fault.afterMs);
  return () => clearTimeout(timer);
}
