/** What to do about an answer that says "not now": wait within the call, or leave it to a Wait state. Pure. */

/** Waits within one call; a vendor that goes on like this is left alone for longer than a function may wait. */
const MAX_WAITS = 3;
/** What must be left after a wait for the call itself, in ms. */
const CALL_MS = 10_000;
/** A function that waits is paid for; a Wait state is not. */
const LONGEST_WAIT_SECONDS = 20;

export interface BusyAnswer {
  status: number;
  /** What the answer asks for. */
  retryAfterSeconds: number | undefined;
  /** Waits of this call so far. */
  waits: number;
  /** Until the function has to end, in ms. */
  remainingMs: number;
}

/** Whether a status means "ask again later": throttled, or not there for the moment. 429 -> true, 404 -> false. */
function isBusy(status: number): boolean {
  return status === 429 || status === 408 || status === 425 || status >= 500;
}

/**
 * Seconds to wait within the call before asking again; undefined when the answer is to be taken as it is.
 *
 * `{ status: 503, retryAfterSeconds: 3, waits: 0, remainingMs: 60_000 }` -> 3; with 120 s -> undefined
 */
export function secondsToSitOut(answer: BusyAnswer): number | undefined {
  const { status, retryAfterSeconds, waits, remainingMs } = answer;
  if (!isBusy(status) || retryAfterSeconds === undefined || waits >= MAX_WAITS) return undefined;
  const fits = retryAfterSeconds <= LONGEST_WAIT_SECONDS && retryAfterSeconds * 1000 + CALL_MS <= remainingMs;
  return fits ? retryAfterSeconds : undefined;
}
