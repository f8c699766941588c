import { describe, expect, it } from 'vitest';
import { type Failure, RetryQueue, retryTime } from '../../../../lambdas/deliver-transcripts/retry-queue.ts';

describe('retryTime', () => {
  it.each([
    ['soon', {}, [50, 50]],
    ['a little later each time', { tries: 3 }, [150, 150]],
    ['when the receiver asks to, unless it takes others', { askedSeconds: 2 }, [50, 2_000]],
    ['later where it takes nothing', { failuresInARow: 5 }, [50, 1_000]],
    ['ever later where it takes nothing', { tries: 7, failuresInARow: 7 }, [350, 4_000]],
    ['no later than that', { failuresInARow: 500 }, [50, 8_000]],
    ['in another call, after so many tries', { tries: 12 }, undefined],
  ] as [string, Partial<Failure>, [number, number] | undefined][])('%s', (_name, change, expected) => {
    const time = retryTime({ tries: 1, failuresInARow: 1, nowMs: 5_000, ...change });
    expect(time && [time.soonMs - 5_000, time.laterMs - 5_000]).toEqual(expected);
  });
});

describe('RetryQueue', () => {
  const NEVER = Number.NEGATIVE_INFINITY;
  const retry = (index: number) => ({ index, event: { id: `msg_${index}`, body: Buffer.alloc(0) }, tries: 1 });
  const queueOf = (...failedMs: number[]) => {
    const queue = new RetryQueue();
    for (const [index, nowMs] of failedMs.entries()) {
      const time = retryTime({ tries: 1, failuresInARow: 1, askedSeconds: 1, nowMs });
      if (time) queue.add(retry(index), time);
    }
    return queue;
  };

  it('hands out what is due, and says when the next one is', () => {
    const queue = queueOf(0, 200);
    expect(queue.next(900, NEVER)).toBe(100);
    expect(queue.next(1_000, NEVER)).toMatchObject({ index: 0 });
    expect(queue.next(1_000, NEVER)).toBe(200);
    expect(queue.next(1_200, NEVER)).toMatchObject({ index: 1 });
    expect([queue.next(9_000, NEVER), queue.isEmpty]).toEqual([Number.POSITIVE_INFINITY, true]);
  });

  it('waits no longer than for itself where the receiver takes others', () => {
    const queue = queueOf(2_000, 2_400);
    expect(queue.next(2_100, 1_000)).toBe(900);
    expect(queue.next(2_100, 1_001)).toMatchObject({ index: 0 });
    expect(queue.next(2_450, 1_400)).toBe(950);
    expect(queue.next(2_450, 1_500)).toMatchObject({ index: 1 });
  });

  it('is full at some time', () => {
    expect(queueOf(...Array(63).fill(0)).isFull).toBe(false);
    expect(queueOf(...Array(64).fill(0)).isFull).toBe(true);
  });
});
