import { describe, expect, it, vi } from 'vitest';
import type { BulkJobApi } from '../../../../../../lambdas/shared/vendor/bulk-job/bulk-job-api.ts';
import type { BulkJob } from '../../../../../../lambdas/shared/vendor/bulk-job/interpret-job.ts';
import { openResult } from '../../../../../../lambdas/shared/vendor/bulk-job/open-result.ts';
import type { CallFrame } from '../../../../../../lambdas/shared/vendor/exchange.ts';
import { COMPLETED, resultOf, taskOf, vendorOf } from '../../../store-transcripts/store-world.ts';

vi.mock('../../../../../../lambdas/shared/lib/pause.ts', () => ({ pause: async () => {} }));

const withoutUrl: BulkJob = { status: 'completed', resultUrl: undefined };
const running: BulkJob = { status: 'running' };
const opens = () => resultOf(['[]']);
const expired = () => undefined;
const callsOf = (api: BulkJobApi, task: CallFrame) => ({
  ask: () => api.progress('job-1', task),
  open: (resultUrl: string) => api.openResult(resultUrl, task),
});

describe('openResult', () => {
  it.each<[string, BulkJob[], (() => ReturnType<typeof opens> | undefined)[], number, number]>([
    ['opens what the job names', [COMPLETED], [opens], 1, 1],
    ['asks again for a job that names no result yet', [withoutUrl, withoutUrl, COMPLETED], [opens], 3, 1],
    ['asks for a fresh URL when one has expired', [COMPLETED], [expired, opens], 2, 2],
    ['asks again for a job that takes back its end', [running, COMPLETED], [opens], 2, 1],
  ])('%s', async (_name, polls, results, asked, opened) => {
    const { api, calls, signals } = vendorOf(polls, results);
    const task = taskOf();
    expect(await openResult(callsOf(api, task), task.signal)).toMatchObject({ endIsUnmarked: false });
    // Each call ends when the function has to.
    expect([...signals]).toEqual([task.signal]);
    expect(calls).toEqual({ polls: asked, downloads: opened });
  });

  it.each<[string, BulkJob, () => ReturnType<typeof opens> | undefined, string]>([
    ['that never names its result', withoutUrl, opens, 'ContractViolation'],
    ['whose result can never be opened', COMPLETED, expired, 'VendorRejected'],
    ['that takes back its end for good', running, opens, 'VendorUnavailable'],
  ])('gives up a job %s after three times', async (_name, poll, result, name) => {
    const { api, calls } = vendorOf([poll], [result]);
    const task = taskOf();
    await expect(openResult(callsOf(api, task), task.signal)).rejects.toMatchObject({ name });
    expect(calls.polls).toBe(3);
  });
});
