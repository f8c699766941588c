/** Transcripts that the vendor takes names out of: those take the place of what is stored, of which nothing is left. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { constants, gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { openLake } from '../../../cli/lake/open-lake.ts';
import { verifyLake } from '../../../cli/lake/verification/verify-lake.ts';
import { keys } from '../../../lambdas/shared/storage/layout.ts';
import { usePipeline } from '../world/pipeline.ts';

let nowMs = Date.parse('2026-10-04T03:00:00Z');
const WINDOW = { from: '2026-10-01T00:00:00.000Z', to: '2026-10-02T00:00:00.000Z' };

const pipeline = usePipeline({
  source: 'interaction-analytics',
  receiver: { keepBodies: true },
  vendor: {
    simulator: {
      interactions: { count: 30, from: WINDOW.from, to: WINDOW.to },
      availableAfterSeconds: 0,
      now: () => nowMs,
    },
  },
});

async function run(runId: string, input: object) {
  nowMs += 60_000;
  const result = await pipeline.run(input, { name: runId });
  expect([result.status, result.error, result.cause]).toEqual(['SUCCEEDED', undefined, undefined]);
  await pipeline.engine.settle();
  return pipeline.entered(result).filter((state) => state === 'EraseReplaced').length;
}

/** Files of the lake, old versions among them, in which a row has that checksum of its transcript. */
async function filesWith(contentSha256: string): Promise<string[]> {
  const files = await readdir(pipeline.dataLakeDir, { recursive: true, withFileTypes: true });
  const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
  const held = await Promise.all(
    paths.map(async (path) => {
      const bytes = await readFile(path);
      const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
      const text = isGzip ? gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }).toString() : bytes.toString();
      return text.includes(`"contentSha256":"${contentSha256}"`) && text.includes('"transcript":') ? [path] : [];
    }),
  );
  return held.flat();
}

it('erases the version with names once the run is recorded, says so, and tells the webhook', async () => {
  expect(await run('first', { window: WINDOW })).toBe(0);
  const rows = await pipeline.rows('first');
  const [same, newer, other] = rows as [(typeof rows)[number], (typeof rows)[number], (typeof rows)[number]];
  pipeline.simulator.reannotate(newer.interactionId);
  for (const { interactionId } of [same, newer]) pipeline.simulator.anonymise(interactionId);
  expect(await filesWith(same.contentSha256)).toHaveLength(1);

  expect(await run('refetched', { window: WINDOW, refetch: true })).toBe(1);
  const now = await pipeline.rows('refetched');
  const ids = [same, newer].map(({ interactionId }) => interactionId).sort();
  expect(now.map(({ interactionId }) => interactionId).sort()).toEqual(ids);
  for (const { contentSha256 } of [same, newer]) expect(await filesWith(contentSha256)).toEqual([]);
  expect(await filesWith(other.contentSha256)).toHaveLength(1);
  expect((await pipeline.rows('first')).map(({ interactionId }) => interactionId).sort()).toEqual(
    rows
      .map(({ interactionId }) => interactionId)
      .filter((id) => !ids.includes(id))
      .sort(),
  );

  const stored = (await pipeline.audit('refetched')).filter(({ outcome }) => outcome === 'stored');
  expect(stored).toMatchObject(now.map(({ supersedes }) => ({ anonymised: true, supersedes })));
  const erasures = (await Promise.all((await pipeline.keys('audit/erasures/')).map(pipeline.lines))).flat();
  expect(erasures).toMatchObject([
    { action: 'version_erased', runs: ['first'] },
    { action: 'version_erased', runs: ['first'] },
  ]);
  const events = pipeline.receiver.received.map(
    ({ body }) => body as undefined | { data?: { runId?: string; supersedes?: string } },
  );
  expect(events.filter((event) => event?.data?.runId === 'refetched' && event.data.supersedes)).toHaveLength(2);
  expect(await pipeline.keys(keys.replaced)).toEqual([]);

  const lake = await openLake(pipeline.dataLakeDir);
  expect((await verifyLake(lake).finally(() => lake.close())).problems).toEqual([]);
  expect(await run('again', { window: WINDOW, refetch: true })).toBe(0);
});
