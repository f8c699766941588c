import { describe, expect, it } from 'vitest';
import { afterRefusal, rateAt, type Throttle } from '../../../../../../lambdas/shared/lib/pacing/adaptive-rate.ts';
import { isTooFast } from '../../../../../../lambdas/shared/lib/pacing/pacer.ts';

const throttle = (change: Partial<Throttle> = {}): Throttle => ({ refusals: 1, rate: 50, untilMs: 30_000, ...change });

describe('rateAt', () => {
  it.each([
    ['no refusal', undefined, 0, 100],
    ['during the pause', throttle(), 10_000, 50],
    ['at its end', throttle(), 30_000, 50],
    ['a quarter of two minutes later', throttle(), 60_000, 75],
    ['a minute later', throttle(), 90_000, 100],
    ['a day later', throttle(), 86_400_000, 100],
    ['after a rate of a larger budget', throttle({ rate: 500 }), 30_000, 100],
  ])('%s', (_name, left, nowMs, expected) => {
    expect(rateAt(100, left, nowMs)).toBe(expected);
  });
});

describe('afterRefusal', () => {
  it.each([
    ['the first one', undefined, 0, undefined, throttle()],
    ['the first one that names a time', undefined, 0, 7, throttle({ untilMs: 7_000 })],
    ['one of those that were under way', throttle(), 20, undefined, throttle()],
    ['one of those, with a shorter time', throttle(), 20, 5, throttle()],
    ['one of those, with a longer time', throttle(), 1_000, 60, throttle({ untilMs: 61_000 })],
    ['right after the pause', throttle(), 30_000, undefined, { refusals: 2, rate: 25, untilMs: 90_000 }],
    ['on the way back', throttle(), 60_000, undefined, { refusals: 2, rate: 37.5, untilMs: 120_000 }],
    ['a third in a row', throttle({ refusals: 2 }), 30_000, undefined, { refusals: 3, rate: 25, untilMs: 150_000 }],
    ['a fourth', throttle({ refusals: 3 }), 30_000, undefined, { refusals: 4, rate: 25, untilMs: 210_000 }],
    ['a tenth', throttle({ refusals: 9 }), 30_000, undefined, { refusals: 10, rate: 25, untilMs: 210_000 }],
    ['at the slowest', throttle({ rate: 2 }), 30_000, 1, { refusals: 2, rate: 2, untilMs: 31_000 }],
    ['long after the others', throttle({ refusals: 4 }), 900_000, undefined, throttle({ untilMs: 930_000 })],
  ])('%s', (_name, left, nowMs, retryAfterSeconds, expected) => {
    expect(afterRefusal(100, left, nowMs, retryAfterSeconds)).toEqual(expected);
  });
});

describe('isTooFast', () => {
  it.each([
    [200, undefined, false],
    [429, undefined, true],
    [429, 3, true],
    [403, undefined, false],
    [403, 30, true],
    [503, 30, false],
  ])('%i, with %s seconds to wait', (status, retryAfterSeconds, expected) => {
    expect(isTooFast({ status, retryAfterSeconds })).toBe(expected);
  });
});
