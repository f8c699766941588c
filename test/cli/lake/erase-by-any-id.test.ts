/** An erasure that names an interaction by an id of the vendor's that is not its own. */
import { describe, expect, it } from 'vitest';
import { compactDay } from '../../../cli/lake/compaction/compact-day.ts';
import { fetchCompacted, readCompacted } from '../../../cli/lake/compaction/compacted-file.ts';
import { eraseInteractions } from '../../../cli/lake/erasure/erase-interactions.ts';
import { verifyLake } from '../../../cli/lake/verification/verify-lake.ts';
import { enterOpenRun, readOpenRuns } from '../../../lambdas/shared/runs/open-runs.ts';
import { keys } from '../../../lambdas/shared/storage/layout.ts';
import { hashInteractionId, readTombstones } from '../../../lambdas/shared/storage/tombstones.ts';
import { DAY, LATER, type LakeWorld, openWorld, STARTED_AT } from './lake-world.ts';

const AT = '2026-11-23T12:00:00.000Z';
const FILE = keys.compacted('voice', DAY);
const partOf = (runId: string) => keys.transcripts('voice', DAY, runId, 0);

/** Three segments of two interactions and two contacts; the first one stored again, by a run that knew its own id only. */
async function world(): Promise<LakeWorld> {
  const lake = await openWorld();
  // Before the run that tells which ids go together, by name.
  await lake.recordAliased('a-again', { 'seg-1': {}, 'seg-4': {} });
  await lake.recordAliased('b-first', {
    'seg-1': { interactionId: 'i-1', acdContactId: '41' },
    'seg-2': { interactionId: 'i-1', acdContactId: '42' },
    'seg-3': { interactionId: 'i-3', acdContactId: '41' },
  });
  return lake;
}

async function compactedIds(lake: LakeWorld): Promise<string[]> {
  const file = await fetchCompacted(lake, FILE, `${lake.out}/looked-into`);
  const rows = file ? await readCompacted(file.path, `${lake.out}/looked-into`) : [];
  return (rows ?? []).map(({ interactionId }) => interactionId).sort();
}

async function erasedEvents(lake: LakeWorld): Promise<unknown[]> {
  const entries = (await lake.keysOf('runs/')).filter((key) => key.includes('/outbox/'));
  const bodies = await Promise.all(entries.map(async (key) => (await lake.store.readText(key))?.text ?? ''));
  return bodies.map((text) => (JSON.parse(JSON.parse(text).body) as { data: unknown }).data);
}

describe.each([
  { named: 'seg-1', gone: ['seg-1'], rows: 2 },
  { named: 'i-1', gone: ['seg-1', 'seg-2'], rows: 3 },
  { named: '41', gone: ['seg-1', 'seg-3'], rows: 3 },
])('erase of $named', ({ named, gone, rows }) => {
  const kept = ['seg-1', 'seg-2', 'seg-3', 'seg-4'].filter((id) => !gone.includes(id));

  it('takes every row of every segment under that id', async () => {
    const lake = await world();
    await compactDay(lake, DAY, STARTED_AT);
    const erasure = await eraseInteractions(lake, [named], AT);
    expect(erasure).toMatchObject({ rows: new Map([[named, rows]]), runs: ['a-again', 'b-first'], leftAlone: [] });
    expect(erasure.interactions).toEqual(new Map(gone.includes(named) ? [] : [[named, gone]]));

    const left = [...((await lake.idsOf(partOf('a-again'))) ?? []), ...((await lake.idsOf(partOf('b-first'))) ?? [])];
    expect(left.sort()).toEqual(kept);
    expect(await compactedIds(lake)).toEqual(kept);
    for (const key of [partOf('a-again'), partOf('b-first'), FILE]) expect(await lake.oldVersions(key)).toBe(0);
    expect((await verifyLake(lake, { nowMs: LATER })).problems).toEqual([]);
  });

  it('leaves tombstones for the segments too, tells the webhook of each, and proves it without an id', async () => {
    const lake = await world();
    await eraseInteractions(lake, [named], AT);
    const isErased = await readTombstones(lake.store);
    expect([named, ...gone, ...kept].filter(isErased)).toEqual([named, ...gone]);
    const counts = gone.map((interactionId) => ({ interactionId, rows: interactionId === 'seg-1' ? 2 : 1 }));
    const events = await erasedEvents(lake);
    expect(events).toHaveLength(counts.length);
    expect(events).toEqual(expect.arrayContaining(counts));
    const [audit = ''] = await lake.keysOf('audit/erasures/');
    const line = JSON.parse((await lake.store.readText(audit))?.text ?? '') as { rows: number };
    expect(line).toMatchObject({ interactionHash: hashInteractionId(named), rows });
    expect(JSON.stringify(line)).not.toContain(named.length > 2 ? named : '"41"');
  });

  it('finds them in a compacted file that has outlived everything else', async () => {
    const lake = await world();
    await compactDay(lake, DAY, STARTED_AT);
    for (const prefix of ['runs/', 'transcripts/', 'audit/']) {
      for (const key of await lake.keysOf(prefix)) await lake.store.delete(key);
    }
    // The file has one row a segment, of the run that is not before the other: it knows the other ids.
    const before = await compactedIds(lake);
    const erasure = await eraseInteractions(lake, [named], AT);
    expect(erasure.rows).toEqual(new Map([[named, gone.length]]));
    expect(await compactedIds(lake)).toEqual(before.filter((id) => !gone.includes(id)));
    expect((await readTombstones(lake.store))('seg-1')).toBe(true);
  });

  it('completes one that broke off', async () => {
    const lake = await world();
    const store = Object.create(lake.store, {
      write: {
        value: async (...args: Parameters<LakeWorld['store']['write']>) => {
          if (args[0] === keys.manifest('b-first')) throw new Error('killed');
          return lake.store.write(...args);
        },
      },
    }) as LakeWorld['store'];
    for (const name of ['open', 'readText', 'head', 'upload', 'delete', 'list'] as const) {
      Object.defineProperty(store, name, { value: lake.store[name].bind(lake.store) });
    }
    await expect(eraseInteractions({ ...lake, store }, [named], AT)).rejects.toThrow('killed');
    await eraseInteractions(lake, [named], '2026-11-24T12:00:00.000Z');
    expect((await lake.manifestOf('b-first')).rows).toBe(kept.filter((id) => id !== 'seg-4').length);
    expect((await verifyLake(lake, { nowMs: LATER })).problems).toEqual([]);
    const events = (await erasedEvents(lake)) as { rows: number }[];
    expect(events.map((event) => event.rows).reduce((sum, each) => sum + each, 0)).toBe(rows);
  });

  it('says so when a run under way has planned one of them', async () => {
    const lake = await openWorld();
    const batchesKey = keys.batches('open');
    const aliases = [{ interactionId: 'i-1', acdContactId: '41' }, {}];
    const batch = { batch: 0, interactionIds: ['seg-1', 'seg-9'], aliases };
    await lake.store.write(batchesKey, `${JSON.stringify(batch)}\n`);
    const run = { runId: 'open', source: 'window' as const, plannedAt: AT, batchesKey, batchCount: 1 };
    await enterOpenRun(lake.store, await readOpenRuns(lake.store), run);
    expect((await eraseInteractions(lake, [named], AT)).underWay).toEqual([named]);
  });
});
