import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { PipelineError } from '../../../../lambdas/shared/contracts/errors.ts';
import { keys } from '../../../../lambdas/shared/storage/layout.ts';
import { outcomeCounts } from '../../../../lambdas/shared/storage/records.ts';
import type { Artifact } from '../../../../lambdas/shared/vendor/transcript-source.ts';
import type { Objects } from '../../../year/memory-store.ts';
import { type Answer, callOf, drive, idsOf, lakeOf, next, segment, sourceOf } from './passes-world.ts';
import { taskOf } from './store-world.ts';

const IDS = idsOf(10);
const BATCH = { batch: 0, interactionIds: IDS, days: { first: '2026-11-20', last: '2026-11-21' } };

/** Whatever happened: each interaction once, in the lake, the receipt and the audit; and no part that is not listed. */
function expectEachOnce(objects: Objects, ids: readonly string[] = IDS) {
  const { rows, receipt, audit, partKeys } = lakeOf(objects);
  expect(rows.map(({ interactionId }) => interactionId).sort()).toEqual([...ids].sort());
  expect(receipt.counts).toEqual(outcomeCounts({ stored: ids.length }));
  expect(receipt.parts.map(({ key }) => key).sort()).toEqual(partKeys);
  expect(receipt.parts.reduce((sum, part) => sum + part.rows, 0)).toBe(ids.length);
  expect(audit.map(({ interactionId }) => interactionId).sort()).toEqual([...ids].sort());
  expect(Object.keys(receipt.versions ?? {}).sort()).toEqual([...ids].sort());
}

