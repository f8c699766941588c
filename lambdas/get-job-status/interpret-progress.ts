/** From what the vendor answers to what the state machine does next. Pure. */

import { PipelineError } from '../shared/contracts/errors.ts';
import type { SubmittedJob } from '../shared/contracts/job-state.ts';
import type { Polling } from '../shared/contracts/polling.ts';
import { backOffSeconds, waitUntilAtMost } from '../shared/vendor/job-timing.ts';
import type { JobProgress } from '../shared/vendor/transcript-source.ts';

/** A job may be unknown to the status call for a moment after it was submitted. */
const UNKNOWN_JOB_GRACE_SECONDS = 60;
/** Before the same batch is submitted again after a failed job: 5 s, 10 s, 20 s. */
const RESUBMIT_WAIT_SECONDS = 5;

export interface Poll {
  polling: Polling;
  /** What the vendor asked us to wait. */
  retryAfterSeconds?: number | undefined;
  nowMs: number;
}

/**
 * The job after one poll.
 *
 * @param progress what the vendor said; undefined when it put the question off
 * @throws PipelineError `VendorRejected` when the vendor does not know the job after a minute
 * @example
 * const job = { submissions: 1, status: 'running', jobId, submittedAt, deadlineAt, polls: 4, waitSeconds: 7 };
 * interpretProgress(job, { status: 'running' }, { polling, nowMs }) // { …job, polls: 5, waitSeconds: 16 }
 */
export function interpretProgress(
  job: SubmittedJob,
  progress: JobProgress | undefined,
  { polling, retryAfterSeconds = 0, nowMs }: Poll,
): SubmittedJob {
  const polls = job.polls + 1;
  const next = (status: SubmittedJob['status'], waitSeconds: number): SubmittedJob => ({
    ...job,
    status,
    polls,
    waitSeconds: waitUntilAtMost(waitSeconds, job.deadlineAt, nowMs),
  });

  if (progress?.status === 'completed') return next('completed', 1);
  if (progress?.status === 'failed') return { ...next('failed', 1), waitSeconds: resubmitWaitSeconds(job.submissions) };
  if (progress?.status === 'unknown' && nowMs - Date.parse(job.submittedAt) > UNKNOWN_JOB_GRACE_SECONDS * 1000) {
    throw new PipelineError('VendorRejected', 'CXone does not know the job it accepted (status 404)', { status: 404 });
  }
  if (nowMs >= Date.parse(job.deadlineAt)) return next('overdue', 1);
  return next('running', Math.max(backOffSeconds(polls, polling), retryAfterSeconds));
}

function resubmitWaitSeconds(submissions: number): number {
  return RESUBMIT_WAIT_SECONDS * 2 ** (submissions - 1);
}
