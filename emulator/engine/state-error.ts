/** An error as the state machine sees it: a name for Retry and Catch, a cause as text. */

/** Limit of a state's input or output, in bytes (Step Functions quotas, "Maximum input or output size"). */
export const MAX_STATE_BYTES = 256 * 1024;

/** What a Task reports to its state; `message` becomes the `Cause`. */
export class StateError extends Error {
  /** Read by the interpreter: whether any Retry may match. */
  readonly isRetryable: boolean;
  /** Read by the interpreter: whether any Catch may match. */
  readonly isCatchable: boolean;

  constructor(name: string, cause: string, matchable = true) {
    super(cause);
    this.name = name;
    this.isRetryable = matchable;
    this.isCatchable = matchable;
  }
}

/** A definition that asks for something this engine does not do; running it anyway would prove nothing. */
export class UnsupportedDefinitionError extends Error {
  override readonly name = 'UnsupportedDefinitionError';
}

/** Runs of the engine that were stopped from outside. */
export class AbortedError extends Error {
  override readonly name = 'AbortedError';
}

/**
 * An error that `States.ALL` and `States.TaskFailed` do not reach: only a Retry or Catch that names it does.
 *
 * @param namedBy the error names that the state's Retry and Catch list
 * @example terminalError('States.DataLimitExceeded', 'too large', new Set()).isRetryable // false
 */
export function terminalError(name: string, cause: string, namedBy: ReadonlySet<string>): StateError {
  return new StateError(name, cause, namedBy.has(name));
}
