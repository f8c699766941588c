import { describe, expect, it } from 'vitest';
import { compactDay } from '../../../cli/lake/compaction/compact-day.ts';
import { deleteOrphans, whyNotToDelete } from '../../../cli/lake/verification/delete-orphans.ts';
import { type VerifyOptions, verifyLake } from '../../../cli/lake/verification/verify-lake.ts';
import { keys } from '../../../lambdas/shared/storage/layout.ts';
import { writeTombstone } from '../../../lambdas/shared/storage/tombstones.ts';
import { DAY, LATER, type LakeWorld, openWorld, STARTED_AT } from './lake-world.ts';

const verify = (world: LakeWorld, options: VerifyOptions = {}) => verifyLake(world, { nowMs: LATER, ...options });
const codes = (problems: readonly { code: string }[]) => [...new Set(problems.map(({ code }) => code))].sort();
const MANIFEST = 'runs/r1/manifest.json';

async function openRun(world: LakeWorld, runId: string): Promise<void> {
  const run = { runId, source: 'window', plannedAt: STARTED_AT, batchesKey: keys.batches(runId), batchCount: 1 };
  await world.store.write(keys.openRuns, JSON.stringify({ schemaVersion: 1, revision: 1, runs: [run] }));
}

/** What orphans would be deleted, by the records as they are. */
async function deletable(world: LakeWorld): Promise<string[]> {
  const { problems } = await verify(world);
  if (whyNotToDelete(problems).length > 0) return [];
  return problems.filter(({ code }) => code === 'orphan').map(({ key }) => key);
}

describe('verify, where a record cannot be gone by', () => {
  const damages: [string, string, (record: Record<string, unknown>) => unknown, string][] = [
    ['a manifest that is no JSON', MANIFEST, () => '{"schemaVersion":', 'manifest'],
    ['a manifest of a newer pipeline', MANIFEST, (record) => ({ ...record, schemaVersion: 2 }), 'manifest'],
    ['a manifest of no known form', MANIFEST, ({ parts: _, ...record }) => record, 'manifest'],
    ['a manifest that contradicts itself', MANIFEST, (record) => ({ ...record, planned: 7, parts: [] }), 'counts'],
    ['a list of open runs that is no JSON', keys.openRuns, () => 'x', 'record'],
    ['a newer list of open runs', keys.openRuns, () => ({ schemaVersion: 2 }), 'record'],
  ];
  it.each(damages)('%s: names it, and lets nothing be deleted', async (_, key, change, code) => {
    const world = await openWorld();
    await world.recordRun('r1', ['int-1', 'int-2']);
    await world.store.write(keys.transcripts('voice', DAY, 'nobody', 0), 'an orphan');
    expect(await deletable(world)).toEqual([keys.transcripts('voice', DAY, 'nobody', 0)]);
    await world.change(key, change);
    const { problems } = await verify(world);
    expect(problems).toContainEqual(expect.objectContaining({ code, key }));
    expect(problems.filter(({ code: each, key: of }) => each === 'orphan' && of.includes('/r1-'))).toEqual(
      key === MANIFEST && code === 'counts' ? [expect.anything()] : [],
    );
    expect(await deletable(world)).toEqual([]);
  });

  it('names a record of compact, and checks the other days', async () => {
    const world = await openWorld();
    await world.recordRun('r1', ['int-1']);
    await compactDay(world, DAY, STARTED_AT);
    await world.change(keys.compaction(DAY), (record) => ({ ...record, schemaVersion: 2 }));
    const { problems } = await verify(world);
    expect(problems).toEqual([expect.objectContaining({ code: 'record', key: keys.compaction(DAY) })]);
    expect(problems[0]?.detail).toContain('schemaVersion 2');
  });
});

