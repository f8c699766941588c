import { describe, expect, it } from 'vitest';
import { type CallResult, nextStepOfBatch, nextStepOfRun } from '../../../../lambdas/deliver-transcripts/next-step.ts';
import { MAX_ASKED_SECONDS } from '../../../../lambdas/shared/delivery/destination.ts';

const result = (change: Partial<CallResult> = {}): CallResult => ({
  settled: 0,
  pending: 1,
  circuitOpen: true,
  outOfTime: false,
  ...change,
});

describe('a batch within the extraction', () => {
  it.each([
    ['waits 5 s after the first attempt', {}, 1, 5],
    ['waits 10 s after the second', {}, 2, 10],
    ['waits 20 s after the third', {}, 3, 20],
    ['gives up after the fourth', {}, 4, undefined],
    ['is done when nothing is pending', { pending: 0 }, 1, undefined],
    ['leaves it when its time is up', { outOfTime: true }, 1, undefined],
    ['waits as long as it is asked to', { retryAfterSeconds: 45 }, 1, 45],
    ['leaves it when it is asked to wait for long', { retryAfterSeconds: 61 }, 1, undefined],
    ['tries single failures again too', { circuitOpen: false, settled: 9 }, 1, 5],
  ] as [string, Partial<CallResult>, number, number | undefined][])('%s', (_name, change, attempt, seconds) => {
    const next = nextStepOfBatch(result(change), attempt, false);
    expect(next.again).toBe(seconds !== undefined);
    if (seconds !== undefined) expect(next.waitSeconds).toBe(seconds);
  });

  it('does not wait for an endpoint that is known to be down', () => {
    expect(nextStepOfBatch(result(), 1, true).again).toBe(false);
    expect(nextStepOfBatch(result({ circuitOpen: false }), 1, true).again).toBe(true);
  });
});

describe('the delivery of a run', () => {
  const day = 86_400_000;
  const GIVE_UP_SECONDS = (3 * day) / 1000;
  const progress = (change = {}) => ({
    attempt: 1,
    failures: 1,
    nowMs: 0,
    startedAtMs: 0,
    progressAtMs: 0,
    ...change,
  });
  const next = (call: Partial<CallResult> = {}, at = {}, random = 1) =>
    nextStepOfRun(result(call), progress(at), GIVE_UP_SECONDS, random);

  it('waits ever longer, up to six hours', () => {
    const waits = [1, 2, 3, 4, 8, 9, 10, 40].map((failures) => next({}, { failures }).waitSeconds);
    expect(waits).toEqual([60, 120, 240, 480, 7_680, 15_360, MAX_ASKED_SECONDS, MAX_ASKED_SECONDS]);
  });

  it('draws a wait between half and all of that', () => {
    expect(next({}, { failures: 3 }, 0).waitSeconds).toBe(120);
    expect(next({}, { failures: 3 }, 0.5).waitSeconds).toBe(180);
    // 60 s times 0.5615: never less than what was drawn.
    expect(next({}, { failures: 1 }, 0.123).waitSeconds).toBe(34);
  });

  const goesOn = { settled: 5, circuitOpen: false };
  it.each([
    ['goes on at once when its time was up', { ...goesOn, outOfTime: true }, { failures: 0 }, 1],
    ['comes back soon for what failed alone', goesOn, { failures: 0 }, 5],
    ['waits as long as it is asked to, and no longer, while it goes on', { ...goesOn, retryAfterSeconds: 40 }, {}, 40],
    ['waits for an endpoint that died on the way', { settled: 5 }, { failures: 0 }, 60],
    ['waits when its time was up and nothing was settled', { circuitOpen: false, outOfTime: true }, {}, 10],
    ['backs off from events that fail again and again', { circuitOpen: false }, { failures: 4 }, 80],
    ['honours Retry-After', { retryAfterSeconds: 900 }, {}, 900],
    ['does not come back sooner than its back-off', { retryAfterSeconds: 1 }, { failures: 4 }, 480],
    ['clamps Retry-After', { retryAfterSeconds: 315_360_000 }, {}, MAX_ASKED_SECONDS],
    ['comes back for a last time at the deadline', {}, { nowMs: 3 * day - 10_000 }, 10],
    ['gives up after three days in vain', {}, { nowMs: 3 * day }, undefined],
    ['gives up three days after the last progress', {}, { nowMs: 9 * day, progressAtMs: 6 * day }, undefined],
    ['is done when nothing is pending', { pending: 0 }, { nowMs: 9 * day }, undefined],
  ] as [string, Partial<CallResult>, Partial<ReturnType<typeof progress>>, number | undefined][])(
    '%s',
    (_name, change, at, seconds) => {
      const { again, waitSeconds } = next(change, at);
      expect(again).toBe(seconds !== undefined);
      if (seconds !== undefined) expect(waitSeconds).toBe(seconds);
    },
  );

  it.each([
    ['has room for more', {}, false],
    ['has had as many calls as fit into one', { attempt: 2_500 }, true],
    ['has gone on for longer than it may wait in vain', { nowMs: 3 * day, progressAtMs: 3 * day - 1_000 }, true],
    ['is given up', { attempt: 2_500, nowMs: 3 * day }, false],
  ])('that %s: another execution takes over: %o %s', (_name, at, moveOn) => {
    expect(next(goesOn, at).moveOn).toBe(moveOn);
  });

  it('always waits whole seconds, at least one', () => {
    for (const random of [0, 0.123, 0.5, 0.999, 1]) {
      for (let failures = 0; failures < 12; failures += 1) {
        const { waitSeconds } = next({}, { failures }, random);
        expect(Number.isInteger(waitSeconds) && waitSeconds >= 1).toBe(true);
      }
    }
  });
});
