import { gzipSync } from 'node:zlib';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { Manifest, Plan } from '../../lambdas/shared/runs/run-records.ts';
import { eventFor, freshIds, usePipeline } from './world/pipeline.ts';

/** Virtual days for the vendor; the functions' own clock is later than all of them. */
let nowMs = Date.parse('2026-10-03T03:00:00Z');
const HOUR = 3_600_000;

const pipeline = usePipeline({
  settings: { watermarkStart: '2026-10-01T00:00:00Z', batchSize: 20, maxAttempts: 3, toleratedFailurePercentage: 100 },
  vendor: {
    simulator: {
      interactions: { count: 240, from: '2026-10-01T00:00:00Z', to: '2026-10-05T00:00:00Z' },
      availableAfterSeconds: 600,
      lateShare: 0.1,
      lateBySeconds: 40 * 3_600,
      jobLatency: { polls: 0 },
      now: () => nowMs,
    },
  },
});

const schedule = (time: string) => ({ schedule: { name: 'daily', time } });
const readJson = async (key: string): Promise<unknown> => (await pipeline.lines(key))[0];
const planOf = async (runId: string) => Plan.parse(await readJson(`runs/${runId}/plan.json`));
const manifestOf = async (runId: string) => Manifest.parse(await readJson(`runs/${runId}/manifest.json`));

async function put(key: string, body: string | Buffer): Promise<void> {
  const client = new S3Client({
    endpoint: pipeline.s3.url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  await client.send(new PutObjectCommand({ Bucket: pipeline.bucket, Key: key, Body: body }));
  client.destroy();
}

/** Ids of all rows that the manifests of all runs list. */
async function readable(): Promise<string[]> {
  const manifests = (await pipeline.keys('runs/')).filter((key) => /^runs\/[^/]+\/manifest\.json$/.test(key));
  const parts = (await Promise.all(manifests.map(readJson))).flatMap((value) => Manifest.parse(value).parts);
  const rows = (await Promise.all(parts.map(({ key }) => pipeline.lines(key)))).flat();
  return rows.map((row) => (row as { interactionId: string }).interactionId).sort();
}

describe('a schedule', () => {
  it('takes what is new, then what is new since, late transcripts included, each once', async () => {
    const first = await pipeline.run(schedule('2026-10-03T03:00:00Z'), { name: 'first' });
    expect(first).toMatchObject({ status: 'SUCCEEDED', output: { status: 'complete' } });
    expect(await planOf('first')).toMatchObject({
      source: 'schedule',
      reference: { schedule: 'daily', time: '2026-10-03T03:00:00.000Z' },
      window: { from: '2026-10-01T00:00:00.000Z', to: '2026-10-03T02:00:00.000Z' },
    });
    const seen = await readable();
    expect(seen.length).toBeGreaterThan(80);

    nowMs = Date.parse('2026-10-04T03:00:00Z');
    const second = await pipeline.run(schedule('2026-10-04T03:00:00Z'), { name: 'second' });
    expect(second.status).toBe('SUCCEEDED');
    const plan = await planOf('second');
    expect(plan.window).toEqual({ from: '2026-10-01T00:00:00.000Z', to: '2026-10-04T02:00:00.000Z' });
    expect(plan.leftOut.stored).toBe(seen.length);
    const late = (await pipeline.rows('second')).filter(({ timestamp }) => timestamp < '2026-10-03T02:00');
    expect(late.length).toBeGreaterThan(0);

    const all = await readable();
    expect(new Set(all).size).toBe(all.length);
    expect(await readJson('state/watermarks/daily.json')).toMatchObject({
      watermark: '2026-10-04T02:00:00.000Z',
      runId: 'second',
    });
    expect(await readJson('state/open-runs.json')).toMatchObject({ runs: [] });
  });

  it('runs once for a moment, however often it fires', async () => {
    const again = await pipeline.run(schedule('2026-10-04T03:00:00Z'), { name: 'again' });
    expect(again).toMatchObject({ status: 'SUCCEEDED', output: { counts: { requested: 0, stored: 0 } } });
    expect((await planOf('again')).reference).toMatchObject({ takenBy: 'second' });
    expect((await readJson('state/watermarks/daily.json')) as object).toMatchObject({ runId: 'second' });
  });

  it('carries over what failed, and takes it with the next run', async () => {
    nowMs = Date.parse('2026-10-05T03:00:00Z');
    pipeline.simulator.setFaults([{ on: 'poll', times: 'always', do: { jobStatus: 'failed' } }]);
    const failed = await pipeline.run(schedule('2026-10-05T03:00:00Z'), { name: 'failed' });
    expect(failed).toMatchObject({ status: 'FAILED', error: 'ExtractionIncomplete' });
    const manifest = await manifestOf('failed');
    expect(manifest.counts).toMatchObject({ stored: 0, failed: manifest.planned });
    expect(manifest.parts).toEqual([]);
    const unfinished = await pipeline.lines('runs/failed/unfinished.jsonl');
    expect(unfinished).toHaveLength(manifest.planned);
    expect(unfinished[0]).toMatchObject({ outcome: 'failed', error: 'TranscriptJobFailed', attempts: 1 });
    expect((await pipeline.audit('failed')).every(({ outcome }) => outcome === 'failed')).toBe(true);

    pipeline.simulator.setFaults([]);
    nowMs += 24 * HOUR;
    const next = await pipeline.run(schedule('2026-10-06T03:00:00Z'), { name: 'next' });
    expect(next.status).toBe('SUCCEEDED');
    expect((await planOf('next')).takenOverKey).toBe('backlogs/daily/failed.jsonl');
    const all = await readable();
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBe(pipeline.simulator.interactionIds(240).length);
  });
});

describe('a window', () => {
  it('takes what no run has stored', async () => {
    const window = { from: '2026-10-01T00:00:00Z', to: '2026-10-02T00:00:00Z' };
    const result = await pipeline.run({ window }, { name: 'backfill' });
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { counts: { requested: 0 } } });
    expect((await planOf('backfill')).leftOut.stored).toBeGreaterThan(50);
  });

  it('only plans in a dry run', async () => {
    const state = await pipeline.keys('state/');
    const submits = pipeline.simulator.count('submit');
    const result = await pipeline.run(eventFor(pipeline.simulator.interactionIds(30), { dryRun: true }), {
      name: 'dry',
    });
    expect(result).toMatchObject({
      status: 'SUCCEEDED',
      output: { counts: { requested: 30, stored: 0 }, manifestKey: 'runs/dry/plan.json' },
    });
    expect(pipeline.simulator.count('submit')).toBe(submits);
    expect(await pipeline.keys('state/')).toEqual(state);
    expect(await pipeline.keys('runs/dry/')).toEqual(['runs/dry/batches.jsonl', 'runs/dry/plan.json']);
  });
});

