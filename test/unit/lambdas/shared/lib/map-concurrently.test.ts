import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { mapConcurrently } from '../../../../../lambdas/shared/lib/map-concurrently.ts';

describe('mapConcurrently', () => {
  it('keeps the order and never runs more than the limit', async () => {
    let running = 0;
    let most = 0;
    const results = mapConcurrently(Array(20).keys(), 4, async (item) => {
      running += 1;
      most = Math.max(most, running);
      await sleep(item % 3);
      running -= 1;
      return item * 2;
    });
    expect(await Array.fromAsync(results)).toEqual(Array.from({ length: 20 }, (_, i) => i * 2));
    expect(most).toBe(4);
  });

  it('passes a failure on and leaves no work running', async () => {
    let running = 0;
    const results = mapConcurrently([1, 2, 3, 4], 3, async (item) => {
      running += 1;
      await sleep(item);
      running -= 1;
      if (item === 2) throw new Error('two');
      return item;
    });
    await expect(Array.fromAsync(results)).rejects.toThrow('two');
    expect(running).toBe(0);
  });
});
