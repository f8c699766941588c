import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { constants, gunzipSync, gzipSync } from 'node:zlib';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compactDay } from '../../cli/lake/compaction/compact-day.ts';
import { withDuckDb } from '../../cli/lake/duckdb.ts';
import { eraseInteractions } from '../../cli/lake/erasure/erase-interactions.ts';
import type { Lake } from '../../cli/lake/open-lake.ts';
import { readRunStatus } from '../../cli/lake/run-status.ts';
import { verifyLake } from '../../cli/lake/verification/verify-lake.ts';
import type { MediaType } from '../../lambdas/shared/contracts/job-options.ts';
import { Manifest } from '../../lambdas/shared/runs/run-records.ts';
import { keys } from '../../lambdas/shared/storage/layout.ts';
import { ObjectStore } from '../../lambdas/shared/storage/object-store.ts';
import type { StoredPart, TranscriptRow } from '../../lambdas/shared/storage/records.ts';
import { hashInteractionId } from '../../lambdas/shared/storage/tombstones.ts';
import { eventFor, freshIds, usePipeline } from './world/pipeline.ts';

const pipeline = usePipeline({ receiver: { keepBodies: true } });
const ids = freshIds(30);
/** The simulator dates ids that it is asked for. */
const DAY = '2026-11-21';
const lake = {} as Lake;

