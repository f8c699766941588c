import { describe, expect, it } from 'vitest';
import { interpretProgress } from '../../../../lambdas/get-job-status/interpret-progress.ts';
import type { SubmittedJob } from '../../../../lambdas/shared/contracts/job-state.ts';
import type { JobProgress } from '../../../../lambdas/shared/vendor/transcript-source.ts';

const T0 = Date.parse('2026-11-22T10:00:00.000Z');
const polling = { firstWaitSeconds: 2, longestWaitSeconds: 60 };
const job = (change: Partial<SubmittedJob> = {}): SubmittedJob => ({
  submissions: 1,
  status: 'running',
  jobId: 'job-1',
  submittedAt: '2026-11-22T10:00:00.000Z',
  deadlineAt: '2026-11-22T12:00:00.000Z',
  polls: 0,
  waitSeconds: 2,
  ...change,
});

describe('interpretProgress', () => {
  it('waits longer from poll to poll, up to a minute', () => {
    const waits = Array.from(
      { length: 12 },
      (_, polls) => interpretProgress(job({ polls }), { status: 'running' }, { polling, nowMs: T0 }).waitSeconds,
    );
    expect(waits).toEqual([3, 5, 7, 11, 16, 23, 35, 52, 60, 60, 60, 60]);
  });

  it.each([
    ['running', { status: 'running' }, undefined, 0, 'running', 3],
    ['throttled without a hint', undefined, undefined, 0, 'running', 3],
    ['throttled for 90 s', undefined, 90, 0, 'running', 90],
    ['throttled for longer than is left', undefined, 900, 7_190, 'running', 10],
    ['unknown for a moment', { status: 'unknown' }, undefined, 30, 'running', 3],
    ['completed', { status: 'completed' }, undefined, 0, 'completed', 1],
    ['completed at the last moment', { status: 'completed' }, undefined, 9_000, 'completed', 1],
    ['failed', { status: 'failed' }, undefined, 0, 'failed', 5],
    ['running past the deadline', { status: 'running' }, undefined, 7_200, 'overdue', 1],
    ['throttled past the deadline', undefined, 60, 7_200, 'overdue', 1],
  ] as const)('%s', (_name, progress, retryAfter, secondsLater, status, waitSeconds) => {
    const next = interpretProgress(job(), progress, {
      polling,
      retryAfterSeconds: retryAfter,
      nowMs: T0 + secondsLater * 1000,
    });
    expect(next).toMatchObject({ status, waitSeconds, polls: 1, submissions: 1, jobId: 'job-1' });
  });

  it.each([
    [{ firstWaitSeconds: 10, longestWaitSeconds: 30 }, [15, 23, 30, 30]],
    [{ firstWaitSeconds: 5, longestWaitSeconds: 5 }, [5, 5, 5, 5]],
    [{ firstWaitSeconds: 90, longestWaitSeconds: 20 }, [20, 20, 20, 20]],
  ])('waits as %j says', (asked, expected) => {
    const waits = [0, 1, 2, 3].map(
      (polls) => interpretProgress(job({ polls }), { status: 'running' }, { polling: asked, nowMs: T0 }).waitSeconds,
    );
    expect(waits).toEqual(expected);
  });

  it('waits longer before each further submission', () => {
    const waits = [1, 2, 3].map(
      (submissions) =>
        interpretProgress(job({ submissions }), { status: 'failed' }, { polling, nowMs: T0 }).waitSeconds,
    );
    expect(waits).toEqual([5, 10, 20]);
  });

  it('gives up a job that stays unknown', () => {
    expect(() => interpretProgress(job(), { status: 'unknown' }, { polling, nowMs: T0 + 61_000 })).toThrow(
      expect.objectContaining({ name: 'VendorRejected', status: 404 }),
    );
  });

  it('never carries a result URL', () => {
    const next = interpretProgress(job(), { status: 'completed', resultUrl: 'https://x/secret' } as JobProgress, {
      polling,
      nowMs: T0,
    });
    expect(JSON.stringify(next)).not.toContain('secret');
  });
});
