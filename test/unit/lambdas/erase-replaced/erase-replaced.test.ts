import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { verifyLake } from '../../../../cli/lake/verification/verify-lake.ts';
import { eraseReplaced } from '../../../../lambdas/erase-replaced/erase-replaced.ts';
import { replacedByDay, replacedIn } from '../../../../lambdas/erase-replaced/find-replaced.ts';
import type { ErasableLake } from '../../../../lambdas/shared/erasure/affected-run.ts';
import { countReplaced, noteReplaced } from '../../../../lambdas/shared/runs/replaced-versions.ts';
import { keys } from '../../../../lambdas/shared/storage/layout.ts';
import type { BatchReceipt } from '../../../../lambdas/shared/storage/records.ts';
import { hashInteractionId } from '../../../../lambdas/shared/storage/tombstones.ts';
import { receiptOf } from '../../../builders/receipt.ts';
import { DAY, LATER, type LakeWorld, openWorld } from '../../../cli/lake/lake-world.ts';

const OTHER_DAY = '2026-11-20';
const AT = '2026-11-23T12:00:00.000Z';
const EARLY = '2026-11-21T12:00:00.000Z';
const LATE = '2026-11-22T12:00:00.000Z';
const partOf = (runId: string) => keys.transcripts('voice', DAY, runId, 0);

/** A run that has stored the segments at that time, on the days that all of them are looked for. */
async function stored(lake: LakeWorld, runId: string, ids: string[], change: Partial<BatchReceipt>) {
  await lake.recordRun(runId, ids);
  await lake.change(keys.receipt(runId, 0), (receipt) => ({ ...receipt, ...change }));
  for (const day of [DAY, OTHER_DAY]) {
    const note = { schemaVersion: 1, runId, firstBatch: 0, lastBatch: 0 };
    await lake.store.write(keys.batchesOfRunOnDay(day, runId), JSON.stringify(note));
  }
}

/** Two runs have stored `seg-1` with names, a third one without; of the others nobody has taken names out. */
async function world(days: Record<string, string> = { 'seg-1': DAY }): Promise<LakeWorld> {
  const lake = await openWorld();
  await stored(lake, 'first', ['seg-1', 'seg-2', 'seg-3'], { storedAt: EARLY });
  await stored(lake, 'second', ['seg-1'], { storedAt: EARLY });
  const ids = Object.keys(days);
  await stored(lake, 'third', [...ids, 'seg-4'], { storedAt: LATE, anonymised: ids, replaced: days });
  await noteReplaced(lake.store, 'third');
  return lake;
}

async function callOf(hasTime = () => true) {
  const scratch = await mkdtemp(join(tmpdir(), 'erase-replaced-'));
  onTestFinished(() => rm(scratch, { recursive: true, force: true }));
  return { at: AT, scratch, hasTime };
}

/** The same lake, in which a write of that object fails once. */
function breaking(lake: LakeWorld, key: string): ErasableLake {
  let isBroken = false;
  const store = new Proxy(lake.store, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      if (name !== 'write') return member.bind(target);
      return async (...args: Parameters<LakeWorld['store']['write']>) => {
        if (args[0] === key && !isBroken) {
          isBroken = true;
          throw new Error('killed');
        }
        return target.write(...args);
      };
    },
  });
  return { store, client: lake.client, bucket: lake.bucket };
}

async function expectErased(lake: LakeWorld) {
  expect(await lake.idsOf(partOf('first'))).toEqual(['seg-2', 'seg-3']);
  expect(await lake.idsOf(partOf('second'))).toBeUndefined();
  expect(await lake.idsOf(partOf('third'))).toEqual(['seg-1', 'seg-4']);
  for (const runId of ['first', 'second']) expect(await lake.oldVersions(partOf(runId))).toBe(0);
  expect((await lake.manifestOf('first')).erasures).toMatchObject([{ rows: 1 }]);
  expect((await verifyLake(lake, { nowMs: LATER })).problems).toEqual([]);
  expect(await countReplaced(lake.store)).toBe(0);
}

async function auditLines(lake: LakeWorld): Promise<unknown[]> {
  const texts = (await lake.keysOf('audit/erasures/')).map(async (key) => (await lake.store.readText(key))?.text ?? '');
  return (await Promise.all(texts)).flatMap((text) => text.split('\n').filter(Boolean)).map((line) => JSON.parse(line));
}