describe('named interactions', () => {
  it('reports unknown ones as missing without asking for a job', async () => {
    const submits = pipeline.simulator.count('submit');
    const result = await pipeline.run(eventFor(freshIds(3)), { name: 'unknown' });
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { counts: { requested: 3, missing: 3 } } });
    expect(pipeline.simulator.count('submit')).toBe(submits);
    expect((await pipeline.audit('unknown')).map(({ outcome }) => outcome)).toEqual(['missing', 'missing', 'missing']);
    expect((await manifestOf('unknown')).audit).toHaveLength(1);
  });

  it('skips stored ones when told to, as duplicates', async () => {
    const ids = pipeline.simulator.interactionIds(5);
    const result = await pipeline.run(eventFor(ids, { skipStored: true, mediaTypes: ['voice'] }), { name: 'skip' });
    expect(result).toMatchObject({
      status: 'SUCCEEDED',
      output: { counts: { requested: 5, stored: 0, duplicate: 5 } },
    });
  });

  it('reads them from a file', async () => {
    const ids = pipeline.simulator.interactionIds(45);
    const csv = ['queue,Interaction_ID', ...ids.map((id) => `"sales, north",${id}`), `x,${ids[0]}`, ''].join('\r\n');
    await put('inputs/ids.csv.gz', gzipSync(`\uFEFF${csv}`));
    const url = `s3://${pipeline.bucket}/inputs/ids.csv.gz`;
    const result = await pipeline.run({ interactionIdsFrom: url, dryRun: true }, { name: 'from-file' });
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { counts: { requested: 45 } } });
    expect(await planOf('from-file')).toMatchObject({ batchCount: 3, reference: { file: url } });
  });

  it.each([
    ['a missing file', 's3:///inputs/none.csv', undefined, /not there/],
    ['no id column', 's3:///inputs/no-column.csv', 'a,b\n1,2\n', /the header has none of the columns/],
    ['lines that hold no id', 's3:///inputs/bad.jsonl', '"int-1"\n{"name":"x"}\nnonsense\n"../x"\n', /line 2, 3, 4/],
    ['an empty file', 's3:///inputs/empty.csv', 'id\n', /holds no interaction id/],
  ])('refuses %s', async (_, url, body, message) => {
    if (body !== undefined) await put(url.slice('s3:///'.length), body);
    const result = await pipeline.run({ interactionIdsFrom: url });
    expect(result).toMatchObject({ status: 'FAILED', error: 'InputInvalid' });
    expect(result.cause).toMatch(message);
  });
});

describe('a retry', () => {
  it('takes just what a run left', async () => {
    const ids = pipeline.simulator.interactionIds(60);
    pipeline.simulator.setFaults([
      { on: 'poll', match: { interactionId: ids[25] as string }, times: 'always', do: { jobStatus: 'failed' } },
    ]);
    const partly = await pipeline.run(eventFor(ids, { mediaTypes: ['voice', 'chat', 'email', 'sms', 'social'] }), {
      name: 'partly',
    });
    expect(partly).toMatchObject({ status: 'FAILED', error: 'ExtractionIncomplete' });
    const { counts, planned } = await manifestOf('partly');
    expect({ planned, counts }).toMatchObject({ planned: 60, counts: { stored: 40, failed: 20 } });

    pipeline.simulator.setFaults([]);
    const retry = await pipeline.run({ retryRun: 'partly' }, { name: 'retry' });
    expect(retry).toMatchObject({ status: 'SUCCEEDED', output: { counts: { requested: 0 } } });
  });

  it('refuses a run that nobody knows', async () => {
    const result = await pipeline.run({ retryRun: 'nobody' });
    expect(result).toMatchObject({ status: 'FAILED', error: 'InputInvalid' });
  });
});
