import { GetBucketLifecycleConfigurationCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { compactDay } from '../../../cli/lake/compaction/compact-day.ts';
import { eraseInteractions } from '../../../cli/lake/erasure/erase-interactions.ts';
import type { Lake } from '../../../cli/lake/open-lake.ts';
import { verifyLake } from '../../../cli/lake/verification/verify-lake.ts';
import { MEDIA_TYPES } from '../../../lambdas/shared/contracts/job-options.ts';
import { keys } from '../../../lambdas/shared/storage/layout.ts';
import type { ObjectStore } from '../../../lambdas/shared/storage/object-store.ts';
import { BatchReceipt } from '../../../lambdas/shared/storage/records.ts';
import { DAY, LATER, type LakeWorld, openWorld, STARTED_AT } from './lake-world.ts';

const AT = '2026-11-23T12:00:00.000Z';
const partOf = (runId: string, batch = 0) => keys.transcripts('voice', DAY, runId, batch);
const problemsOf = async (world: LakeWorld) => (await verifyLake(world, { nowMs: LATER })).problems;

/** The same lake, in which something happens before a call of that kind on that key; each time, or once. */
function interrupting(
  lake: Lake,
  operation: keyof ObjectStore,
  key: string,
  happen: () => Promise<unknown>,
  times = 1,
): Lake {
  let left = times;
  const store = new Proxy(lake.store, {
    get: (target, name) => {
      const member = Reflect.get(target, name) as unknown;
      if (typeof member !== 'function') return member;
      return async (...args: unknown[]) => {
        if (name === operation && args[0] === key && left > 0) {
          left -= 1;
          await happen();
        }
        return (member as (...all: unknown[]) => unknown).apply(target, args);
      };
    },
  });
  // Lists are generators: they are taken as they are.
  return {
    ...lake,
    store: new Proxy(store, {
      get: (target, name) => (name === 'list' ? lake.store.list.bind(lake.store) : Reflect.get(target, name)),
    }),
  };
}

describe('an erasure that meets what it cannot read', () => {
  const damages: [string, string, (world: LakeWorld) => Promise<unknown>][] = [
    ['a newer receipt', keys.receipt('bad', 1), (world) => world.change(keys.receipt('bad', 1), newer)],
    ['a receipt that is no JSON', keys.receipt('bad', 0), ({ store }) => store.write(keys.receipt('bad', 0), '{')],
    ['a newer manifest', keys.manifest('bad'), (world) => world.change(keys.manifest('bad'), newer)],
    ['a part that is no gzip', partOf('bad'), ({ store }) => store.write(partOf('bad'), 'nonsense')],
    ['a part that somebody has put there', partOf('bad'), (world) => copyPart(world, partOf('good'), partOf('bad'))],
  ];
  it.each(damages)('%s: leaves that run alone and names it, and erases from the others', async (_, key, damage) => {
    const world = await openWorld();
    await world.recordRun('bad', ['int-1', 'int-2'], ['int-3']);
    await world.recordRun('good', ['int-1', 'int-4']);
    await damage(world);
    const untouched = (await world.keysOf('')).filter((each) => each.includes('bad'));
    const etags = async () => Promise.all(untouched.map(async (each) => (await world.store.head(each))?.etag));
    const earlier = await etags();

    const erasure = await eraseInteractions(world, ['int-1'], AT);
    expect(erasure.leftAlone).toEqual([{ key, reason: expect.stringMatching(/\w/) }]);
    expect(erasure).toMatchObject({ runs: ['good'], rows: new Map([['int-1', 1]]) });
    expect(await world.idsOf(partOf('good'))).toEqual(['int-4']);
    expect(await etags()).toEqual(earlier);
  });

  it.each([
    [
      'a newer record of compact',
      (world: LakeWorld) => world.change(keys.compaction(DAY), newer),
      keys.compaction(DAY),
    ],
    [
      'a newer list of open runs',
      ({ store }: LakeWorld) => store.write(keys.openRuns, '{"schemaVersion":2}'),
      keys.openRuns,
    ],
  ])('%s is named, and stays as it is', async (_, damage, key) => {
    const world = await openWorld();
    await world.recordRun('good', ['int-1', 'int-4']);
    await compactDay(world, DAY, STARTED_AT);
    await damage(world);
    const earlier = await world.store.readText(key);
    const erasure = await eraseInteractions(world, ['int-1'], AT);
    expect(erasure.leftAlone.map((each) => each.key)).toEqual([key]);
    expect(await world.store.readText(key)).toEqual(earlier);
    expect(await world.idsOf(partOf('good'))).toEqual(['int-4']);
  });

  it('is not kept from its work by a tombstone that cannot be read', async () => {
    const world = await openWorld();
    await world.recordRun('r1', ['int-1', 'int-2']);
    await eraseInteractions(world, ['int-1'], AT);
    const [tombstone = ''] = await world.keysOf(keys.tombstones);
    await world.store.write(tombstone, 'x');
    expect((await eraseInteractions(world, ['int-1'], AT)).leftAlone).toEqual([]);
  });

  it('keeps the fields that it does not know', async () => {
    const world = await openWorld();
    await world.recordRun('r1', ['int-1', 'int-2']);
    const add = (record: Record<string, unknown>) => ({
      ...record,
      later: { a: 1 },
      parts: (record.parts as object[]).map((part) => ({ ...part, later: 2 })),
    });
    for (const key of [keys.manifest('r1'), keys.receipt('r1', 0)]) await world.change(key, add);
    await eraseInteractions(world, ['int-1'], AT);
    for (const key of [keys.manifest('r1'), keys.receipt('r1', 0)]) {
      const record = JSON.parse((await world.store.readText(key))?.text ?? '');
      expect(record).toMatchObject({ later: { a: 1 }, parts: [{ later: 2, rows: 1 }] });
    }
    expect(await problemsOf(world)).toEqual([]);
  });

  it('does not take a part that is gone for one that it has emptied', async () => {
    const world = await openWorld();
    await world.recordRun('r1', ['int-1', 'int-2'], ['int-1', 'int-3']);
    await world.store.delete(partOf('r1', 1));
    await eraseInteractions(world, ['int-1'], AT);
    const { parts, rows, erasures } = await world.manifestOf('r1');
    expect(parts.map(({ key }) => key)).toEqual([partOf('r1'), partOf('r1', 1)]);
    expect({ rows, erasures }).toEqual({ rows: 3, erasures: [{ at: AT, rows: 1 }] });
    expect(await problemsOf(world)).toEqual([{ code: 'missing', key: partOf('r1', 1), detail: 'part' }]);
  });
});

describe('an erasure beside others', () => {
  it('does not undo a receipt or a manifest that was written meanwhile', async () => {
    const world = await openWorld();
    await world.recordRun('r1', ['int-1', 'int-2']);
    const [receiptKey, manifestKey] = [keys.receipt('r1', 0), keys.manifest('r1')];
    const meanwhile = interrupting(world, 'write', receiptKey, () =>
      world.change(receiptKey, (each) => ({ ...each, polls: 99 })),
    );
    const also = interrupting(meanwhile, 'write', manifestKey, () =>
      world.change(manifestKey, (each) => ({ ...each, delivery: { delivered: 2, parked: 0, pending: 0 } })),
    );
    await eraseInteractions(also, ['int-1'], AT);
    const receipt = BatchReceipt.parse(JSON.parse((await world.store.readText(receiptKey))?.text ?? ''));
    expect(receipt).toMatchObject({ polls: 99, parts: [{ rows: 1 }] });
    expect(await world.manifestOf('r1')).toMatchObject({
      delivery: { delivered: 2 },
      rows: 1,
      erasures: [{ rows: 1 }],
    });
    expect(await problemsOf(world)).toEqual([]);
  });

  it('does not bring back a part that was deleted meanwhile', async () => {
    const world = await openWorld();
    await world.recordRun('r1', ['int-1', 'int-2']);
    const deleted = interrupting(world, 'upload', partOf('r1'), () => world.store.delete(partOf('r1')));
    await eraseInteractions(deleted, ['int-1'], AT);
    expect(await problemsOf(world)).toEqual([{ code: 'missing', key: partOf('r1'), detail: 'part' }]);
  });

  it('reads a part again that was changed meanwhile', async () => {
    const world = await openWorld();
    await world.recordRun('r1', ['int-1', 'int-2', 'int-3']);
    const other = interrupting(world, 'upload', partOf('r1'), () => eraseInteractions(world, ['int-2'], AT));
    await eraseInteractions(other, ['int-1'], AT);
    expect(await world.idsOf(partOf('r1'))).toEqual(['int-3']);
    expect(await problemsOf(world)).toEqual([]);
  });

  it.each([
    ['upload', keys.compacted('voice', DAY), true],
    ['write', keys.compaction(DAY), true],
    ['upload', keys.compacted('voice', DAY), false],
    ['write', keys.compaction(DAY), false],
  ] as const)(
    'is not undone before the %s %s of a compaction that has read the rows',
    async (operation, key, again) => {
      const world = await openWorld();
      await world.recordRun('r1', ['int-1', 'int-2']);
      if (again) await compactDay(world, DAY, STARTED_AT);
      await world.recordRun('r2', ['int-1', 'int-3']);
      const slow = interrupting(world, operation, key, () => eraseInteractions(world, ['int-1'], AT));
      const { compaction, isNew } = await compactDay(slow, DAY, '2026-11-23T13:00:00.000Z');
      expect(compaction).toEqual(JSON.parse((await world.store.readText(keys.compaction(DAY)))?.text ?? ''));
      // An erasure compacts again what is compacted; what is about to be is left to whoever does it.
      expect(isNew).toBe(operation === 'upload' && !again);
      expect(await problemsOf(world)).toEqual([]);
      expect(await world.oldVersions(keys.compacted('voice', DAY))).toBe(0);
    },
  );
});

describe('an erasure that broke off', () => {
  /** Every write of an erasure, in order. */
  const moments: [string, keyof ObjectStore, string][] = [
    ['before the compacted day was marked', 'write', keys.compaction(DAY)],
    ['before a part', 'upload', partOf('r1')],
    ['before the part of which nothing is left', 'upload', partOf('r1', 1)],
    ['before a receipt', 'write', keys.receipt('r1', 0)],
    ['between receipts', 'write', keys.receipt('r1', 1)],
    ['before the manifest', 'write', keys.manifest('r1')],
    ['before the empty part was deleted', 'delete', partOf('r1', 1)],
    ['before the day was compacted', 'upload', keys.compacted('voice', DAY)],
  ];
  it.each(moments)('%s is completed by doing it again', async (_, operation, key) => {
    const world = await openWorld();
    await world.recordRun('r1', ['int-1', 'int-2'], ['int-1']);
    await world.recordRun('r2', ['int-3']);
    await compactDay(world, DAY, STARTED_AT);
    const dying = interrupting(world, operation, key, () => Promise.reject(new Error('killed')), 9);
    await expect(eraseInteractions(dying, ['int-1'], AT)).rejects.toThrow('killed');
    await eraseInteractions(world, ['int-1'], '2026-11-24T12:00:00.000Z');

    const orphans = operation === 'delete' ? ['orphan'] : [];
    expect((await problemsOf(world)).map(({ code }) => code)).toEqual(orphans);
    expect((await world.manifestOf('r1')).erasures.reduce((sum, { rows }) => sum + rows, 0)).toBe(2);
    expect(await world.idsOf(partOf('r1'))).toEqual(['int-2']);
    expect((await world.idsOf(partOf('r1', 1))) ?? []).toEqual([]);
    for (const each of [partOf('r1'), keys.compacted('voice', DAY)]) expect(await world.oldVersions(each)).toBe(0);
  });
});

describe('what erasure and compaction rewrite', () => {
  it('says which day it belongs to', async () => {
    const world = await openWorld();
    await world.recordRun('r1', ['int-1', 'int-2']);
    await compactDay(world, DAY, AT);
    await eraseInteractions(world, ['int-1'], AT);
    const dayOf = async (key: string) => (await world.store.head(key))?.metadata.day;
    for (const key of [partOf('r1'), keys.compacted('voice', DAY), keys.compaction(DAY)])
      expect(await dayOf(key)).toBe(DAY);
    for (const key of [keys.manifest('r1'), keys.receipt('r1', 0)])
      expect(await dayOf(key)).toBe(STARTED_AT.slice(0, 10));
  });
});

describe('compact', () => {
  const damages: [string, (world: LakeWorld) => Promise<unknown>, string][] = [
    ['a manifest that cannot be read', (world) => world.change(keys.manifest('r2'), newer), keys.manifest('r2')],
    ['a record of its own that is newer', (world) => world.change(keys.compaction(DAY), newer), keys.compaction(DAY)],
    ['a part that is gone', ({ store }) => store.delete(partOf('r2')), partOf('r2')],
    ['a part that is another one', (world) => copyPart(world, partOf('r1'), partOf('r2')), partOf('r2')],
  ];
  it.each(damages)('refuses %s, names it and leaves what is there', async (_, damage, key) => {
    const world = await openWorld();
    await world.recordRun('r1', ['int-1']);
    await compactDay(world, DAY, STARTED_AT);
    await world.recordRun('r2', ['int-2']);
    await damage(world);
    const facts = async () => (await world.store.head(keys.compacted('voice', DAY)))?.etag;
    const earlier = await facts();
    await expect(compactDay(world, DAY, AT)).rejects.toThrow(`${key}: `);
    expect(await facts()).toBe(earlier);
  });

  it('passes over parts that the rules of the bucket may have deleted, and over no others', async () => {
    const world = await openWorld();
    await world.recordRun('r1', ['int-1', 'int-2']);
    await world.recordRun('r2', ['int-3']);
    await world.store.delete(partOf('r2'));
    const keptFor = (days: number) => {
      const Rules = [{ Status: 'Enabled', Filter: { Prefix: 'transcripts/' }, Expiration: { Days: days } }];
      const send = async (command: Parameters<typeof world.client.send>[0]) =>
        command instanceof GetBucketLifecycleConfigurationCommand ? { Rules } : world.client.send(command);
      return { ...world, client: Object.assign(Object.create(world.client), { send }) };
    };
    await expect(compactDay(keptFor(36_500), DAY, AT)).rejects.toThrow('is not there');
    const { compaction } = await compactDay(keptFor(1), DAY, AT);
    expect(compaction).toMatchObject({ parts: 2, rows: 2, repeated: 0, files: [{ rows: 2 }] });
  });

  it('leaves no old version of a file that it has replaced or deleted', async () => {
    const world = await openWorld();
    await world.recordRun('r1', ['int-1']);
    await compactDay(world, DAY, STARTED_AT);
    await world.recordRun('r2', ['int-2']);
    await compactDay(world, DAY, AT);
    await world.store.delete(keys.manifest('r1'));
    await world.store.delete(keys.manifest('r2'));
    const { compaction } = await compactDay(world, DAY, AT);
    expect(compaction.files).toEqual([]);
    for (const mediaType of MEDIA_TYPES) expect(await world.oldVersions(keys.compacted(mediaType, DAY))).toBe(0);
  });
});

const newer = (record: Record<string, unknown>) => ({ ...record, schemaVersion: 2 });

async function copyPart({ store }: LakeWorld, from: string, to: string): Promise<void> {
  const found = await store.open(from);
  const body = Buffer.concat(await Array.fromAsync((found?.body ?? []) as AsyncIterable<Buffer>));
  await store.write(to, body);
}
