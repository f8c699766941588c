import { describe, expect, it } from 'vitest';
import {
  type DayIndex,
  indexBatch,
  noteDaysOfBatch,
  storedAmong,
  storedVersions,
  writeDayIndex,
} from '../../../../../lambdas/shared/runs/stored-ids.ts';
import { keys } from '../../../../../lambdas/shared/storage/layout.ts';
import { receiptOf } from '../../../../builders/receipt.ts';
import { RunBuilder } from './run-builder.ts';

const DAY = '2026-11-21';
const indexOf = (batches: readonly number[]) => {
  const index: DayIndex = new Map();
  for (const batch of batches) indexBatch(index, { batch, interactionIds: ['x'], days: { first: DAY, last: DAY } });
  return index;
};

describe('the batches of a day', () => {
  it.each<[number[], [number, number][]]>([
    [[0], [[0, 0]]],
    [[0, 1, 2], [[0, 2]]],
    [
      [0, 1, 7, 8],
      [
        [0, 1],
        [7, 8],
      ],
    ],
  ])('%j are the ranges %j', (batches, ranges) => {
    expect(indexOf(batches).get(DAY)?.ranges).toEqual(ranges);
  });

  it('are noted in a bounded number of ranges, and none is lost', () => {
    const scattered = Array.from({ length: 100 }, (_, number) => number * 2);
    const entry = indexOf(scattered).get(DAY);
    expect(entry?.ranges.length).toBeLessThan(40);
    for (const batch of scattered) {
      expect(entry?.ranges.some(([first, last]) => first <= batch && batch <= last)).toBe(true);
    }
  });

  it('are looked at and no others', async () => {
    const runs = new RunBuilder();
    await writeDayIndex(runs.store(), 'run', indexOf([0, 5]));
    for (const batch of [0, 3, 5]) {
      const receipt = receiptOf('run', batch, [`int-${batch}`]);
      await runs.store().write(keys.receipt('run', batch), JSON.stringify(receipt));
    }
    const read: string[] = [];
    const store = runs.store((when, operation, key) => {
      if (when === 'before' && operation === 'readText') read.push(key);
    });
    const wanted = new Set(['int-0', 'int-3', 'int-5']);
    expect(await Array.fromAsync(storedAmong(store, [DAY], wanted))).toEqual(['int-0', 'int-5']);
    expect(read).not.toContain(keys.receipt('run', 3));
  });

  it('say in which versions they are stored', async () => {
    const runs = new RunBuilder();
    const version = '2026-11-22T08:00:00Z';
    const receipt = receiptOf('run', 7, ['seg-1', 'seg-2', 'seg-3'], {
      versions: { 'seg-1': version, 'seg-2': version },
      anonymised: ['seg-2'],
      unstored: [{ interactionId: 'seg-3', outcome: 'unchanged' }],
    });
    await noteDaysOfBatch(runs.store(), 'run', 7, [DAY]);
    await runs.store().write(keys.receipt('run', 7), JSON.stringify(receipt));
    const wanted = new Set(['seg-1', 'seg-2', 'seg-3']);
    expect(await Array.fromAsync(storedVersions(runs.store(), [DAY], wanted))).toEqual([
      { interactionId: 'seg-1', version, isAnonymised: false },
      { interactionId: 'seg-2', version, isAnonymised: true },
    ]);
  });

  it('of a note without ranges are all between its first and its last', async () => {
    const runs = new RunBuilder();
    const note = { schemaVersion: 1, runId: 'run', firstBatch: 0, lastBatch: 2 };
    await runs.store().write(keys.batchesOfRunOnDay(DAY, 'run'), JSON.stringify(note));
    await runs.store().write(keys.receipt('run', 1), JSON.stringify(receiptOf('run', 1, ['int-1'])));
    expect(await Array.fromAsync(storedAmong(runs.store(), [DAY], new Set(['int-1'])))).toEqual(['int-1']);
  });
});
