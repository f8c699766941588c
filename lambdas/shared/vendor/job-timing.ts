/** When a job is asked for again, and when it is given up. Times are milliseconds of the epoch, waits whole seconds. */
import type { Polling } from '../contracts/polling.ts';

const WAIT_GROWTH = 1.5;

/**
 * Seconds to wait before poll number `polls` + 1, in whole seconds, since a Wait state takes no others.
 *
 * With a first wait of 2 and a longest of 60: 2, 3, 5, 7, 11, 16, 23, 35, 52, then 60. A first wait above the longest
 * counts as the longest.
 */
export function backOffSeconds(polls: number, { firstWaitSeconds, longestWaitSeconds }: Polling): number {
  return Math.min(longestWaitSeconds, Math.ceil(firstWaitSeconds * WAIT_GROWTH ** polls));
}

/** The instant, as ISO text, at which a wait of `seconds` from `nowMs` is over. */
export function deadlineAfter(nowMs: number, seconds: number): string {
  return new Date(nowMs + seconds * 1000).toISOString();
}

/** A wait that does not sleep past the deadline: the poll that finds the job overdue must not come late. */
export function waitUntilAtMost(waitSeconds: number, deadlineAt: string, nowMs: number): number {
  const secondsLeft = Math.ceil((Date.parse(deadlineAt) - nowMs) / 1000);
  return Math.max(1, Math.min(waitSeconds, secondsLeft));
}
