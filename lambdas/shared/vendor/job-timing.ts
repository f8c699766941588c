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

/**
 * The instant, as ISO text, at which a wait from `nowMs` is over.
 *
 * @example deadlineAfter(Date.parse('2026-11-21T10:00:00Z'), 90) // '2026-11-21T10:01:30.000Z'
 */
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
