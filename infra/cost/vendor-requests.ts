/** What a plan asks of the vendor, where transcripts are fetched one by one. Pure. */
import { type DirectFacts, FETCHED_AT_ONCE } from '../../lambdas/shared/contracts/source-facts.ts';
import { BILLED } from './cost-model.ts';

const DAY_MS = 86_400_000;

/** What the estimate reads of a plan. */
export interface AskedOf {
  /** Interactions that go into batches. */
  toExtract: number;
  batches: number;
  /** Interactions that the search lists besides. */
  listedBesides: number;
  window?: { from: string; to: string } | undefined;
}

export interface VendorRequests {
  count: number;
  /** How long they take eight at a time: one batch after another. */
  secondsAtOnce: number;
  /** How long they take at least under the budget; left out where none is given. */
  secondsOfBudget?: number;
}

/**
 * Requests to the vendor: those of the search, those of the transcripts, and how long they take.
 *
 * @param requestsPerSecond the budget that all runs of a tenant share
 * @example
 * // a day of Interaction Analytics, 10,000 segments in ten batches, at 10 requests a second
 * vendorRequests(direct, { toExtract: 10_000, batches: 10, listedBesides: 0, window }, 10)
 * // { count: 10_020, secondsAtOnce: 376, secondsOfBudget: 1002 }
 */
export function vendorRequests(direct: DirectFacts, asked: AskedOf, requestsPerSecond?: number): VendorRequests {
  const { toExtract, batches, listedBesides, window } = asked;
  const pagesOf = (rows: number) => Math.ceil(rows / direct.rowsAPage);
  // A day is searched by itself, though there be nothing.
  const days = window ? Math.ceil((Date.parse(window.to) - Date.parse(window.from)) / DAY_MS) : 0;
  const searched = window ? Math.max(days, pagesOf(toExtract + listedBesides)) : 0;
  const listedAgain = direct.isListedAgain ? batches * pagesOf(Math.ceil(toExtract / Math.max(1, batches))) : 0;
  const count = searched + listedAgain + toExtract * direct.requestsEach;
  return {
    count,
    secondsAtOnce: Math.ceil((count * BILLED.vendorCallMs) / FETCHED_AT_ONCE / 1_000),
    ...(requestsPerSecond !== undefined && { secondsOfBudget: Math.ceil(count / requestsPerSecond) }),
  };
}
