/** What the state machine carries on after a submission. Pure. */
import type { JobState } from '../shared/contracts/job-state.ts';
import type { Polling } from '../shared/contracts/polling.ts';
import { backOffSeconds, deadlineAfter, waitUntilAtMost } from '../shared/vendor/job-timing.ts';

/** Seconds before asking again when the vendor throttles without saying for how long. */
const DEFAULT_THROTTLE_SECONDS = 30;

/**
 * The job once the vendor has accepted it: its deadline starts now. A source without jobs has it ready at once.
 *
 * @example afterSubmission(job, { jobId: 'job-1', isReady: false }, polling, nowMs, 7_200) // { status: 'running', jobId: 'job-1', polls: 0, … }
 */
export function afterSubmission(
  job: JobState,
  { jobId, isReady }: { jobId: string; isReady: boolean },
  polling: Polling,
  nowMs: number,
  deadlineSeconds: number,
) {
  return {
    submissions: job.submissions + 1,
    status: isReady ? ('completed' as const) : ('running' as const),
    jobId,
    submittedAt: new Date(nowMs).toISOString(),
    deadlineAt: deadlineAfter(nowMs, deadlineSeconds),
    polls: 0,
    waitSeconds: backOffSeconds(0, polling),
  };
}

/**
 * The job after a submission that the vendor throttled: wait as long as it asks, but not for longer than a job may
 * take.
 *
 * @example afterThrottling(job, 60, nowMs, 7_200) // { status: 'throttled', waitSeconds: 60, … }
 */
export function afterThrottling(
  job: JobState,
  retryAfterSeconds: number | undefined,
  nowMs: number,
  deadlineSeconds: number,
) {
  const waitsSince = job.status === 'throttled' ? job.deadlineAt : undefined;
  const deadlineAt = waitsSince ?? deadlineAfter(nowMs, deadlineSeconds);
  return {
    submissions: job.submissions,
    status: nowMs >= Date.parse(deadlineAt) ? ('overdue' as const) : ('throttled' as const),
    deadlineAt,
    waitSeconds: waitUntilAtMost(retryAfterSeconds ?? DEFAULT_THROTTLE_SECONDS, deadlineAt, nowMs),
  };
}
