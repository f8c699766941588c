/** A source that fetches transcripts one by one: a batch that does not come at once is stored in passes, and nothing twice. */
import { expect, it } from 'vitest';
import { Manifest } from '../../../lambdas/shared/runs/run-records.ts';
import { keys } from '../../../lambdas/shared/storage/layout.ts';
import { usePipeline } from '../world/pipeline.ts';

let nowMs = Date.parse('2026-10-04T03:00:00Z');
/** Calls of the store step that are killed in the middle, by their number. */
let killed: number[] = [];
let calls = 0;

const pipeline = usePipeline(
  {
    source: 'interaction-analytics',
    vendor: {
      simulator: {
        interactions: { count: 100, from: '2026-10-01T00:00:00Z', to: '2026-10-03T00:00:00Z' },
        availableAfterSeconds: 600,
        now: () => nowMs,
      },
    },
  },
  {
    faults: ({ state }) => {
      if (state !== 'StoreTranscripts') return undefined;
      calls += 1;
      return killed.includes(calls) ? { kind: 'killed', afterMs: 700 } : undefined;
    },
  },
);

it.each([
  ['no call is killed', 'whole', '2026-10-01', []],
  ['calls are killed', 'killed', '2026-10-02', [1, 3]],
])('where %s', async (_name, runId, day, kills) => {
  killed = kills;
  calls = 0;
  nowMs += 1;
  // The vendor has had enough after some transcripts, more than once.
  pipeline.simulator.setFaults(
    [10, 30].map((nth) => ({ on: 'segmentTranscript', match: { nth }, times: 12, do: { status: 429 } })),
  );
  const result = await pipeline.run(
    { window: { from: `${day}T00:00:00.000Z`, to: `${day}T23:59:59.999Z` } },
    { name: runId },
  );
  expect([result.status, result.error, result.cause]).toEqual(['SUCCEEDED', undefined, undefined]);

  const [manifestLine] = await pipeline.lines(keys.manifest(runId));
  const { counts, planned, parts } = Manifest.parse(manifestLine);
  expect(planned).toBeGreaterThan(30);
  expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(planned);
  expect(counts.failed + counts.quarantined + counts.notReady).toBe(0);

  const rows = await pipeline.rows(runId);
  expect(rows).toHaveLength(counts.stored);
  expect(new Set(rows.map(({ interactionId }) => interactionId)).size).toBe(counts.stored);
  for (const row of rows) {
    expect(row).toMatchObject({ source: 'interaction-analytics', version: expect.any(String) });
  }
  expect(parts.map(({ key }) => key).sort()).toEqual(
    (await pipeline.keys('transcripts/')).filter((key) => key.includes(`/${runId}-`)),
  );
  expect(await pipeline.audit(runId)).toHaveLength(planned);
  expect(pipeline.entered(result)).toContain('RecordOutcome');
  const passes = (await pipeline.receipts(runId)).map((receipt) => receipt.passes ?? 1);
  expect(Math.max(...passes)).toBeGreaterThan(1);
});
