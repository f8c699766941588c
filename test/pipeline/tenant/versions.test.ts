/** Transcripts that the vendor analyses again: the newer version takes the older one's place, once, and nothing leaks. */
import { expect, it } from 'vitest';
import { Manifest } from '../../../lambdas/shared/runs/run-records.ts';
import { keys } from '../../../lambdas/shared/storage/layout.ts';
import { usePipeline } from '../world/pipeline.ts';

let nowMs = Date.parse('2026-10-04T03:00:00Z');
const WINDOW = { from: '2026-10-01T00:00:00.000Z', to: '2026-10-02T00:00:00.000Z' };

const pipeline = usePipeline({
  source: 'interaction-analytics',
  vendor: {
    simulator: {
      interactions: { count: 60, from: WINDOW.from, to: WINDOW.to },
      availableAfterSeconds: 0,
      now: () => nowMs,
    },
  },
});

async function run(runId: string, input: object): Promise<Manifest> {
  nowMs += 60_000;
  const result = await pipeline.run(input, { name: runId });
  expect([result.status, result.error, result.cause]).toEqual(['SUCCEEDED', undefined, undefined]);
  const [line] = await pipeline.lines(keys.manifest(runId));
  return Manifest.parse(line);
}

it('stores each segment once with what the list says of it, and a newer version once more', async () => {
  const first = await run('first', { window: WINDOW });
  const rows = await pipeline.rows('first');
  expect(first.counts.stored).toBeGreaterThan(30);
  expect(rows).toHaveLength(first.counts.stored);
  for (const { interaction } of rows) {
    expect(interaction).toMatchObject({ interactionId: expect.any(String), row: { segmentId: expect.any(String) } });
  }
  const stored = JSON.stringify(rows);
  const planted = rows.flatMap(({ interactionId }) => pipeline.simulator.plantedInSegment(interactionId));
  expect(planted.length).toBeGreaterThan(30);
  expect(planted.flatMap(({ leaks }) => leaks).filter((value) => stored.includes(value))).toEqual([]);

  expect((await run('again', { window: WINDOW })).counts.stored).toBe(0);

  const [changed] = rows as [(typeof rows)[number]];
  pipeline.simulator.reannotate(changed.interactionId);
  const refetched = await run('refetched', { window: WINDOW, refetch: true });
  expect(refetched.counts).toMatchObject({ stored: 1, unchanged: first.counts.stored - 1 });
  const [newer] = await pipeline.rows('refetched');
  expect(newer).toMatchObject({ interactionId: changed.interactionId, supersedes: changed.version });
  expect(Date.parse(newer?.version ?? '')).toBeGreaterThan(Date.parse(changed.version ?? ''));

  const named = await run('named', { interactionIds: rows.slice(0, 3).map(({ interactionId }) => interactionId) });
  expect(named.counts).toMatchObject({ stored: 0, unchanged: 3 });

  // Batches of named ids have no days in their plan: the day of what they store is noted by itself.
  pipeline.simulator.reannotate(changed.interactionId);
  const once = await run('renamed', { interactionIds: [changed.interactionId] });
  expect([once.counts.stored, once.superseded]).toEqual([1, 1]);
  expect(await pipeline.rows('renamed')).toMatchObject([{ supersedes: newer?.version }]);
  const twice = await run('named-again', { interactionIds: [changed.interactionId] });
  expect(twice.counts).toMatchObject({ stored: 0, unchanged: 1 });
});
