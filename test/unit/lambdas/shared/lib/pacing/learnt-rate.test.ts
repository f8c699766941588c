import { describe, expect, it } from 'vitest';
import {
  confirmRefusal,
  type LearntRate,
  learnFromRefusal,
  learntRateAt,
  raiseCeiling,
} from '../../../../../../lambdas/shared/lib/pacing/learnt-rate.ts';

const learnt = (change: Partial<LearntRate> = {}): LearntRate => ({
  ceiling: 20,
  fromMs: 10_000,
  probeMs: 20_000,
  ...change,
});

describe('learntRateAt', () => {
  it.each([
    ['in the pause', 0, 18],
    ['at its end', 10_000, 18],
    ['half the way back', 20_000, 19.75],
    ['back', 30_000, 20],
    ['half that time later', 40_000, 20.25],
    ['a minute after the pause', 70_000, 36],
    ['two minutes after it', 130_000, 270],
  ])('%s', (_name, nowMs, expected) => {
    expect(learntRateAt(learnt(), nowMs)).toBeCloseTo(expected, 9);
  });
});

describe('learnFromRefusal', () => {
  it.each([
    ['nothing, where nothing was taken', undefined, { atOnce: 0, averaged: 0 }, 0, undefined],
    [
      'first what was taken at once',
      undefined,
      { atOnce: 20, averaged: 4 },
      0,
      learnt({ fromMs: 1_000, probeMs: 4_000 }),
    ],
    [
      'the rate that went too far',
      learnt(),
      { atOnce: 1, averaged: 20 },
      40_000,
      learnt({ ceiling: 20.25, fromMs: 41_000 }),
    ],
    ['no more than was taken', learnt(), { atOnce: 9, averaged: 10 }, 40_000, learnt({ ceiling: 11, fromMs: 41_000 })],
    [
      'what is taken, right after the pause',
      learnt(),
      { atOnce: 12, averaged: 2 },
      10_100,
      learnt({ ceiling: 12, fromMs: 11_100 }),
    ],
    [
      'half, right after the pause',
      learnt({ ceiling: 200 }),
      { atOnce: 12, averaged: 2 },
      10_000,
      learnt({ ceiling: 90, fromMs: 11_000 }),
    ],
    [
      'never more than the rate',
      learnt(),
      { atOnce: 99, averaged: 9 },
      10_000,
      learnt({ ceiling: 18, fromMs: 11_000 }),
    ],
    [
      'that it is slow, at the slowest',
      learnt({ ceiling: 0.2 }),
      { atOnce: 0, averaged: 0 },
      10_000,
      learnt({ ceiling: 0.2, fromMs: 11_000 }),
    ],
  ] as const)('teaches %s', (_name, before, lately, nowMs, expected) => {
    const after = learnFromRefusal(before, lately, nowMs, nowMs + 1_000);
    if (expected === undefined) expect(after).toBeUndefined();
    else expect(after).toEqual({ ...expected, ceiling: expect.closeTo(expected.ceiling, 9) });
  });
});

describe('what was under way with the refused one', () => {
  it('confirms it, and may put off the next request', () => {
    expect(confirmRefusal(learnt({ probeMs: 4_000 }), 9_000)).toEqual(learnt());
    expect(confirmRefusal(learnt({ probeMs: 4_000 }), 12_000)).toEqual(learnt({ fromMs: 12_000 }));
  });

  it('or shows that more is borne', () => {
    expect(raiseCeiling(learnt())).toEqual(learnt({ ceiling: 21 }));
  });
});
