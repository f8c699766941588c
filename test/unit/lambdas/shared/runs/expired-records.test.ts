import { describe, expect, it } from 'vitest';
import { listUnfinished } from '../../../../../lambdas/shared/runs/list-unfinished.ts';
import { Plan, UnfinishedLine } from '../../../../../lambdas/shared/runs/run-records.ts';
import { claimedIds } from '../../../../../lambdas/shared/runs/stored-ids.ts';
import { readBacklog } from '../../../../../lambdas/shared/runs/watermark.ts';
import { keys } from '../../../../../lambdas/shared/storage/layout.ts';
import { readJsonLinesIfAny } from '../../../../../lambdas/shared/storage/read-json.ts';
import { MemoryStore } from '../../../../year/memory-store.ts';

const AT = '2026-11-22T03:00:00.000Z';
const storeOf = () => new MemoryStore(new Map(), { nowMs: () => 0 });
const line = { interactionId: 'int-1', outcome: 'failed', attempts: 2 } as const;

const plan = Plan.parse({
  schemaVersion: 1,
  runId: 'r1',
  startedAt: AT,
  plannedAt: AT,
  source: 'schedule',
  reference: { schedule: 'daily', time: AT },
  dryRun: false,
  options: { mediaTypes: ['voice'], redactionPolicy: 'auto', format: 'json', maxConcurrentDownloads: 1 },
  batchSize: 1,
  concurrency: 1,
  batchesKey: keys.batches('r1'),
  batchCount: 1,
  requested: 1,
  decided: { missing: 0, notReady: 0, duplicate: 0 },
  leftOut: { stored: 0, givenUp: 0, erased: 0, taken: 0 },
  takenOverKey: keys.backlog('daily', 'r0'),
});

describe('a record that another one names', () => {
  it('tells a backlog that is gone from one that is empty', async () => {
    const store = storeOf();
    await store.write('there', `${JSON.stringify(line)}\n`);
    await store.write('empty', '');
    expect(await readBacklog(store, 'there')).toEqual([line]);
    expect(await readBacklog(store, 'empty')).toEqual([]);
    expect(await readBacklog(store, undefined)).toEqual([]);
    expect(await readBacklog(store, 'gone')).toBeUndefined();
  });

  it('leaves nothing claimed by a run whose batches are gone', async () => {
    const runs = [{ runId: 'r1', batchesKey: keys.batches('r1') }];
    expect((await claimedIds(storeOf(), runs, '')).size).toBe(0);
  });

  it('counts attempts anew where those before are gone', async () => {
    const store = storeOf();
    const batch = { batch: 0, interactionIds: ['int-1'] };
    await store.write(keys.batches('r1'), `${JSON.stringify(batch)}\n`);
    const { interactionId, outcome } = line;
    const unstored = new Map([[0, [{ interactionId, outcome, isBatchFailure: false }]]]);
    const limit = { maxAttempts: 5, at: AT };
    expect(await listUnfinished(store, plan, { unstored }, limit)).toMatchObject([{ attempts: 1 }]);
    await store.write(keys.backlog('daily', 'r0'), `${JSON.stringify(line)}\n`);
    expect(await listUnfinished(store, plan, { unstored }, limit)).toMatchObject([{ attempts: 3 }]);
  });

  it('is still refused where it is there and damaged', async () => {
    const store = storeOf();
    await store.write('damaged', '{"interactionId":\n');
    await expect(Array.fromAsync(readJsonLinesIfAny(store, 'damaged', UnfinishedLine))).rejects.toThrow('not JSON');
  });
});
