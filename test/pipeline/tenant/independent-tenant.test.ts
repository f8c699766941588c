/** A window of a tenant that nobody of the simulator's makers wrote: everything once, with few calls, and nothing in clear. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import { Manifest } from '../../../lambdas/shared/runs/run-records.ts';
import { keys } from '../../../lambdas/shared/storage/layout.ts';
import { startAnalyticsTenant, TENANT_KEY } from '../../stand-ins/analytics-tenant.ts';
import { usePipeline } from '../world/pipeline.ts';

const FROM = Date.parse('2026-10-01T00:00:00Z');
const COUNT = 2_500;
const WINDOW = { from: new Date(FROM).toISOString(), to: '2026-10-02T00:00:00.000Z' };

const tenant = await startAnalyticsTenant({
  count: COUNT,
  crowd: 1_200,
  fromMs: FROM,
  stepMs: 60_000,
  goneEvery: 33,
  storms: { at: [1_100], refusals: 40 },
  firstTokenCalls: 1_000,
});
afterAll(() => tenant.close());

const pipeline = usePipeline({
  source: 'interaction-analytics',
  vendor: { baseUrl: tenant.url, secret: TENANT_KEY },
  receiver: { keepBodies: true },
});

async function run(runId: string, input: object) {
  const result = await pipeline.run({ batchSize: 500, ...input }, { name: runId });
  expect([result.status, result.error, result.cause]).toEqual(['SUCCEEDED', undefined, undefined]);
  const [line] = await pipeline.lines(keys.manifest(runId));
  return { result, manifest: Manifest.parse(line) };
}

/** Any value that is planted; to look for each in turn takes longer than the run. */
const IN_CLEAR = /dana\.whit\d{5}@example\.net|617-555-0\d{3}/g;

/** All that lies in the lake, unpacked. */
async function everything(): Promise<string> {
  const found = await readdir(pipeline.dataLakeDir, { recursive: true, withFileTypes: true });
  // Not what the stand-in of S3 keeps beside the objects, part of which comes and goes.
  const isObject = (entry: (typeof found)[number]) => entry.isFile() && !entry.parentPath.includes('.s3');
  const files = found.filter(isObject).map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(
    files.map(async (file) => {
      const bytes = await readFile(file);
      return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    }),
  );
  return texts.join('\n');
}

it('is stored once and delivered once, at 1.2 calls a segment at most', async () => {
  expect(tenant.segments.flatMap(({ planted }) => planted).every((value) => value.match(IN_CLEAR))).toBe(true);
  const { result, manifest } = await run('window', { window: WINDOW });
  const withTranscript = tenant.segments.filter(({ isGone }) => !isGone);
  expect(manifest).toMatchObject({
    planned: COUNT,
    counts: { stored: withTranscript.length, missing: COUNT - withTranscript.length, failed: 0, notReady: 0 },
    rows: withTranscript.length,
    delivery: { delivered: withTranscript.length, parked: 0, pending: 0 },
  });
  const ids = withTranscript.map(({ segmentId }) => segmentId).sort();
  expect((await pipeline.rows('window')).map(({ interactionId }) => interactionId).sort()).toEqual(ids);
  const { signIns, pages, transcripts } = tenant.calls;
  expect((signIns + pages + transcripts) / COUNT).toBeLessThanOrEqual(1.2);
  expect(tenant.calls.refused).toBe(40);

  const written = (await everything()) + JSON.stringify(result) + JSON.stringify(pipeline.receiver.received);
  expect(written.match(IN_CLEAR)).toBeNull();
  expect([...tenant.tokens, ...Object.values(TENANT_KEY)].filter((secret) => written.includes(secret))).toEqual([]);
});

it('is stored once more where it was analysed again, and nowhere else', async () => {
  const again = tenant.segments.find(({ isGone }) => !isGone);
  if (!again) throw new Error('no segment has a transcript');
  again.annotatedDateTime = '2026-10-05T00:00:00.000Z';
  const soon = new Date(Date.parse(again.firstAnnotatedAt) + 3_600_000).toISOString();
  const { manifest } = await run('refetched', { window: { ...WINDOW, to: soon }, refetch: true });
  expect(manifest).toMatchObject({ superseded: 1, counts: { stored: 1, failed: 0 } });
  expect(await pipeline.rows('refetched')).toMatchObject([{ interactionId: again.segmentId }]);
});
