import { describe, expect, it, vi } from 'vitest';
import { downloadResult } from '../../../../../../lambdas/shared/vendor/bulk-job/download-result.ts';
import type { JobProgress } from '../../../../../../lambdas/shared/vendor/transcript-source.ts';
import { COMPLETED, resultOf, taskOf, vendorOf } from '../../../store-transcripts/store-world.ts';

vi.mock('../../../../../../lambdas/shared/lib/pause.ts', () => ({ pause: async () => {} }));

const withoutUrl: JobProgress = { status: 'completed', resultUrl: undefined };
const running: JobProgress = { status: 'running' };
const opens = () => resultOf(['[]']);
const expired = () => undefined;

describe('downloadResult', () => {
  it.each<[string, JobProgress[], (() => ReturnType<typeof opens> | undefined)[], number, number]>([
    ['opens what the job names', [COMPLETED], [opens], 1, 1],
    ['asks again for a job that names no result yet', [withoutUrl, withoutUrl, COMPLETED], [opens], 3, 1],
    ['asks for a fresh URL when one has expired', [COMPLETED], [expired, opens], 2, 2],
    ['asks again for a job that takes back its end', [running, COMPLETED], [opens], 2, 1],
  ])('%s', async (_name, polls, results, asked, opened) => {
    const { source, calls, signals } = vendorOf(polls, results);
    const task = taskOf();
    expect(await downloadResult(source, 'job-1', task)).toMatchObject({ endIsUnmarked: false });
    // Each call ends when the function has to.
    expect([...signals]).toEqual([task.signal]);
    expect(calls).toEqual({ polls: asked, downloads: opened });
  });

  it.each<[string, JobProgress, () => ReturnType<typeof opens> | undefined, string]>([
    ['that never names its result', withoutUrl, opens, 'ContractViolation'],
    ['whose result can never be opened', COMPLETED, expired, 'VendorRejected'],
    ['that takes back its end for good', running, opens, 'VendorUnavailable'],
  ])('gives up a job %s after three times', async (_name, poll, result, name) => {
    const { source, calls } = vendorOf([poll], [result]);
    await expect(downloadResult(source, 'job-1', taskOf())).rejects.toMatchObject({ name });
    expect(calls.polls).toBe(3);
  });
});
