/** Two runs at the same time, under a budget of requests that their functions share by way of S3. */
import { expect, it } from 'vitest';
import { Manifest } from '../../../lambdas/shared/runs/run-records.ts';
import { keys } from '../../../lambdas/shared/storage/layout.ts';
import { usePipeline } from '../world/pipeline.ts';

const PER_SECOND = 40;
/** Eight requests at a time of each of four functions. */
const MOST_UNDER_WAY = 32;

const pipeline = usePipeline(
  {
    source: 'interaction-analytics',
    requestsPerSecond: PER_SECOND,
    vendor: {
      simulator: {
        interactions: { count: 160, from: '2026-10-01T00:00:00Z', to: '2026-10-04T00:00:00Z' },
        availableAfterSeconds: 600,
        now: () => Date.parse('2026-10-04T03:00:00Z'),
      },
    },
  },
  {},
);

it('keeps to the budget, by the ledger of the vendor, and gives all shares back', async () => {
  const backfill = (name: string, from: string, to: string) =>
    pipeline.run({ window: { from: `${from}T00:00:00.000Z`, to: `${to}T23:59:59.999Z` }, batchSize: 40 }, { name });
  const results = await Promise.all([
    backfill('first', '2026-10-01', '2026-10-01'),
    backfill('second', '2026-10-02', '2026-10-03'),
  ]);
  for (const { status, error, cause } of results) {
    expect([status, error, cause]).toEqual(['SUCCEEDED', undefined, undefined]);
  }
  // Of the clock at both ends only so much is certain: what a function has sent and the vendor not yet taken counts nowhere.
  const times = pipeline.simulator.requests.filter(({ call }) => call === 'segmentTranscript').map(({ atMs }) => atMs);
  const seconds = (Math.max(...times) - Math.min(...times)) / 1_000;
  expect(times.length).toBeGreaterThanOrEqual(100);
  expect(times.length).toBeLessThanOrEqual(PER_SECOND * seconds + MOST_UNDER_WAY);
  const [manifest] = await pipeline.lines(keys.manifest('first'));
  expect(Manifest.parse(manifest).counts.failed).toBe(0);

  expect(await pipeline.keys('state/budget/')).toEqual([keys.budget('interaction-analytics')]);
  const [record] = await pipeline.lines(keys.budget('interaction-analytics'));
  expect(record).toMatchObject({ leases: [] });
});
