import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { asCompleted } from '../../../../../lambdas/shared/lib/as-completed.ts';

/** Work that ends when it is told to. */
function controlled() {
  const open = new Map<number, PromiseWithResolvers<number>>();
  const started: number[] = [];
  const work = (item: number) => {
    started.push(item);
    const promise = Promise.withResolvers<number>();
    open.set(item, promise);
    return promise.promise;
  };
  return {
    work,
    started,
    end: (item: number) => open.get(item)?.resolve(item),
    fail: (item: number) => open.get(item)?.reject(new Error('no')),
  };
}

const takeFrom = (items: number[]) => () => items.shift();

describe('asCompleted', () => {
  it('gives results as they come, not in their order', async () => {
    const { work, end } = controlled();
    const results = asCompleted(takeFrom([1, 2]), () => 2, work);
    const first = results.next();
    end(2);
    expect((await first).value).toBe(2);
    const second = results.next();
    end(1);
    expect([(await second).value, (await results.next()).done]).toEqual([1, true]);
  });

  it('begins the next one when one is done, though its result is not taken; not without end', async () => {
    const { work, started, end } = controlled();
    const results = asCompleted(takeFrom([1, 2, 3, 4, 5, 6]), () => 2, work);
    const first = results.next();
    end(1);
    await first;
    for (const item of [2, 3, 4]) {
      end(item);
      await sleep(0);
    }
    expect(started).toEqual([1, 2, 3, 4]);
    await results.return(undefined).catch(() => {});
  });

  it('asks for the limit each time, and has one under way at least', async () => {
    let atOnce = 0;
    let most = 0;
    const work = async (item: number) => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await sleep(0);
      atOnce -= 1;
      return item;
    };
    expect(await Array.fromAsync(asCompleted(takeFrom([1, 2, 3]), () => 0, work))).toEqual([1, 2, 3]);
    expect(most).toBe(1);
  });

  it('throws what the work throws once the rest has ended, and begins no more', async () => {
    const { work, started, end, fail } = controlled();
    let isClosed = false;
    const results = asCompleted(
      takeFrom([1, 2, 3]),
      () => 2,
      work,
      () => {
        isClosed = true;
        end(2);
      },
    );
    const first = results.next();
    fail(1);
    await expect(first).rejects.toThrow('no');
    expect([isClosed, started]).toEqual([true, [1, 2]]);
  });
});
