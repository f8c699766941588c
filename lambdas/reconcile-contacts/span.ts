/** Decides which contacts a run is held against. Pure; all times in ms since the epoch. */

const DAY_MS = 86_400_000;
/** A contact may be analysed so long after its start. */
const LATE_MS = 14 * DAY_MS;
/** The vendor lists contacts of about thirty days: one less, since its days are not ours. */
const LISTED_MS = 29 * DAY_MS;

export interface ContactSpan {
  /** Of the contacts' starts; `fromMs` is the beginning of a day, `toMs` a whole second. */
  fromMs: number;
  toMs: number;
  /** Of when the vendor analysed them: what runs of the schedule have searched. */
  sinceMs: number;
}

/**
 * The contacts that are to be in the lake once a run has searched `[windowFromMs, windowToMs)`.
 *
 * @param searchedSinceMs where the first run of the schedule began; undefined where that is not known
 * @example in days: a run from 99 to 100, of a schedule that began on day 10 -> starts from 86 to 100, analysed since 10
 * in days: the first run, from 98 to 100 -> starts from 86 to 100, analysed since 98
 */
export function contactSpan(
  windowFromMs: number,
  windowToMs: number,
  searchedSinceMs: number | undefined,
): ContactSpan {
  const sinceMs = Math.min(windowFromMs, searchedSinceMs ?? windowFromMs);
  const toMs = Math.floor(windowToMs / 1_000) * 1_000;
  const earliestMs = Math.max(Math.min(windowFromMs, toMs - LATE_MS), toMs - LISTED_MS);
  return { fromMs: Math.floor(earliestMs / DAY_MS) * DAY_MS, toMs, sinceMs };
}
