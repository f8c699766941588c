/** What a state answers whose work the vendor has put off: the state machine waits, and enters it again. */

import { isPipelineError, type PipelineError } from '../contracts/errors.ts';
import type { PutOff } from '../contracts/put-off.ts';
import { deadlineAfter, waitUntilAtMost } from './job-timing.ts';

/**
 * True when the vendor asked for time, with or without saying how much. A 503 without a `Retry-After` is an outage like
 * any other, and the state's Retry takes it.
 *
 * @example
 * asksToWait(new PipelineError('VendorThrottled', 'CXone throttled the search')) // true
 * asksToWait(new PipelineError('VendorUnavailable', 'CXone could not be reached')) // false
 */
export function asksToWait(error: unknown): error is PipelineError {
  if (isPipelineError(error, 'VendorThrottled')) return true;
  return isPipelineError(error, 'VendorUnavailable') && error.retryAfterSeconds !== undefined;
}

/**
 * The answer of a state instead of failing with `error`; undefined when the error says no time, or the time for it is
 * over: then the error is to be thrown.
 *
 * @param since what the state answered before, if this is not the first time: the deadline of the first one holds
 * @param deadlineSeconds from the first time to the deadline
 * @example
 * const error = new PipelineError('VendorThrottled', 'CXone throttled the search', { retryAfterSeconds: 30 });
 * putOff(error, undefined, Date.parse('2026-11-21T10:00:00Z'), 600)
 * // { again: true, waitSeconds: 30, deadlineAt: '2026-11-21T10:10:00.000Z' }
 */
export function putOff(
  error: unknown,
  since: Pick<PutOff, 'deadlineAt'> | undefined,
  nowMs: number,
  deadlineSeconds: number,
): PutOff | undefined {
  if (!asksToWait(error) || error.retryAfterSeconds === undefined) return undefined;
  const deadlineAt = since?.deadlineAt ?? deadlineAfter(nowMs, deadlineSeconds);
  if (nowMs >= Date.parse(deadlineAt)) return undefined;
  return { again: true, waitSeconds: waitUntilAtMost(error.retryAfterSeconds, deadlineAt, nowMs), deadlineAt };
}

/**
 * The answer of the work, or that it is to be done later: for states whose machine has a Wait beside them.
 *
 * @throws what the work throws, unless the vendor asked for time
 */
export async function unlessPutOff<T>(
  work: () => Promise<T>,
  since: Pick<PutOff, 'deadlineAt'> | undefined,
  deadlineSeconds: number,
): Promise<T | PutOff> {
  try {
    return await work();
  } catch (error) {
    const later = putOff(error, since, Date.now(), deadlineSeconds);
    if (!later) throw error;
    return later;
  }
}
