import { describe, expect, it } from 'vitest';
import { TokenBucket } from '../../../../../../lambdas/shared/lib/pacing/token-bucket.ts';

/** Ms at which tokens are taken, by one who asks again when he is told to. */
function taken(bucket: TokenBucket, fromMs: number, untilMs: number): number[] {
  const times: number[] = [];
  for (let nowMs = fromMs; nowMs < untilMs; ) {
    const waitMs = bucket.take(nowMs);
    if (waitMs === 0) times.push(nowMs);
    nowMs += waitMs;
  }
  return times;
}

describe('a bucket', () => {
  it('gives tokens at its rate, as far apart as may be', () => {
    const bucket = new TokenBucket(0);
    bucket.lease(10, 60_000, 0);
    expect(taken(bucket, 0, 501)).toEqual([100, 200, 300, 400, 500]);
  });

  it('gives nothing once the lease has ended', () => {
    const bucket = new TokenBucket(0);
    expect(bucket.take(0)).toBe(Number.POSITIVE_INFINITY);
    bucket.lease(10, 250, 0);
    expect(taken(bucket, 0, 5_000)).toEqual([100, 200]);
  });

  it('keeps a part of a token for the next lease', () => {
    const bucket = new TokenBucket(0);
    bucket.lease(10, 50, 0);
    bucket.lease(1, 5_000, 60);
    expect(bucket.take(60)).toBe(500);
  });

  it('gives after a lull what a twentieth of a second brings, and no more', () => {
    const bucket = new TokenBucket(0);
    bucket.lease(100, 60_000, 0);
    const times = taken(bucket, 30_000, 30_011);
    expect(times.filter((atMs) => atMs === 30_000)).toHaveLength(5);
    expect(times).toHaveLength(6);
  });

  it('begins with a part of a token', () => {
    const bucket = new TokenBucket(0.75);
    bucket.lease(1, 60_000, 0);
    expect(bucket.take(0)).toBe(250);
  });
});
