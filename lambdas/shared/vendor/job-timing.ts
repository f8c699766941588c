/** When a job is asked for again, and when it is given up. Times are milliseconds of the epoch, waits whole seconds. */
import type { Polling } from '../contracts/polling.ts';

/** A failed job is submitted again this often; so a batch is submitted at most once more than that. */
export const MAX_RESUBMISSIONS = 3;

/**
 * How long a batch may be under way before it leaves its first trace, in seconds: before each submission the vendor may
 * put it off for as long as a job may take, then the job may take as long, and so may the wait for the download.
 *
 * @example deadlines of two hours -> 18 hours
 */
export function longestSilenceSeconds(jobDeadlineSeconds: number): number {
  return (2 * (1 + MAX_RESUBMISSIONS) + 1) * jobDeadlineSeconds;
}

const WAIT_GROWTH = 1.5;

/**
 * Seconds to wait before poll number `polls` + 1, in whole seconds, since a Wait state takes no others.
 *
 * @param polls made so far
 * @example with a first wait of 2 and a longest of 60, from 0 polls on -> 2, 3, 5, 7, 11, 16, 23, 35, 52, 60, 60
 */
export function backOffSeconds(polls: number, { firstWaitSeconds, longestWaitSeconds }: Polling): number {
  return Math.min(longestWaitSeconds, Math.ceil(firstWaitSeconds * WAIT_GROWTH ** polls));
}

/** Before a vendor is asked again that is out for a moment only: a restart takes no less. */
const SHORTEST_OUTAGE_WAIT_SECONDS = 10;
/** What a vendor that is back is left waiting for at most. */
const LONGEST_OUTAGE_WAIT_SECONDS = 300;

/**
 * Seconds to leave a vendor alone that does not say for how long: about as long as it has been out, so that the waits
 * double, from 10 s to 5 minutes. An outage of two hours costs some thirty calls.
 *
 * @param outSeconds since it first said "not now"
 * @param random from 0 to 1: it takes up to half of the wait away, so that batches which failed together come back apart
 * @example outageWaitSeconds(0, 1) // 10
 * outageWaitSeconds(80, 1) // 80
 * outageWaitSeconds(80, 0) // 40
 */
export function outageWaitSeconds(outSeconds: number, random: number): number {
  const longest = Math.min(Math.max(outSeconds, SHORTEST_OUTAGE_WAIT_SECONDS), LONGEST_OUTAGE_WAIT_SECONDS);
  return Math.ceil(longest * (0.5 + random / 2));
}

/**
 * Seconds since a patience of `patienceSeconds` began that ends at `deadlineAt`.
 *
 * @example secondsIntoPatience('2026-11-22T12:00:00.000Z', 7_200, Date.parse('2026-11-22T10:00:30.000Z')) // 30
 */
export function secondsIntoPatience(deadlineAt: string, patienceSeconds: number, nowMs: number): number {
  return patienceSeconds - (Date.parse(deadlineAt) - nowMs) / 1000;
}

/** The instant, as ISO text, at which a wait of `seconds` from `nowMs` is over. */
export function deadlineAfter(nowMs: number, seconds: number): string {
  return new Date(nowMs + seconds * 1000).toISOString();
}

/**
 * Seconds to wait, at least one, without sleeping past the deadline: the poll that finds the job overdue must not be
 * late.
 *
 * @example waitUntilAtMost(60, '2026-11-21T10:00:10Z', Date.parse('2026-11-21T10:00:00Z')) // 10
 */
export function waitUntilAtMost(waitSeconds: number, deadlineAt: string, nowMs: number): number {
  const secondsLeft = Math.ceil((Date.parse(deadlineAt) - nowMs) / 1000);
  return Math.max(1, Math.min(waitSeconds, secondsLeft));
}