describe('orphans', () => {
  it('are parts of the past that no record can list any more, and nothing else', async () => {
    const world = await openWorld();
    await world.recordRun('r1', ['int-1']);
    await world.storeBatch('unrecorded', 0, ['int-2']);
    await world.store.write(keys.plan('planned'), '{}', { absent: true });
    const put = async (key: string) => {
      await world.store.write(key, 'x');
      return key;
    };
    const ofNobody = await put(keys.transcripts('voice', DAY, 'nobody', 0));
    const unlisted = await put(keys.transcripts('chat', DAY, 'r1', 5));
    const kept = [
      await put(keys.transcripts('voice', DAY, 'planned', 0)),
      await put(keys.transcripts('voice', DAY, 'under-way', 0)),
    ];
    const foreign = await put('transcripts/notes/read me.txt');
    await openRun(world, 'under-way');

    const result = await verify(world);
    expect(result.problems.map(({ code, key }) => [code, key]).sort()).toEqual(
      [
        ['foreign', foreign],
        ['orphan', ofNobody],
        ['orphan', unlisted],
      ].sort(),
    );
    expect(result).toMatchObject({ openRuns: ['under-way'], kept: kept.length + 1 });
    expect((await verify(world, { nowMs: Date.now() })).problems.map(({ code }) => code)).toEqual(['foreign']);
  });

  it('are looked at once more before they are deleted', async () => {
    const world = await openWorld();
    const manifest = await world.recordRun('r1', ['int-1']);
    const orphans = ['recorded-since', 'opened-since', 'planned-since', 'nobody'].map((runId) =>
      keys.transcripts('voice', DAY, runId, 0),
    );
    for (const key of orphans) await world.store.write(key, 'x');
    expect(await deletable(world)).toEqual(expect.arrayContaining(orphans));
    const part = { ...manifest.parts[0], key: orphans[0] };
    const since = { ...manifest, runId: 'recorded-since', parts: [part] };
    await world.store.write(keys.manifest('recorded-since'), JSON.stringify(since));
    await world.store.write(keys.input('planned-since'), '{}');
    await openRun(world, 'opened-since');
    expect(await deleteOrphans(world, [...orphans, 'transcripts/foreign'], LATER)).toEqual({ deleted: 1, left: 4 });
    const listed = manifest.parts.map(({ key }) => key);
    expect(await world.keysOf('transcripts/')).toEqual([...listed, ...orphans.slice(0, 3)].sort());
  });

  it('are not deleted once a record cannot be read', async () => {
    const world = await openWorld();
    const orphan = keys.transcripts('voice', DAY, 'nobody', 0);
    await world.store.write(orphan, 'x');
    await world.store.write(keys.manifest('nobody'), JSON.stringify({ schemaVersion: 2 }));
    const outcome = await deleteOrphans(world, [orphan], LATER);
    expect(outcome).toMatchObject({ deleted: 0, left: 1, stoppedBy: { key: keys.manifest('nobody') } });
    expect(await world.keysOf('transcripts/')).toEqual([orphan]);
  });
});

describe('verify', () => {
  it('sees rows of erased interactions, in parts and in compacted files', async () => {
    const world = await openWorld();
    const [part] = (await world.recordRun('r1', ['int-1', 'int-2'])).parts;
    const { compaction } = await compactDay(world, DAY, STARTED_AT);
    expect((await verify(world)).problems).toEqual([]);
    await writeTombstone(world.store, 'int-2', STARTED_AT);
    expect((await verify(world)).problems).toEqual([
      { code: 'erased', key: part?.key, detail: expect.stringContaining('1 rows') },
      { code: 'erased', key: compaction.files[0]?.key, detail: '1 erased interactions' },
    ]);
  });

  const tamperings: [string, (world: LakeWorld, key: string) => Promise<unknown>, string[]][] = [
    ['is gone', ({ store }, key) => store.delete(key), ['missing']],
    ['is another one', ({ store }, key) => store.write(key, 'PAR1'), ['checksum']],
    [
      'has other rows than its record says',
      (world) =>
        world.change(keys.compaction(DAY), (record) => ({
          ...record,
          files: (record.files as object[]).map((file) => ({ ...file, rows: 5 })),
        })),
      ['rows'],
    ],
    ['is in no record', ({ store }) => store.delete(keys.compaction(DAY)), ['unlisted']],
  ];
  it.each(tamperings)('sees that a compacted file %s', async (_, tamper, expected) => {
    const world = await openWorld();
    await world.recordRun('r1', ['int-1', 'int-2']);
    const { compaction } = await compactDay(world, DAY, STARTED_AT);
    await tamper(world, compaction.files[0]?.key ?? '');
    expect(codes((await verify(world)).problems)).toEqual(expected);
  });

  it('tells what has expired from what is lost', async () => {
    const world = await openWorld();
    const manifest = await world.recordRun('r1', ['int-1'], ['int-2']);
    const { compaction } = await compactDay(world, DAY, STARTED_AT);
    const gone = [...manifest.parts, ...manifest.audit, ...compaction.files].map(({ key }) => key);
    for (const key of gone) await world.store.delete(key);
    const expiry = ['transcripts/', 'audit/', 'compacted/'].map((prefix) => ({ prefix, days: 30 }));
    const daysOn = (days: number) => Date.parse(STARTED_AT) + days * 86_400_000;
    expect((await verify(world, { expiry, nowMs: daysOn(30) })).problems).toEqual([]);
    expect(await verify(world, { expiry, nowMs: daysOn(30) })).toMatchObject({ expired: gone.length });
    const lost = (await verify(world, { expiry, nowMs: daysOn(29) })).problems;
    expect(lost.map(({ code, key }) => [code, key]).sort()).toEqual(gone.map((key) => ['missing', key]).sort());
    expect((await verify(world)).problems).toHaveLength(gone.length);
  });
});
