import { describe, expect, test } from 'vitest';
import { compareAndSwap, unchanged } from '../../../../../lambdas/shared/storage/compare-and-swap.ts';
import { MemoryStore, type Objects } from '../../../../year/memory-store.ts';

const KEY = 'state/counter.json';

/** A counter, and another writer that adds a hundred before each of the first `races` writes of this one. */
function contended(races: number) {
  const objects: Objects = new Map();
  const other = new MemoryStore(objects, { nowMs: () => 0 });
  let left = races;
  const store = new MemoryStore(objects, {
    nowMs: () => 0,
    async interrupt(moment, operation) {
      if (moment === 'after' || operation !== 'write' || left === 0) return;
      left -= 1;
      await other.write(KEY, `${(await read(other)) + 100}`);
    },
  });
  return store;
}

const read = async (store: MemoryStore) => Number((await store.readText(KEY))?.text ?? 0);

const increment = (store: MemoryStore) => async () => {
  const found = await store.readText(KEY);
  return store.write(KEY, `${Number(found?.text ?? 0) + 1}`, unchanged(found));
};

describe('read, change, write if unchanged', () => {
  test.each([
    ['no other writer', 0, 1],
    ['one that creates the object first', 1, 101],
    ['one that is faster three times', 3, 301],
  ])('beside %s', async (_, races, expected) => {
    const store = contended(races);
    await compareAndSwap(increment(store), 'The counter kept changing');
    expect(await read(store)).toBe(expected);
  });

  test('returns what the write that succeeded returned', async () => {
    const store = contended(1);
    const { etag } = await compareAndSwap(increment(store), 'The counter kept changing');
    expect(etag).toBe((await store.head(KEY))?.etag);
  });

  test('ends where there is nothing to change', async () => {
    let attempts = 0;
    const attempt = async () => {
      attempts += 1;
      return undefined;
    };
    expect(await compareAndSwap(attempt, 'The counter kept changing')).toBeUndefined();
    expect(attempts).toBe(1);
  });

  test.each([1, 5])('gives up after %i tries', async (maxTries) => {
    const store = contended(maxTries);
    const given = compareAndSwap(increment(store), 'The counter kept changing', maxTries);
    await expect(given).rejects.toMatchObject({ name: 'DataLakeUnavailable', message: 'The counter kept changing' });
    expect(await read(store)).toBe(100 * maxTries);
  });

  test('goes no further when an attempt fails', async () => {
    const attempt = () => Promise.reject(new Error('no disk'));
    await expect(compareAndSwap(attempt, 'The counter kept changing')).rejects.toThrow('no disk');
  });
});
