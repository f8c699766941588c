import { describe, expect, it } from 'vitest';
import {
  type CallResult,
  nextStepOfBatch,
  nextStepOfRun,
  RUN_MAX_WAIT_SECONDS,
} from '../../../lambdas/deliver-transcripts/next-step.ts';

const result = (change: Partial<CallResult> = {}): CallResult => ({
  delivered: 0,
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
    ['tries single failures again too', { circuitOpen: false, delivered: 9 }, 1, 5],
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
  const progress = (change = {}) => ({ attempt: 1, failures: 1, nowMs: 0, deadlineMs: 3 * day, ...change });

  it('waits ever longer, up to six hours', () => {
    const waits = [1, 2, 3, 4, 8, 9, 10, 40].map(
      (failures) => nextStepOfRun(result(), progress({ failures }), 1).waitSeconds,
    );
    expect(waits).toEqual([60, 120, 240, 480, 7_680, 15_360, RUN_MAX_WAIT_SECONDS, RUN_MAX_WAIT_SECONDS]);
  });

  it('draws a wait between half and all of that', () => {
    expect(nextStepOfRun(result(), progress({ failures: 3 }), 0).waitSeconds).toBe(120);
    expect(nextStepOfRun(result(), progress({ failures: 3 }), 0.5).waitSeconds).toBe(180);
  });

  it.each([
    ['goes on at once when its time was up', { delivered: 5, circuitOpen: false, outOfTime: true }, {}, 1],
    ['waits when its time was up and nothing was delivered', { circuitOpen: false, outOfTime: true }, {}, 60],
    ['honours Retry-After', { retryAfterSeconds: 900 }, {}, 900],
    ['does not come back sooner than its back-off', { retryAfterSeconds: 1 }, { failures: 4 }, 480],
    ['clamps Retry-After', { retryAfterSeconds: 315_360_000 }, {}, RUN_MAX_WAIT_SECONDS],
    ['comes back for a last time at the deadline', {}, { nowMs: 3 * day - 10_000 }, 10],
    ['gives up at the deadline', {}, { nowMs: 3 * day }, undefined],
    ['gives up before an execution has too many events', { delivered: 5 }, { attempt: 2_500 }, undefined],
    ['is done when nothing is pending', { pending: 0 }, {}, undefined],
  ] as [string, Partial<CallResult>, Partial<ReturnType<typeof progress>>, number | undefined][])(
    '%s',
    (_name, change, at, seconds) => {
      const next = nextStepOfRun(result(change), progress(at), 1);
      expect(next.again).toBe(seconds !== undefined);
      if (seconds !== undefined) expect(next.waitSeconds).toBe(seconds);
    },
  );

  it('always waits whole seconds, at least one', () => {
    for (const random of [0, 0.123, 0.5, 0.999, 1]) {
      for (let failures = 0; failures < 12; failures += 1) {
        const { waitSeconds } = nextStepOfRun(result(), progress({ failures }), random);
        expect(Number.isInteger(waitSeconds) && waitSeconds >= 1).toBe(true);
      }
    }
  });
});