beforeAll(async () => {
  const client = new S3Client({
    endpoint: pipeline.s3.url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const { bucket } = pipeline;
  const close = async () => client.destroy();
  Object.assign(lake, { store: new ObjectStore(bucket, client), client, bucket, name: 'test', close } satisfies Lake);
  const first = await pipeline.run(eventFor(ids, { batchSize: 10 }), { name: 'first' });
  const second = await pipeline.run(eventFor(ids.slice(0, 5)), { name: 'second' });
  const third = await pipeline.run(eventFor(ids.slice(29)), { name: 'third' });
  expect([first.status, second.status, third.status]).toEqual(Array(3).fill('SUCCEEDED'));
  await pipeline.engine.settle();
});
afterAll(() => lake.close());

async function read(key: string): Promise<Buffer> {
  const { Body } = await lake.client.send(new GetObjectCommand({ Bucket: lake.bucket, Key: key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}
const put = (key: string, body: Buffer | string) =>
  lake.client.send(new PutObjectCommand({ Bucket: lake.bucket, Key: key, Body: body }));
const manifestOf = async (runId: string) =>
  Manifest.parse(JSON.parse((await read(`runs/${runId}/manifest.json`)).toString()));
const codes = async () => [...new Set((await verifyLake(lake)).problems.map(({ code }) => code))].sort();

/** Changes an object, looks, and puts it back as it was. */
async function whileChanged(key: string, body: Buffer | string | undefined, look: () => Promise<void>): Promise<void> {
  const before = await read(key);
  if (body === undefined) await lake.client.send(new DeleteObjectCommand({ Bucket: lake.bucket, Key: key }));
  else await put(key, body);
  try {
    await look();
  } finally {
    await put(key, before);
  }
}

describe('verify', () => {
  it('finds nothing wrong with what runs leave', async () => {
    const result = await verifyLake(lake);
    expect(result).toMatchObject({ runs: 3, openRuns: [], rows: 36, repeated: 6, problems: [] });
  });

  const tamperings: [string, (part: StoredPart, line: string) => Buffer | undefined, string[]][] = [
    ['a part that is gone', () => undefined, ['missing']],
    ['a part with one more row', (_, line) => gzipSync(`${line}\n${line}\n`), ['checksum', 'rows']],
    ['a part that is no gzip', () => Buffer.from('nonsense'), ['unreadable']],
    ['a part cut short', (_, line) => gzipSync(`${line}\n`).subarray(0, 60), ['unreadable']],
    ['a row of another form', () => gzipSync('{"a":1}\n'), ['checksum', 'row']],
    [
      'a row with personal data',
      (_, line) =>
        gzipSync(`${JSON.stringify({ ...JSON.parse(line), transcript: { text: 'mail me: jo@example.com' } })}\n`),
      ['checksum', 'leak'],
    ],
    [
      'a row that came too late for its part',
      (part, line) => gzipSync(`${JSON.stringify({ ...JSON.parse(line), timestamp: `${part.day}T23:59:59.999Z` })}\n`),
      ['checksum', 'time'],
    ],
  ];
  it.each(tamperings)('sees %s', async (_, change, expected) => {
    const [part] = (await manifestOf('third')).parts as [StoredPart];
    const line = gunzipSync(await read(part.key))
      .toString()
      .trim();
    await whileChanged(part.key, change(part, line), async () => expect(await codes()).toEqual(expected));
  });

  it('sees manifests that do not add up, contradict their audit or are damaged', async () => {
    const manifest = await manifestOf('second');
    const key = 'runs/second/manifest.json';
    const wrong = { ...manifest, planned: 7, rows: 99 };
    await whileChanged(key, JSON.stringify(wrong), async () => expect(await codes()).toEqual(['counts', 'rows']));
    const { stored, missing } = manifest.counts;
    const retold = { ...manifest, counts: { ...manifest.counts, stored: stored - 1, missing: missing + 1 } };
    await whileChanged(key, JSON.stringify(retold), async () =>
      expect((await verifyLake(lake)).problems).toEqual([
        { code: 'counts', key, detail: `${stored - 1} stored, the audit has ${stored}` },
        { code: 'counts', key, detail: `${missing + 1} missing, the audit has ${missing}` },
      ]),
    );
    const twice = { ...manifest, parts: [...manifest.parts, manifest.parts[0]] };
    await whileChanged(key, JSON.stringify(twice), async () => expect(await codes()).toEqual(['listed-twice', 'rows']));
    await whileChanged(key, '{"schemaVersion":', async () => expect(await codes()).toEqual(['manifest']));
    await whileChanged(manifest.audit[0]?.key ?? '', undefined, async () => expect(await codes()).toEqual(['missing']));
  });

  it('sees parts that no manifest lists, a day later', async () => {
    const orphan = 'transcripts/v=1/media_type=voice/dt=2026-11-21/nobody-000000.jsonl.gz';
    await put(orphan, gzipSync('x\n'));
    expect(await verifyLake(lake)).toMatchObject({ problems: [], kept: 1 });
    const nowMs = Date.now() + 2 * 86_400_000;
    const problems = [{ code: 'orphan', key: orphan, detail: 'of run nobody' }];
    expect(await verifyLake(lake, { nowMs })).toMatchObject({ problems, kept: 0 });
    await lake.store.delete(orphan);
    expect(await codes()).toEqual([]);
  });
});

describe('status', () => {
  it('tells what became of a run', async () => {
    expect(await readRunStatus(lake, 'first')).toMatchObject({
      state: 'complete',
      source: 'interactionIds',
      batches: { done: 3, of: 3 },
      counts: { stored: 30 },
      delivered: 30,
    });
    expect(await readRunStatus(lake, 'nobody')).toEqual({ runId: 'nobody', state: 'unknown' });
  });
});

describe('compact', () => {
  it('writes a day as Parquet, each transcript once, and only once', async () => {
    const { compaction, isNew } = await compactDay(lake, DAY, '2026-11-22T10:00:00.000Z');
    expect(isNew).toBe(true);
    expect(compaction).toMatchObject({ rows: 36, repeated: 6 });
    expect(compaction.files.reduce((sum, { rows }) => sum + rows, 0)).toBe(30);
    expect(await compactDay(lake, DAY, '2026-11-22T11:00:00.000Z')).toEqual({ compaction, isNew: false });
    expect(await verifyLake(lake)).toMatchObject({ staleDays: [], problems: [] });
  });

  it('holds what the rows hold, under the names of the table', async () => {
    const rows = (await pipeline.rows('first')).filter(({ mediaType }) => mediaType === 'chat');
    const columns = 'interaction_id, started_at, transcript, findings, content_sha256, run_id, masked';
    const found = await query(`SELECT ${columns} FROM '${compactedFile('chat')}' ORDER BY interaction_id`);
    const latest = (row: TranscriptRow) => (ids.indexOf(row.interactionId) < 5 ? 'second' : 'first');
    const expected = rows
      .sort((a, b) => (a.interactionId < b.interactionId ? -1 : 1))
      .map((row) => [row.interactionId, row.timestamp, row.transcript, row.contentSha256, true]);
    expect(
      found.map(([id, at, transcript, , hash, , masked]) => [id, at, JSON.parse(String(transcript)), hash, masked]),
    ).toEqual(expected);
    expect(found.map(([, , , , , run]) => run)).toEqual(
      rows.map((row) => (row.interactionId === ids[29] ? 'third' : latest(row))),
    );
    const findings = found.map((row) => row[3] as { key: string; value: string }[]);
    expect(findings.map((list) => Object.fromEntries(list.map(({ key, value }) => [key, Number(value)])))).toEqual(
      rows.map((row) => row.findings),
    );
  });
});

describe('erase', () => {
  const [id] = ids as [string];

  it('takes an interaction out of every run, for good', async () => {
    const erasure = await eraseInteractions(lake, [id, 'int-never-seen'], '2026-11-22T12:00:00.000Z');
    expect(erasure).toMatchObject({ rows: new Map([[id, 2]]), runs: ['first', 'second'], underWay: [] });
    expect(erasure.versions).toBeGreaterThanOrEqual(2);

    expect(erasure.compacted).toEqual([DAY]);
    const result = await verifyLake(lake);
    expect(result).toMatchObject({ rows: 34, staleDays: [], problems: [] });
    const { counts, rows, erasures } = await manifestOf('second');
    expect({ counts, rows, erasures }).toMatchObject({
      counts: { stored: 5 },
      rows: 4,
      erasures: [{ at: '2026-11-22T12:00:00.000Z', rows: 1 }],
    });
  });

  it('leaves its content nowhere, in no old version either', async () => {
    const files = await readdir(pipeline.dataLakeDir, { recursive: true, withFileTypes: true });
    for (const entry of files.filter((file) => file.isFile())) {
      const path = join(entry.parentPath, entry.name);
      const bytes = await readFile(path);
      if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) continue;
      const rows = gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }).toString().split('\n');
      const left = rows.filter((row) => row.includes(`"interactionId":"${id}"`) && row.includes('"transcript":'));
      expect({ path, left }).toEqual({ path, left: [] });
    }
  });

  it('tells the webhook', async () => {
    const taken = new Set(pipeline.receiver.uniqueIds);
    const before = pipeline.receiver.received.length;
    for (const runId of ['first', 'second']) {
      await pipeline.engine.run({ stateMachine: deliveryMachine(), input: { runId }, name: `after-erasure-${runId}` });
    }
    // Nothing but news: the other rows of the rewritten objects are delivered.
    const since = pipeline.receiver.received.slice(before);
    expect(since.filter(({ id }) => taken.has(id))).toEqual([]);
    const events = pipeline.receiver.received.filter(({ body }) => JSON.stringify(body).includes('transcript.erased'));
    expect(events.map(({ body }) => body)).toEqual([
      { type: 'transcript.erased', timestamp: '2026-11-22T12:00:00.000Z', data: { interactionId: id, rows: 2 } },
    ]);
  });

  it('changes nothing when it is done again', async () => {
    const before = await manifestOf('first');
    const again = await eraseInteractions(lake, [id], '2026-11-23T12:00:00.000Z');
    expect(again).toMatchObject({ rows: new Map(), parts: 0, versions: 0 });
    expect(await manifestOf('first')).toEqual(before);
    const audit = (await pipeline.keys('audit/erasures/')).filter((key) => key.includes('dt=2026-11-22'));
    const lines = (await Promise.all(audit.map(pipeline.lines))).flat();
    const interactionHash = hashInteractionId(id);
    expect(lines).toContainEqual(expect.objectContaining({ action: 'interaction_erased', interactionHash, rows: 2 }));
    expect(JSON.stringify(lines)).not.toContain(id);
  });

  it('keeps later runs from bringing it back', async () => {
    const result = await pipeline.run(eventFor([id]), { name: 'later' });
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { counts: { requested: 1, stored: 0, missing: 1 } } });
    expect(await pipeline.audit('later')).toMatchObject([{ outcome: 'missing', error: 'Erased' }]);
  });

  it('completes an erasure that broke off between a part and its manifest', async () => {
    const other = ids[7] as string;
    const manifest = await read('runs/first/manifest.json');
    await eraseInteractions(lake, [other], '2026-11-22T13:00:00.000Z');
    await put('runs/first/manifest.json', manifest);
    expect(await codes()).not.toEqual([]);
    await eraseInteractions(lake, [other], '2026-11-22T14:00:00.000Z');
    expect(await codes()).toEqual([]);
  });
});

const compactedFile = (mediaType: MediaType) => join(pipeline.dataLakeDir, keys.compacted(mediaType, DAY));

async function query(sql: string): Promise<unknown[][]> {
  return withDuckDb(pipeline.out, async (db) => (await db.runAndReadAll(sql)).getRowsJson());
}

function deliveryMachine(): string {
  const { stateMachines, outputs } = pipeline.assembly;
  return stateMachines.find(({ arn }) => arn === outputs.DeliveryStateMachineArn)?.name ?? '';
}
