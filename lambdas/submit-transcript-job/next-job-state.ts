/** What the state machine carries on after a submission. Pure. */
import type { JobState } from '../shared/contracts/job-state.ts';
import type { Polling } from '../shared/contracts/polling.ts';
import {
  backOffSeconds,
  deadlineAfter,
  outageWaitSeconds,
  secondsIntoPatience,
  waitUntilAtMost,
} from '../shared/vendor/job-timing.ts';

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
 * The vendor takes no submission for now: wait as long as it asks, longer each time where it does not say, but not for
 * longer than a job may take.
 *
 * @param at `random` is from 0 to 1, as in `outageWaitSeconds`
 */
export function afterThrottling(
  job: JobState,
  retryAfterSeconds: number | undefined,
  deadlineSeconds: number,
  { nowMs, random }: { nowMs: number; random: number },
) {
  const waitsSince = job.status === 'throttled' ? job.deadlineAt : undefined;
  const deadlineAt = waitsSince ?? deadlineAfter(nowMs, deadlineSeconds);
  const outSeconds = secondsIntoPatience(deadlineAt, deadlineSeconds, nowMs);
  const waitSeconds = retryAfterSeconds ?? outageWaitSeconds(outSeconds, random);
  return {
    submissions: job.submissions,
    status: nowMs >= Date.parse(deadlineAt) ? ('overdue' as const) : ('throttled' as const),
    deadlineAt,
    waitSeconds: waitUntilAtMost(waitSeconds, deadlineAt, nowMs),
  };
}