describe('a batch of a source that fetches one by one', () => {
  it('is stored at once where all of it comes', async () => {
    const objects: Objects = new Map();
    const { receipt, answers } = await drive({ objects }, callOf(BATCH, sourceOf([next()]).source));
    expect(answers).toEqual([]);
    expect(receipt.passes).toBeUndefined();
    expect([...objects.keys()].filter((key) => key.includes('/passes/'))).toEqual([]);
    expectEachOnce(objects);
  });

  it('is stored in passes, each of which asks for the rest', async () => {
    const objects: Objects = new Map();
    const { source, opened } = sourceOf([next(4), next(4), next(4)]);
    const { receipt, answers } = await drive({ objects }, callOf(BATCH, source));
    expect(answers).toMatchObject([
      { again: true, waitSeconds: 5, pass: 2 },
      { again: true, waitSeconds: 5, pass: 3 },
    ]);
    expect(opened.map((wanted) => wanted.length)).toEqual([10, 6, 2]);
    expect(receipt.passes).toBe(3);
    expect(receipt.parts.map(({ key }) => /-000000(p\d)?[.]/.exec(key)?.[1] ?? 'p1')).toEqual(
      expect.arrayContaining(['p1', 'p2', 'p3']),
    );
    expectEachOnce(objects);
  });

  it('says when each became available, where the plan knows', async () => {
    const { source, opened } = sourceOf([next()]);
    const batch = { ...BATCH, availableMs: IDS.map((_, index) => 1_000 * index) };
    await drive({ objects: new Map() }, callOf(batch, source));
    expect(opened[0]?.slice(0, 2)).toEqual([
      { interactionId: 'seg-0' },
      { interactionId: 'seg-1', availableMs: 1_000 },
    ]);
  });

  it('ends a pass when its time is short', async () => {
    const objects: Objects = new Map();
    let remaining = 900_000;
    const remainingMs = () => {
      remaining = remaining > 0 ? remaining - 100_000 : 900_000;
      return remaining;
    };
    const task = { ...taskOf(), remainingMs };
    const { answers } = await drive({ objects }, callOf(BATCH, sourceOf([next()]).source, undefined, task));
    expect(answers[0]).toMatchObject({ waitSeconds: 1, pass: 2 });
    expectEachOnce(objects);
  });

  it('keeps what came before the source asked to wait', async () => {
    const objects: Objects = new Map();
    const throttled = new PipelineError('VendorThrottled', 'not now', { retryAfterSeconds: 77 });
    const broken: Answer = { ...next(3), error: throttled };
    const { answers } = await drive({ objects }, callOf(BATCH, sourceOf([broken, next()]).source));
    expect(answers).toMatchObject([{ waitSeconds: 77, pass: 2 }]);
    expectEachOnce(objects);
  });

  it('counts what has no words or no transcript, and stores no row of it', async () => {
    const objects: Objects = new Map();
    const answer: Answer = {
      give: (wanted) =>
        wanted.map(({ interactionId }): Artifact => {
          if (interactionId === 'seg-1') return { ok: false, interactionId, outcome: 'empty' };
          if (interactionId === 'seg-2') return { ok: false, interactionId, outcome: 'missing' };
          return segment(interactionId);
        }),
    };
    const { receipt } = await drive({ objects }, callOf(BATCH, sourceOf([answer]).source));
    expect(receipt.counts).toEqual(outcomeCounts({ stored: 8, empty: 1, missing: 1 }));
    expect(lakeOf(objects).rows).toHaveLength(8);
    expect(lakeOf(objects).audit.map(({ outcome }) => outcome)).toContain('empty');
  });

  it('names the other ids of what is not stored as well, whatever kept it', async () => {
    const objects: Objects = new Map();
    const aliases = { interactionId: 'int-1', acdContactId: '4711' };
    const kept: Record<string, Artifact> = {
      'seg-0': segment('seg-0', { aliases }),
      'seg-1': { ok: false, interactionId: 'seg-1', outcome: 'empty', aliases },
      'seg-2': { ok: false, interactionId: 'seg-2', outcome: 'missing', aliases },
      'seg-3': { ok: false, interactionId: 'seg-3', aliases },
      'seg-4': segment('seg-4', { aliases, transcriptJson: 'no JSON' }),
    };
    const answer: Answer = {
      give: (wanted) => wanted.map(({ interactionId }) => kept[interactionId] ?? segment(interactionId)),
    };
    const { receipt } = await drive({ objects }, callOf(BATCH, sourceOf([answer]).source));
    expect(receipt.counts).toEqual(outcomeCounts({ stored: 6, empty: 1, missing: 1, failed: 1, quarantined: 1 }));
    expect(receipt.aliases).toEqual(Object.fromEntries(Object.keys(kept).map((id) => [id, ['int-1', '4711']])));
  });

  it('leaves out what was erased, by whichever of its ids', async () => {
    const objects: Objects = new Map();
    const answer: Answer = {
      give: (wanted) => wanted.map(({ interactionId: id }) => segment(id, { aliases: { acdContactId: `acd-${id}` } })),
    };
    const { hashInteractionId } = await import('../../../../lambdas/shared/storage/tombstones.ts');
    for (const id of ['seg-0', 'acd-seg-5']) {
      const body = Buffer.from('{}');
      objects.set(keys.tombstone(hashInteractionId(id)), { body, etag: 'e', modifiedMs: 0, metadata: {} });
    }
    const { receipt } = await drive({ objects }, callOf(BATCH, sourceOf([answer]).source));
    expect(receipt.unstored).toEqual(
      ['seg-0', 'seg-5'].map((interactionId) => ({ interactionId, outcome: 'missing', error: 'Erased' })),
    );
    expect(receipt.aliases?.['seg-1']).toEqual(['acd-seg-1']);
    expect(lakeOf(objects).rows).toHaveLength(8);
  });

  it('knows other ids that only the plan says', async () => {
    const objects: Objects = new Map();
    const aliases = IDS.map((id) => ({ interactionId: `i-${id}`, acdContactId: `acd-${id}` }));
    const { hashInteractionId } = await import('../../../../lambdas/shared/storage/tombstones.ts');
    for (const id of ['i-seg-2', 'acd-seg-5']) {
      const body = Buffer.from('{}');
      objects.set(keys.tombstone(hashInteractionId(id)), { body, etag: 'e', modifiedMs: 0, metadata: {} });
    }
    const { source, opened } = sourceOf([next()]);
    const { receipt } = await drive({ objects }, callOf({ ...BATCH, aliases }, source));
    // They are not even asked for.
    expect(opened[0]?.map(({ interactionId }) => interactionId)).not.toContain('seg-2');
    expect(receipt.unstored.map(({ interactionId }) => interactionId)).toEqual(['seg-2', 'seg-5']);
    expect(receipt.aliases?.['seg-1']).toEqual(['i-seg-1', 'acd-seg-1']);
    const row = lakeOf(objects).rows.find(({ interactionId }) => interactionId === 'seg-1');
    expect(row?.interaction).toEqual({ interactionId: 'i-seg-1', acdContactId: 'acd-seg-1' });
  });
});