describe('what a transcript without names has taken the place of', () => {
  it('is erased from every run, with all old versions of it, and nothing else is', async () => {
    const lake = await world();
    expect(await eraseReplaced(lake, await callOf())).toEqual({ pending: 0 });
    await expectErased(lake);
    const interactionHash = hashInteractionId('seg-1');
    expect(await auditLines(lake)).toEqual([
      { at: LATE, action: 'version_erased', interactionHash, runs: ['first', 'second'] },
    ]);
  });

  it('is seen to however often it breaks off, and proved once', async () => {
    const lake = await world();
    for (const key of [keys.receipt('first', 0), keys.manifest('second'), keys.replacedBy('third')]) {
      await expect(eraseReplaced(breaking(lake, key), await callOf())).rejects.toThrow('killed');
    }
    await eraseReplaced(lake, await callOf());
    await expectErased(lake);
    // The run is recorded once more.
    await noteReplaced(lake.store, 'third');
    await eraseReplaced(lake, await callOf());
    await expectErased(lake);
    expect(await auditLines(lake)).toHaveLength(1);
  });

  it('takes as many calls as it needs, each of which gets further', async () => {
    const lake = await world({ 'seg-1': DAY, 'seg-2': OTHER_DAY });
    const never = await callOf(() => false);
    expect(await eraseReplaced(lake, never)).toEqual({ pending: 1 });
    expect(await eraseReplaced(lake, never)).toEqual({ pending: 0 });
    expect(await lake.idsOf(partOf('first'))).toEqual(['seg-3']);
  });

  it('is left to the next run where a record cannot be read, which is named; the rest is seen to', async () => {
    const lake = await world();
    await stored(lake, 'bad', ['seg-9'], { storedAt: LATE, anonymised: ['seg-9'], replaced: { 'seg-9': OTHER_DAY } });
    await noteReplaced(lake.store, 'bad');
    const damaged = keys.receipt('damaged', 0);
    const note = { schemaVersion: 1, runId: 'damaged', firstBatch: 0, lastBatch: 0 };
    await lake.store.write(keys.batchesOfRunOnDay(OTHER_DAY, 'damaged'), JSON.stringify(note));
    await lake.store.write(damaged, '{');
    const call = await callOf();
    await expect(eraseReplaced(lake, call)).rejects.toMatchObject({
      name: 'ContractViolation',
      message: expect.stringContaining(damaged),
    });
    expect(await lake.idsOf(partOf('first'))).toEqual(['seg-2', 'seg-3']);
    expect(await lake.keysOf(keys.replaced)).toEqual([keys.replacedBy('bad')]);
    await lake.store.delete(damaged);
    expect(await eraseReplaced(lake, call)).toEqual({ pending: 0 });
  });
});

describe('replacedIn', () => {
  const replaced = new Map([['seg-1', LATE]]);
  it.each([
    ['stored before', receiptOf('r', 0, ['seg-1', 'seg-2'], { storedAt: EARLY }), ['seg-1']],
    ['stored later', receiptOf('r', 0, ['seg-1'], { storedAt: AT }), []],
    ['stored without names', receiptOf('r', 0, ['seg-1'], { storedAt: EARLY, anonymised: ['seg-1'] }), []],
    [
      'not stored',
      receiptOf('r', 0, ['seg-1'], { storedAt: EARLY, unstored: [{ interactionId: 'seg-1', outcome: 'failed' }] }),
      [],
    ],
    ['others', receiptOf('r', 0, ['seg-2'], { storedAt: EARLY }), []],
  ])('%s', (_, receipt, ids) => {
    expect(replacedIn(receipt, replaced)).toEqual(ids);
  });
});

it('replacedByDay sorts by the day of the older rows', () => {
  const receipts = [
    receiptOf('r', 0, ['a', 'b'], { storedAt: EARLY, replaced: { a: DAY, b: OTHER_DAY } }),
    receiptOf('r', 1, ['c'], { storedAt: LATE, replaced: { c: DAY } }),
    receiptOf('r', 2, ['d']),
  ];
  expect(replacedByDay(receipts)).toEqual(
    new Map([
      [
        DAY,
        new Map([
          ['a', EARLY],
          ['c', LATE],
        ]),
      ],
      [OTHER_DAY, new Map([['b', EARLY]])],
    ]),
  );
});
