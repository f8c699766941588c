import { describe, expect, it } from 'vitest';
import { afterSubmission, afterThrottling } from '../../../../lambdas/submit-transcript-job/next-job-state.ts';

const polling = { firstWaitSeconds: 7, longestWaitSeconds: 60 };
const T0 = Date.parse('2026-11-22T10:00:00.000Z');

describe('afterSubmission', () => {
  it('is done at once where there is no job to wait for', () => {
    const next = afterSubmission({ submissions: 0 }, { jobId: 'direct', isReady: true }, polling, T0, 7_200);
    expect(next).toMatchObject({ status: 'completed', jobId: 'direct', submissions: 1 });
  });

  it('starts the deadline and the polls afresh', () => {
    const accepted = { jobId: 'job-2', isReady: false };
    expect(afterSubmission({ submissions: 1, status: 'failed', polls: 7 }, accepted, polling, T0, 7_200)).toEqual({
      submissions: 2,
      status: 'running',
      jobId: 'job-2',
      submittedAt: '2026-11-22T10:00:00.000Z',
      deadlineAt: '2026-11-22T12:00:00.000Z',
      polls: 0,
      waitSeconds: 7,
    });
  });
});

describe('afterThrottling', () => {
  it.each([
    ['no hint', { submissions: 0 }, undefined, 0, 'throttled', 10],
    [
      'no hint, after ten minutes',
      { submissions: 0, status: 'throttled', deadlineAt: '2026-11-22T12:00:00.000Z' },
      undefined,
      600,
      'throttled',
      300,
    ],
    ['a hint', { submissions: 0 }, 120, 0, 'throttled', 120],
    [
      'again, within the deadline',
      { submissions: 0, status: 'throttled', deadlineAt: '2026-11-22T12:00:00.000Z' },
      60,
      7_190,
      'throttled',
      10,
    ],
    [
      'again, past the deadline',
      { submissions: 0, status: 'throttled', deadlineAt: '2026-11-22T12:00:00.000Z' },
      60,
      7_200,
      'overdue',
      1,
    ],
    [
      'after a failed job: a deadline of its own',
      { submissions: 1, status: 'failed', deadlineAt: '2026-11-22T09:00:00.000Z' },
      60,
      0,
      'throttled',
      60,
    ],
  ] as const)('%s', (_name, job, retryAfter, secondsLater, status, waitSeconds) => {
    expect(afterThrottling(job, retryAfter, 7_200, { nowMs: T0 + secondsLater * 1000, random: 1 })).toMatchObject({
      status,
      waitSeconds,
      submissions: job.submissions,
    });
  });
});
