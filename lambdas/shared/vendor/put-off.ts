/** What a state answers whose work the vendor has put off: the state machine waits, and enters it again. */

import { isPipelineError, type PipelineError } from '../contracts/errors.ts';
import type { PutOff } from '../contracts/put-off.ts';
import { deadlineAfter, waitUntilAtMost } from './job-timing.ts';

/**
 * Whether the vendor asked to be left alone, with or without saying for how long. A 503 without a `Retry-After` is an
 * outage like any other, and the state's Retry takes it.
 */
export function asksToWait(error: unknown): error is PipelineError {
  if (isPipelineError(error, 'VendorThrottled')) return true;
  return isPipelineError(error, 'VendorUnavailable') && error.retryAfterSeconds !== undefined;
}

/**
 * What a state answers instead of failing with `error`.
 *
 * @param since what it answered before, if this is not the first time: the patience of the first one holds
 * @param patienceSeconds from the first time on, until the error is one
 * @returns undefined when the error says no time, or patience is over: then it is to be thrown
 */
export function putOff(
  error: unknown,
  since: Pick<PutOff, 'deadlineAt'> | undefined,
  nowMs: number,
  patienceSeconds: number,
): PutOff | undefined {
  if (!asksToWait(error) || error.retryAfterSeconds === undefined) return undefined;
  const deadlineAt = since?.deadlineAt ?? deadlineAfter(nowMs, patienceSeconds);
  if (nowMs >= Date.parse(deadlineAt)) return undefined;
  return { again: true, waitSeconds: waitUntilAtMost(error.retryAfterSeconds, deadlineAt, nowMs), deadlineAt };
}

/**
 * What the work answers, or that it is to be done later: for states whose machine has a Wait beside them.
 *
 * @throws what the work throws, unless the vendor asked to be asked later
 */
export async function unlessPutOff<T>(
  work: () => Promise<T>,
  since: Pick<PutOff, 'deadlineAt'> | undefined,
  patienceSeconds: number,
): Promise<T | PutOff> {
  try {
    return await work();
  } catch (error) {
    const later = putOff(error, since, Date.now(), patienceSeconds);
    if (!later) throw error;
    return later;
  }
}
