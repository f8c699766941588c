/** What is erased under any of the vendor's ids stays away, however its segment is come to again. */
import { expect, it } from 'vitest';
import { eraseInteractions } from '../../../cli/lake/erasure/erase-interactions.ts';
import { openLake } from '../../../cli/lake/open-lake.ts';
import { idsOf } from '../../../lambdas/shared/contracts/aliases.ts';
import type { TranscriptRow } from '../../../lambdas/shared/storage/records.ts';
import { usePipeline } from '../world/pipeline.ts';

const WINDOW = { from: '2026-10-01T00:00:00.000Z', to: '2026-10-02T00:00:00.000Z' };
const NOW = Date.parse('2026-10-04T03:00:00Z');

const pipeline = usePipeline({
  source: 'interaction-analytics',
  vendor: {
    simulator: {
      interactions: { count: 40, from: WINDOW.from, to: WINDOW.to },
      availableAfterSeconds: 0,
      now: () => NOW,
    },
  },
});

const idsOfRow = ({ interactionId, interaction }: TranscriptRow) => [interactionId, ...idsOf(interaction)];

it('erases by each kind of id, and stores none of it again', async () => {
  await pipeline.run({ window: WINDOW }, { name: 'first' });
  const rows = await pipeline.rows('first');
  const named = rows.slice(0, 3).map((row, kind) => idsOfRow(row)[kind] ?? '');
  const isUnder = (row: TranscriptRow) => idsOfRow(row).some((id) => named.includes(id));
  const gone = rows.filter(isUnder);
  expect(named.every((id) => id !== '')).toBe(true);
  expect(gone.length).toBeGreaterThanOrEqual(3);

  const lake = await openLake(pipeline.dataLakeDir);
  const erasure = await eraseInteractions(lake, named, '2026-10-05T00:00:00.000Z').finally(() => lake.close());
  expect([...erasure.rows.keys()].sort()).toEqual(named.toSorted());
  expect((await pipeline.rows('first')).filter(isUnder)).toEqual([]);

  // Listed again, fetched again, and named by the id that nobody has erased.
  const windows = [{ window: WINDOW }, { window: WINDOW, refetch: true }];
  const ids = gone.map(({ interactionId }) => interactionId);
  for (const [number, input] of [...windows, { interactionIds: ids }].entries()) {
    const runId = `later-${number}`;
    expect(await pipeline.run(input, { name: runId })).toMatchObject({ status: 'SUCCEEDED' });
    expect((await pipeline.rows(runId)).filter(isUnder)).toEqual([]);
  }
});
