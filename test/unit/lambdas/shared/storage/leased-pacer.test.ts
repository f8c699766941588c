import { describe, expect, it } from 'vitest';
import { keys } from '../../../../../lambdas/shared/storage/layout.ts';
import { PacedWorld, type RunOptions } from './paced-world.ts';
import { START_MS } from './virtual-time.ts';

const BACKFILL: RunOptions = { priority: 'backfill', requests: 12_000, atOnce: 10 };
const DAILY: RunOptions = { priority: 'daily', requests: 300, atOnce: 3 };
const alone = (run: RunOptions, world = new PacedWorld({ perSecond: 100 })) => world.time.until(world.run(run));
const side = (world: PacedWorld, runs: readonly [number, RunOptions][]) =>
  world.time.until(
    Promise.all(
      runs.map(async ([afterSeconds, run]) => {
        await world.time.pause(afterSeconds * 1_000);
        return world.run(run);
      }),
    ),
  );

describe('a backfill of 12,000 requests beside five daily runs of 300, at 100 a second', () => {
  it.each([
    ['one after the other', [10, 31, 52, 73, 94], 1],
    ['all at once', [10, 10, 10, 10, 10], 5],
  ])('leaves the daily runs, %s, half of their pace at least, and both within the budget', async (_name, starts, n) => {
    const world = new PacedWorld({ perSecond: 100 });
    const [backfill = 0, ...daily] = await side(world, [
      [0, BACKFILL],
      ...starts.map((after): [number, RunOptions] => [after, DAILY]),
    ]);
    const without = await side(
      new PacedWorld({ perSecond: 100 }),
      Array.from({ length: n }, () => [0, DAILY]),
    );
    for (const seconds of daily) expect(seconds).toBeLessThanOrEqual(2 * Math.max(...without));
    expect(world.arrivals).toHaveLength(13_500);
    expect(world.mostWithin(10)).toBeLessThanOrEqual(1_020);
    // Nothing near what a backfill alone may have, 81 a second, is lost.
    expect(backfill).toBeLessThan(13_500 / 75);
    expect(world.metrics.get('Requests')).toBe(13_500);
    expect(world.metrics.get('HeldUp')).toBeGreaterThan(0);
  });
});

describe('a budget that functions share', () => {
  it.each([
    ['one function', 1, 100],
    ['forty functions', 40, 100],
    ['more functions than requests in a second', 40, 10],
  ])('is kept by %s, and made use of, with few calls to S3', async (_name, atOnce, perSecond) => {
    const world = new PacedWorld({ perSecond });
    const seconds = await alone({ priority: 'daily', requests: 40 * perSecond, atOnce, batchSize: perSecond }, world);
    expect(world.mostWithin(10)).toBeLessThanOrEqual(1.02 * 10 * perSecond);
    expect(seconds).toBeLessThan(60);
    // Three calls every two seconds of each, and those for its beginning and its end, which others may come between.
    expect(world.storeCalls).toBeLessThanOrEqual((1.5 * world.functionMs) / 1_000 + 6 * 40);
  });

  it('has the share of a function that was killed again once its lease has ended', async () => {
    const killed = new Map([2, 3, 4, 5, 6, 7, 8, 9].map((batch) => [batch, 3_000]));
    const run = { ...BACKFILL, requests: 4_000, batchSize: 400 };
    const whole = await alone(run);
    const world = new PacedWorld({ perSecond: 100 });
    expect(await alone({ ...run, killed }, world)).toBeLessThan(whole + 6);
    expect(world.mostWithin(10)).toBeLessThanOrEqual(1_020);
  });

  it('leaves nothing behind in S3 but its notes', async () => {
    const world = new PacedWorld({ perSecond: 100 });
    await alone(DAILY, world);
    expect([...world.objects.keys()]).toEqual([keys.budget('api')]);
    const record = JSON.parse(world.objects.get(keys.budget('api'))?.body.toString('utf8') ?? '');
    expect(record).toMatchObject({ schemaVersion: 1, leases: [] });
  });

  it('costs nothing where there is none', async () => {
    const world = new PacedWorld({ perSecond: 0 });
    await alone({ ...BACKFILL, requests: 1_000 }, world);
    expect([world.storeCalls, world.metrics.get('HeldUp')]).toEqual([0, 0]);
    expect(world.metrics.get('Requests')).toBe(1_000);
  });
});

describe('an API that refuses what is within the budget', () => {
  /** Takes 40 requests in a second. */
  const strict = (retryAfterSeconds?: number) => (atMs: number, arrivals: readonly number[]) =>
    arrivals.filter((one) => one > atMs - 1_000).length < 40
      ? { status: 200, retryAfterSeconds: undefined }
      : { status: 429, retryAfterSeconds };

  it.each([
    ['names no time', undefined, 30],
    ['names a time', 5, 5],
  ])('is left alone by all who use it when it %s', async (_name, retryAfterSeconds, pauseSeconds) => {
    const world = new PacedWorld({ perSecond: 100, answer: strict(retryAfterSeconds) });
    await side(world, [
      [0, { ...BACKFILL, requests: 1_000 }],
      [0, DAILY],
    ]);
    const sorted = world.arrivals.toSorted((a, b) => a - b);
    const gaps = sorted.map((atMs, index) => atMs - (sorted[index - 1] ?? atMs));
    // Nothing arrives for as long, less what was on its way.
    expect(gaps.filter((gap) => gap > (pauseSeconds - 3) * 1_000).length).toBeGreaterThanOrEqual(1);
    expect(world.arrivals.length - world.refused).toBe(1_300);
    // Of thirteen hundred; they come in a few heaps of what was under way at the time.
    expect(world.refused).toBeLessThan(300);
  });
});

describe('an outage of S3', () => {
  /** After five seconds, for so many. */
  const out = (seconds: number) => {
    const fromMs = START_MS + 5_000;
    return new PacedWorld({
      perSecond: 100,
      isStoreDown: (atMs) => atMs >= fromMs && atMs < fromMs + seconds * 1_000,
    });
  };

  it('is waited for: without a lease nothing is sent', async () => {
    const world = out(20);
    const seconds = await alone({ ...DAILY, requests: 1_000 }, world);
    expect(seconds).toBeGreaterThan(25);
    expect(seconds).toBeLessThan(36);
    expect(world.mostWithin(10)).toBeLessThanOrEqual(1_020);
  });

  it('is an error once it lasts', async () => {
    await expect(alone({ ...DAILY, requests: 1_000 }, out(600))).rejects.toMatchObject({ name: 'DataLakeUnavailable' });
  });
});
