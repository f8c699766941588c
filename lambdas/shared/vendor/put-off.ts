/** What a state answers whose work the vendor has put off: the state machine waits, and enters it again. */

import { isPipelineError, type PipelineError } from '../contracts/errors.ts';
import type { PutOff } from '../contracts/put-off.ts';
import { deadlineAfter, outageWaitSeconds, secondsIntoPatience, waitUntilAtMost } from './job-timing.ts';

/**
 * Whether the vendor may answer the same request another time.
 *
 * @example isOutage(new PipelineError('VendorUnavailable', 'CXone could not be reached (timeout)')) // true
 */
export function isOutage(error: unknown): error is PipelineError {
  return isPipelineError(error, 'VendorThrottled') || isPipelineError(error, 'VendorUnavailable');
}

/**
 * Whether the vendor itself asked to be left alone, with or without saying for how long. Where no answer came, or not all
 * of it, a wrong address or a damaged result may be the cause, which no waiting mends: the state's Retry takes that.
 *
 * @example
 * asksToWait(new PipelineError('VendorUnavailable', 'CXone answered … with status 503', { status: 503 })) // true
 * asksToWait(new PipelineError('VendorUnavailable', 'CXone could not be reached (dns)')) // false
 */
export function asksToWait(error: unknown): error is PipelineError {
  if (!isOutage(error)) return false;
  return error.name === 'VendorThrottled' || error.status !== undefined || error.retryAfterSeconds !== undefined;
}

/** Whether the vendor may be asked again, and it is said when. */
export function namesTime(error: unknown): boolean {
  return isOutage(error) && error.retryAfterSeconds !== undefined;
}

/**
 * What a state answers instead of failing with `error`: a wait as long as the vendor asks for, one that grows with the
 * outage where it does not say.
 *
 * @param since what it answered before, if this is not the first time: the patience of the first one holds
 * @param patienceSeconds from the first time on, until the error is one
 * @param random from 0 to 1, as in `outageWaitSeconds`
 * @returns undefined when the vendor did not ask for it, or patience is over: then the error is to be thrown
 */
export function putOff(
  error: unknown,
  since: Pick<PutOff, 'deadlineAt'> | undefined,
  nowMs: number,
  patienceSeconds: number,
  random: number,
): PutOff | undefined {
  if (!asksToWait(error)) return undefined;
  const deadlineAt = since?.deadlineAt ?? deadlineAfter(nowMs, patienceSeconds);
  if (nowMs >= Date.parse(deadlineAt)) return undefined;
  const outSeconds = secondsIntoPatience(deadlineAt, patienceSeconds, nowMs);
  const waitSeconds = error.retryAfterSeconds ?? outageWaitSeconds(outSeconds, random);
  return { again: true, waitSeconds: waitUntilAtMost(waitSeconds, deadlineAt, nowMs), deadlineAt };
}

/**
 * The answer of the work, or that it is to be done later: for states whose machine has a Wait beside them.
 *
 * @param mayWait whether an error is one to wait for; another one is thrown
 * @throws what the work throws, unless the vendor asked to be asked later
 */
export async function unlessPutOff<T>(
  work: () => Promise<T>,
  since: Pick<PutOff, 'deadlineAt'> | undefined,
  patienceSeconds: number,
  mayWait: (error: unknown) => boolean = asksToWait,
): Promise<T | PutOff> {
  try {
    return await work();
  } catch (error) {
    const later = mayWait(error) ? putOff(error, since, Date.now(), patienceSeconds, Math.random()) : undefined;
    if (!later) throw error;
    return later;
  }
}
