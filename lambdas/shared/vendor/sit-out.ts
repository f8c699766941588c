/** What to do about an answer that says "not now": wait within the call, or leave it to a Wait state. Pure. */

import { isTooFast, type PaceSign } from '../lib/pacing/pacer.ts';

/** Waits within one call; a vendor that goes on like this is left alone for longer than a function may wait. */
const MAX_WAITS = 3;
/** What must be left after a wait for the call itself, in ms. */
const CALL_MS = 10_000;
/** A function that waits is paid for; a Wait state is not. */
const LONGEST_WAIT_SECONDS = 20;

export interface BusyAnswer extends PaceSign {
  /** Waits of this call so far. */
  waits: number;
  /** Until the function has to end, in ms. */
  remainingMs: number;
}

/** Whether an answer means "ask again later": throttled, or not there for the moment. 429 -> true, 404 -> false. */
function isBusy({ status, ...answer }: PaceSign): boolean {
  return isTooFast({ status, ...answer }) || status === 408 || status === 425 || status >= 500;
}

/**
 * Seconds to wait within the call before asking again; undefined when the answer is to be taken as it is.
 *
 * `{ status: 503, retryAfterSeconds: 3, waits: 0, remainingMs: 60_000 }` -> 3; with 120 s -> undefined
 */
export function secondsToSitOut(answer: BusyAnswer): number | undefined {
  const { retryAfterSeconds, waits, remainingMs } = answer;
  if (!isBusy(answer) || retryAfterSeconds === undefined || waits >= MAX_WAITS) return undefined;
  const fits = retryAfterSeconds <= LONGEST_WAIT_SECONDS && retryAfterSeconds * 1000 + CALL_MS <= remainingMs;
  return fits ? retryAfterSeconds : undefined;
}
