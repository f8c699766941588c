import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DeliveryLedger } from '../../../../../lambdas/shared/delivery/ledger.ts';

type Act = ['delivered' | 'failed' | 'refused', number];

const nameOf = (index: number) => String(index).padStart(16, '0');

function play(rows: number, acts: readonly Act[]): DeliveryLedger {
  const ledger = DeliveryLedger.empty(rows);
  for (const [act, index] of acts) {
    if (act === 'delivered') ledger.delivered(index, nameOf(index));
    else ledger[act](index, nameOf(index), act === 'failed' ? 503 : 400);
  }
  return ledger;
}

const acts = (rows: number) =>
  fc.array(
    fc.tuple(fc.constantFrom<'delivered' | 'failed' | 'refused'>('delivered', 'failed', 'refused'), fc.nat(rows - 1)),
    { maxLength: 60 },
  );

describe('DeliveryLedger', () => {
  it('says in one segment what holds for all rows', () => {
    const ledger = DeliveryLedger.empty(1_000);
    expect(ledger.segments()).toEqual([{ from: 0, to: 999, state: 'pending' }]);
    for (let index = 0; index < 1_000; index += 1) ledger.delivered(index, nameOf(index));
    expect(ledger.segments()).toEqual([{ from: 0, to: 999, state: 'delivered', names: expect.any(String) }]);
  });

  it('survives being written and read', () => {
    fc.assert(
      fc.property(acts(20), (steps) => {
        const ledger = play(20, steps);
        const read = DeliveryLedger.from(20, JSON.parse(JSON.stringify(ledger.segments())));
        expect(read.segments()).toEqual(ledger.segments());
        expect(read.counts()).toEqual(ledger.counts());
        const { parked, pending } = read.counts();
        const over = Array.from({ length: 20 }, (_, index) => read.at(index)).filter(
          ({ state }) => state === 'delivered',
        );
        expect(over.length + parked + pending).toBe(20);
      }),
    );
  });

  it('merges without losing a delivery, whichever comes first', () => {
    fc.assert(
      fc.property(acts(12), acts(12), (mine, theirs) => {
        const merged = play(12, mine);
        merged.merge(play(12, theirs));
        const other = play(12, theirs);
        other.merge(play(12, mine));
        for (let index = 0; index < 12; index += 1) {
          const states = [play(12, mine).at(index).state, play(12, theirs).at(index).state];
          const expected = ['delivered', 'parked', 'pending'].find((state) => states.some((one) => one === state));
          expect(merged.at(index).state).toBe(expected);
          expect(other.at(index).state).toBe(expected);
        }
      }),
    );
  });

  it('counts attempts and keeps the last answer', () => {
    const ledger = play(3, [
      ['failed', 0],
      ['failed', 0],
      ['refused', 1],
    ]);
    expect(ledger.segments()).toEqual([
      { from: 0, to: 0, state: 'pending', attempts: 2, last: 503, names: nameOf(0) },
      { from: 1, to: 1, state: 'parked', attempts: 1, last: 400, names: nameOf(1) },
      { from: 2, to: 2, state: 'pending' },
    ]);
    expect(ledger.fewestAttempts).toBe(0);
  });

  it('opens parked rows again, or all', () => {
    const ledger = () =>
      play(3, [
        ['delivered', 0],
        ['refused', 1],
      ]);
    const parked = ledger();
    parked.reopen('parked');
    expect(parked.counts()).toEqual({ delivered: 1, parked: 0, pending: 2 });
    const all = ledger();
    all.reopen('all');
    // The receiver has the first one, and is sent it again.
    expect(all.counts()).toEqual({ delivered: 1, parked: 0, pending: 3 });
  });

  it('stays small at its worst: every other row fares differently', () => {
    const ledger = DeliveryLedger.empty(1_000);
    for (let index = 0; index < 1_000; index += 2) ledger.failed(index, nameOf(index), 'timeout');
    expect(JSON.stringify(ledger.segments()).length).toBeLessThan(100_000);
  });

  it('knows each row again by its name, wherever it is now', () => {
    fc.assert(
      fc.property(acts(20), fc.array(fc.nat(29), { maxLength: 30 }), (steps, indices) => {
        const then = play(20, steps);
        const names = [...new Set(indices)].map(nameOf);
        const now = DeliveryLedger.from(20, JSON.parse(JSON.stringify(then.segments()))).movedTo(names);
        expect(now.size).toBe(names.length);
        names.forEach((name, index) => {
          const before = then.at(Number(name));
          if (before.name === name) expect(now.at(index)).toEqual(before);
          else expect(now.isPending(index)).toBe(true);
        });
      }),
    );
  });

  it.each([
    ['all delivered', [{ from: 0, to: 3, state: 'delivered' }], { delivered: 3, parked: 0, pending: 0 }],
    ['all parked', [{ from: 0, to: 3, state: 'parked', last: 410 }], { delivered: 0, parked: 3, pending: 0 }],
    [
      'some of both',
      [
        { from: 0, to: 1, state: 'delivered' },
        { from: 2, to: 3, state: 'parked' },
      ],
      { delivered: 0, parked: 0, pending: 3 },
    ],
  ] as const)('takes rows without names, %s, for what all of them were', (_name, segments, expected) => {
    const then = DeliveryLedger.from(4, [...segments]);
    expect(then.movedTo([1, 2, 3].map(nameOf)).counts()).toEqual(expected);
    // Nothing was taken out, so that what is there is new.
    expect(then.movedTo([1, 2, 3, 4].map(nameOf)).counts()).toEqual({ delivered: 0, parked: 0, pending: 4 });
  });

  it('does not take over what another handler says of another row', () => {
    const mine = play(1, [['failed', 0]]);
    const theirs = DeliveryLedger.empty(1);
    theirs.delivered(0, nameOf(7));
    mine.merge(theirs);
    expect(mine.isPending(0)).toBe(true);
  });
});
