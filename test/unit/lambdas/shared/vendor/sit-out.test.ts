import { describe, expect, it } from 'vitest';
import { type BusyAnswer, secondsToSitOut } from '../../../../../lambdas/shared/vendor/sit-out.ts';

const answer = (change: Partial<BusyAnswer> = {}): BusyAnswer => ({
  status: 429,
  retryAfterSeconds: 3,
  waits: 0,
  remainingMs: 60_000,
  ...change,
});

describe('secondsToSitOut', () => {
  it.each([
    ['a throttled call', {}, 3],
    ['an outage with a time', { status: 503 }, 3],
    ['a time-out of a gateway with a time', { status: 408 }, 3],
    ['no time', { retryAfterSeconds: undefined }, undefined],
    ['a refusal that says when to come back', { status: 403 }, 3],
    ['a refusal', { status: 403, retryAfterSeconds: undefined }, undefined],
    ['an answer that is no "not now"', { status: 404 }, undefined],
    ['an answer that is what was asked for', { status: 200 }, undefined],
    ['the longest that a function waits', { retryAfterSeconds: 20 }, 20],
    ['a wait for a Wait state', { retryAfterSeconds: 21 }, undefined],
    ['a wait that leaves no time for the call', { retryAfterSeconds: 10, remainingMs: 19_999 }, undefined],
    ['a wait that leaves just enough', { retryAfterSeconds: 10, remainingMs: 20_000 }, 10],
    ['the third wait', { waits: 2 }, 3],
    ['a vendor that goes on like this', { waits: 3 }, undefined],
  ])('%s', (_name, change, expected) => {
    expect(secondsToSitOut(answer(change))).toBe(expected);
  });
});
