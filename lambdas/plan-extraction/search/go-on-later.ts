/** What becomes of a call of the planner that the vendor breaks off. Pure. */
import { isPipelineError, PipelineError } from '../../shared/contracts/errors.ts';

/** Before going on after an error that names no time. */
const WAIT_SECONDS = 30;

/**
 * True when the vendor may answer the same request another time.
 *
 * @example passes(new PipelineError('VendorRejected', 'CXone rejected the search with status 400')) // false
 */
export function passes(error: unknown): error is PipelineError {
  return isPipelineError(error, 'VendorThrottled') || isPipelineError(error, 'VendorUnavailable');
}

/**
 * The error that the call ends with. A call that has got on is put off rather than failed: its state then begins anew,
 * with all its retries, so that they are never used up by a planning that makes progress.
 *
 * @param hasGotOn whether the call has kept anything that the next one need not ask for
 * @example `VendorUnavailable` without a time, after a slice was kept -> the same with `retryAfterSeconds: 30`
 */
export function endOfCall(error: PipelineError, hasGotOn: boolean): PipelineError {
  if (!hasGotOn || error.retryAfterSeconds !== undefined) return error;
  const { name, message, status } = error;
  const details = { ...(status !== undefined && { status }), retryAfterSeconds: WAIT_SECONDS };
  return new PipelineError(name as 'VendorThrottled' | 'VendorUnavailable', message, details);
}
