import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchSizeFor, groupIntoBatches } from '../../../../lambdas/plan-extraction/group-into-batches.ts';

const candidates = fc.array(fc.record({ interactionId: fc.string(), attempts: fc.integer({ min: 0, max: 3 }) }));

describe('groupIntoBatches', () => {
  it('numbers batches from 0, keeps order and loses nothing', async () => {
    await fc.assert(
      fc.asyncProperty(candidates, fc.integer({ min: 1, max: 70 }), async (list, size) => {
        const sorted = list.toSorted((a, b) => a.attempts - b.attempts);
        const batches = await Array.fromAsync(groupIntoBatches(sorted, size));
        expect(batches.map(({ batch }) => batch)).toEqual(batches.map((_, index) => index));
        expect(batches.flatMap(({ interactionIds }) => interactionIds)).toEqual(
          sorted.map(({ interactionId }) => interactionId),
        );
        expect(batches.every(({ interactionIds }) => interactionIds.length > 0)).toBe(true);
      }),
    );
  });

  it('puts interactions that have failed before into smaller batches of their own', async () => {
    const list = [0, 0, 0, 1, 1, 1, 2].map((attempts, i) => ({ interactionId: `i${i}`, attempts }));
    const batches = await Array.fromAsync(groupIntoBatches(list, 8));
    expect(batches.map(({ interactionIds }) => interactionIds)).toEqual([
      ['i0', 'i1', 'i2'],
      ['i3', 'i4'],
      ['i5'],
      ['i6'],
    ]);
  });

  it.each([
    [
      'all known',
      [
        { first: '2026-11-02', last: '2026-11-02' },
        { first: '2026-11-01', last: '2026-11-01' },
      ],
    ],
    ['one unknown', [{ first: '2026-11-02', last: '2026-11-02' }, undefined]],
  ])('knows the days of a batch: %s', async (_, days) => {
    const list = days.map((range, i) => ({ interactionId: `i${i}`, ...(range && { days: range }) }));
    const [batch] = await Array.fromAsync(groupIntoBatches(list, 8));
    expect(batch?.days).toEqual(days.includes(undefined) ? undefined : { first: '2026-11-01', last: '2026-11-02' });
  });

  it('notes what a later run asks for again, by the attempts so far', async () => {
    const list = [0, 0, 1, 2].map((attempts, i) => ({ interactionId: `i${i}`, attempts }));
    const batches = await Array.fromAsync(groupIntoBatches(list, 8, (attempts) => attempts < 2));
    expect(batches.map(({ asksAgain }) => asksAgain)).toEqual([true, true, undefined]);
  });
});

describe('the line of a batch', () => {
  const MAX_STATE = 256 * 1024;
  const longest = (n: number) => String(n).padStart(128, 'x');

  it.each<[string, (n: number) => object]>([
    ['ids alone', () => ({})],
    ['with other ids', (n) => ({ aliases: { interactionId: longest(n), acdContactId: longest(n) } })],
    ['fetched again', (n) => ({ heldVersion: '2026-11-21T10:00:00.000Z', availableMs: 1_795_251_600_000 + n })],
  ])('stays within the state of a child, however long the ids are: %s', async (_, facts) => {
    const list = Array.from({ length: 3_000 }, (_each, n) => ({ interactionId: longest(n), ...facts(n) }));
    const batches = await Array.fromAsync(groupIntoBatches(list, 1_000));
    for (const batch of batches) expect(JSON.stringify(batch).length).toBeLessThan(0.9 * MAX_STATE);
    expect(batches.flatMap(({ interactionIds }) => interactionIds)).toHaveLength(3_000);
  });

  it('has a thousand segments with ids of the usual lengths', async () => {
    const uuid = '0e52a1f4-6b7c-4c1d-9a54-0c3a5a1d7e11';
    const list = Array.from({ length: 1_000 }, () => ({
      interactionId: uuid,
      aliases: { interactionId: uuid, acdContactId: '123456789012' },
    }));
    expect(await Array.fromAsync(groupIntoBatches(list, 1_000))).toHaveLength(1);
  });
});

describe('batchSizeFor', () => {
  it.each([
    [100, 0, 100],
    [100, 1, 25],
    [100, 2, 6],
    [100, 3, 1],
    [100, 9, 1],
    [1, 0, 1],
  ])('%i interactions after %i attempts: %i', (size, attempts, expected) => {
    expect(batchSizeFor(size, attempts)).toBe(expected);
  });
});