describe('the deadline', () => {
  const HOUR_MS = 3_600_000;

  it('starts anew with each pass that gets on; at its end the rest is failed, and asked for by a later run', async () => {
    const clock = vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-22T10:00:00Z') });
    onTestFinished(() => void clock.useRealTimers());
    const objects: Objects = new Map();
    const nothing: Answer = {
      give: () => {
        clock.setSystemTime(Date.now() + HOUR_MS);
        return [];
      },
      rest: { waitSeconds: 600 },
    };
    const { source } = sourceOf([nothing, next(4), nothing, nothing]);
    const { receipt, answers } = await drive({ objects }, callOf(BATCH, source));
    expect(answers.map(({ pass, deadlineAt }) => [pass, deadlineAt])).toEqual([
      [undefined, '2026-11-22T13:00:00.000Z'],
      [2, '2026-11-22T13:00:00.000Z'],
      [2, '2026-11-22T13:00:00.000Z'],
    ]);
    expect(receipt.counts).toEqual(outcomeCounts({ stored: 4, failed: 6 }));
    expect(receipt.unstored).toContainEqual({ interactionId: 'seg-9', outcome: 'failed', error: 'VendorThrottled' });
  });

  it('fails a batch of which nothing ever came', async () => {
    const nothing: Answer = { give: () => [], rest: { waitSeconds: 600 } };
    const stored = { again: true as const, waitSeconds: 1, deadlineAt: '2026-01-01T00:00:00.000Z' };
    const objects: Objects = new Map();
    await expect(drive({ objects }, callOf(BATCH, sourceOf([nothing]).source, stored))).rejects.toMatchObject({
      name: 'VendorThrottled',
    });
    expect(objects.size).toBe(0);
  });
});

/** Gives some of what is wanted, other ones with each call, as a vendor does that throttles. */
function scattered(seed: number): Answer {
  let calls = seed;
  return {
    give: (wanted) => {
      calls += 1;
      const chosen = wanted.filter((_, index) => (index * 7 + calls * 3) % 5 < 2);
      return (chosen.length > 0 ? chosen : wanted).map(({ interactionId }) => segment(interactionId));
    },
    rest: { waitSeconds: 5 },
  };
}

async function countOperations(): Promise<number> {
  const operations: string[] = [];
  await drive(
    { objects: new Map(), interrupt: (_moment, _operation, key) => void operations.push(key) },
    callOf(BATCH, sourceOf([scattered(0)]).source),
  );
  return operations.length;
}

describe('a call that is killed', () => {
  it('leaves nothing twice, wherever it is', async () => {
    const operations = await countOperations();
    expect(operations).toBeGreaterThan(50);
    for (let killed = 1; killed <= operations; killed += 1) {
      const objects: Objects = new Map();
      let count = 0;
      const interrupt = () => {
        count += 1;
        if (count === killed) throw new Error('killed');
      };
      const { errors } = await drive({ objects, interrupt }, callOf(BATCH, sourceOf([scattered(killed)]).source));
      expect(errors.length).toBeLessThan(2);
      expectEachOnce(objects);
    }
  });
});

describe('a late call', () => {
  it('changes nothing that another one has done meanwhile', async () => {
    const operations = await countOperations();
    for (let overtaken = 1; overtaken <= operations; overtaken += 1) {
      const objects: Objects = new Map();
      let count = 0;
      const interrupt = async () => {
        count += 1;
        // Here the state machine gave it up, and began the pass again.
        if (count === overtaken) await drive({ objects }, callOf(BATCH, sourceOf([scattered(overtaken)]).source));
      };
      await drive({ objects, interrupt }, callOf(BATCH, sourceOf([scattered(overtaken + 1)]).source));
      expectEachOnce(objects);
    }
  });

  it('of an earlier pass answers what that pass answered', async () => {
    const objects: Objects = new Map();
    const { source, opened } = sourceOf([next(4), next(4), next(4)]);
    const { answers } = await drive({ objects }, callOf(BATCH, source));
    objects.delete(keys.receipt('run-1', 0));
    const before = new Map(objects);
    const late = await drive({ objects }, callOf(BATCH, source));
    expect(late.answers).toEqual([]);
    expect(opened).toHaveLength(3);
    for (const [key, { etag }] of before) expect(objects.get(key)?.etag).toBe(etag);
    expect(answers).toHaveLength(2);
    expectEachOnce(objects);
  });
});
