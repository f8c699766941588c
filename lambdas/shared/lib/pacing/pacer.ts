/** What keeps requests to an API within a budget that several functions share: the port. */
import type { PipelineError } from '../../contracts/errors.ts';

/** Of a budget: no API that we know bears more. */
export const MOST_REQUESTS_PER_SECOND = 10_000;

/** A budget of requests. */
export interface RequestBudget {
  /** Name of the API, of letters, digits and `-`. */
  api: string;
  /** Requests of all functions together; 0 where there is no limit. */
  perSecond: number;
  /** Names of the metrics under which it shows: requests, and the ms for which they were held up, added up. */
  metrics: { requests: string; heldUp: string };
  /** The error of a call that is to be made again so many seconds later, which its state waits for. */
  later(seconds: number): PipelineError;
}

/** What a wait for a request's turn may use of the function. */
export interface PacedCall {
  /** Ends the wait. */
  signal: AbortSignal;
  /** Milliseconds until {@link PacedCall.signal} aborts. */
  remainingMs(): number;
}

/** What an answer says about the pace. */
export interface PaceSign {
  status: number;
  /** Seconds that the answer asks us to wait, if it does. */
  retryAfterSeconds: number | undefined;
}

export interface Pacer {
  /**
   * Resolves when one more request may be sent.
   *
   * @throws PipelineError {@link RequestBudget.later} when that is later than a function may wait; `VendorUnavailable` when
   *   the function's time is up; `DataLakeUnavailable`, `DataLakeRejected`
   */
  take(call: PacedCall): Promise<void>;
  /** Takes note of an answer: all who share the budget slow down when it says "too fast". */
  told(sign: PaceSign): void;
}

/**
 * Whether an answer means "too fast": a 429, and a 403 that says when to come back, as some APIs put it.
 *
 * @example isTooFast({ status: 403, retryAfterSeconds: undefined }) // false: a right is missing
 */
export function isTooFast({ status, retryAfterSeconds }: PaceSign): boolean {
  return status === 429 || (status === 403 && retryAfterSeconds !== undefined);
}
