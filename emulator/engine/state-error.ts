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

/** The wildcards do not reach these errors; only a handler that names one of them does. */
export function terminalError(name: string, cause: string, namedBy: ReadonlySet<string>): StateError {
  return new StateError(name, cause, namedBy.has(name));
}
