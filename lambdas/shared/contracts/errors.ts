/**
 * The one error class of the pipeline and the closed set of its names.
 *
 * Step Functions matches `Retry` and `Catch` on `error.name`, so the names are literal strings: a minified bundle must
 * not change them. Messages land in the execution history, so they are constant sentences plus codes and paths:
 * never a body, a header or a value that came from outside.
 */

/** Names of errors that pass by themselves: worth a bounded retry with back-off. */
export const TRANSIENT_ERRORS = ['VendorThrottled', 'VendorUnavailable', 'DataLakeUnavailable'] as const;

/** Names of errors that a retry cannot mend. */
export const PERMANENT_ERRORS = [
  'VendorAuthFailed',
  'VendorRejected',
  'VendorContractChanged',
  'DataLakeRejected',
  'ContractViolation',
  'PiiMaskingFailed',
  'ConfigInvalid',
  'InputInvalid',
] as const;

/** Names that the state machine itself raises in its Fail states. */
export const MACHINE_ERRORS = ['TranscriptJobFailed', 'TranscriptJobTimedOut', 'ExtractionIncomplete'] as const;

/** What Step Functions calls a Map whose children failed too often: it says nothing of why they did. */
export const RUN_STOPPED = 'States.ExceedToleratedFailureThreshold';

export type TransientErrorName = (typeof TRANSIENT_ERRORS)[number];
type PermanentErrorName = (typeof PERMANENT_ERRORS)[number];
export type PipelineErrorName = TransientErrorName | PermanentErrorName;
export type MachineErrorName = (typeof MACHINE_ERRORS)[number];

/** Facts a caller may act on. Numbers and short codes only. */
export interface PipelineErrorDetails {
  /** HTTP status of the answer that caused the error. */
  status?: number;
  /** Seconds the other side asked us to wait, already clamped. */
  retryAfterSeconds?: number;
}

/**
 * An error with a name that the state machine's Retry and Catch match.
 *
 * There is deliberately no `cause`: loggers serialise it, and the causes here carry headers and bodies.
 */
export class PipelineError extends Error {
  readonly status: number | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(name: PipelineErrorName, message: string, details: PipelineErrorDetails = {}) {
    super(message);
    this.name = name;
    this.status = details.status;
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}

/**
 * True for a {@link PipelineError}, of the given name if one is given.
 *
 * @example isPipelineError(new PipelineError('InputInvalid', 'no'), 'ConfigInvalid') // false
 */
export function isPipelineError(error: unknown, name?: PipelineErrorName): error is PipelineError {
  return error instanceof PipelineError && (name === undefined || error.name === name);
}
