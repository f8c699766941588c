import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Plan } from '../../lambdas/shared/runs/run-records.ts';
import { Watermark } from '../../lambdas/shared/runs/watermark.ts';
import { keys } from '../../lambdas/shared/storage/layout.ts';
import { ObjectStore } from '../../lambdas/shared/storage/object-store.ts';
import { usePipeline } from './world/pipeline.ts';

/** Virtual days for the vendor; the functions' own clock is later than all of them. */
let nowMs = Date.parse('2026-10-02T03:00:00Z');
const COUNT = 40;

const pipeline = usePipeline({
  settings: { watermarkStart: '2026-10-01T00:00:00Z', lookBackHours: 0, toleratedFailurePercentage: 100 },
  vendor: {
    simulator: {
      interactions: { count: COUNT, from: '2026-10-01T00:00:00Z', to: '2026-10-02T00:00:00Z' },
      lateShare: 0,
      jobLatency: { polls: 0 },
      now: () => nowMs,
    },
  },
});
const client = {} as { s3: S3Client; store: ObjectStore };
beforeAll(() => {
  const s3 = new S3Client({
    endpoint: pipeline.s3.url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  Object.assign(client, { s3, store: new ObjectStore(pipeline.bucket, s3) });
});
afterAll(() => client.s3.destroy());

const schedule = (time: string) => ({ schedule: { name: 'daily', time } });
const readJson = async (key: string): Promise<unknown> => (await pipeline.lines(key))[0];
const watermark = async () => Watermark.parse(await readJson(keys.watermark('daily')));
const planOf = async (runId: string) => Plan.parse(await readJson(keys.plan(runId)));

async function expire(...prefixes: string[]): Promise<void> {
  for (const prefix of prefixes) {
    for (const key of await pipeline.keys(prefix)) await client.store.delete(key);
  }
}

describe('a schedule that was paused for longer than anything is kept', () => {
  it('goes on with what it still owes', async () => {
    pipeline.simulator.setFaults([{ on: 'poll', times: 'always', do: { jobStatus: 'failed' } }]);
    expect(await pipeline.run(schedule('2026-10-02T03:00:00Z'), { name: 'failed' })).toMatchObject({
      status: 'FAILED',
    });
    pipeline.simulator.setFaults([]);
    await expire('runs/', 'transcripts/', 'audit/', 'state/days/', 'state/claims/');

    nowMs = Date.parse('2026-10-12T03:00:00Z');
    const next = await pipeline.run(schedule('2026-10-12T03:00:00Z'), { name: 'next' });
    expect(next).toMatchObject({ status: 'SUCCEEDED', output: { counts: { stored: COUNT } } });
    expect(await planOf('next')).toMatchObject({ takenOverKey: keys.backlog('daily', 'failed') });
    expect((await watermark()).backlogKey).toBeUndefined();
  });

  it('goes on without what its state names and is gone', async () => {
    const found = await client.store.head(keys.watermark('daily'));
    const named = { ...(await watermark()), backlogKey: 'runs/older/backlog.jsonl' };
    await client.store.write(keys.watermark('daily'), JSON.stringify(named), { etag: found?.etag ?? '' });
    const plannedAt = new Date().toISOString();
    const open = { runId: 'open', source: 'window', plannedAt, batchesKey: keys.batches('open'), batchCount: 1 };
    const list = await client.store.head(keys.openRuns);
    const runs = JSON.stringify({ schemaVersion: 1, revision: 99, runs: [open] });
    await client.store.write(keys.openRuns, runs, { etag: list?.etag ?? '' });

    for (const day of ['13', '14']) {
      nowMs = Date.parse(`2026-10-${day}T03:00:00Z`);
      const result = await pipeline.run(schedule(`2026-10-${day}T03:00:00Z`), { name: `after-${day}` });
      expect(result).toMatchObject({ status: 'SUCCEEDED' });
      expect(await watermark()).toMatchObject({ runId: `after-${day}`, watermark: `2026-10-${day}T02:00:00.000Z` });
      expect((await watermark()).backlogKey).toBeUndefined();
    }
  });
});
