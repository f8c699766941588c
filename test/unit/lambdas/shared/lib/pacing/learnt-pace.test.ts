import { describe, expect, it } from 'vitest';
import { LearntPace } from '../../../../../../lambdas/shared/lib/pacing/learnt-pace.ts';

/** How many requests may be sent in a span of ms, by one who asks again when he is told to. */
function sent(pace: LearntPace, fromMs: number, untilMs: number): number {
  let requests = 0;
  for (let nowMs = fromMs; nowMs < untilMs; ) {
    const waitMs = pace.take(nowMs);
    if (waitMs === 0) requests += 1;
    nowMs += waitMs;
  }
  return requests;
}

/** One that took 20 requests at once and refused two of the same volley. */
function taught(): LearntPace {
  const pace = new LearntPace();
  for (let request = 0; request < 20; request += 1) pace.taken(0, 10);
  for (const nowMs of [10, 11]) pace.refused(0, nowMs, nowMs + 1_000);
  return pace;
}

describe('LearntPace', () => {
  it('holds nothing up while nothing was refused', () => {
    const pace = new LearntPace();
    pace.taken(0, 0);
    expect([pace.take(0), pace.take(0), pace.learnt]).toEqual([0, 0, undefined]);
  });

  it('pauses after a refusal, and goes on at the rate that was borne', () => {
    const pace = taught();
    expect(pace.learnt).toEqual({ ceiling: 20, fromMs: 1_011, probeMs: 20_000 });
    expect(pace.take(500)).toBe(511);
    const inTenSeconds = sent(pace, 1_011, 11_011);
    expect(inTenSeconds).toBeGreaterThan(180);
    expect(inTenSeconds).toBeLessThan(200);
  });

  it('goes on as another one has learnt', () => {
    expect(sent(new LearntPace(taught().learnt), 1_011, 11_011)).toBe(sent(taught(), 1_011, 11_011));
  });

  it('takes refusals of one volley for one, and the next one for another', () => {
    const pace = taught();
    pace.refused(5, 600, 1_600);
    expect(pace.learnt).toMatchObject({ ceiling: 20, fromMs: 1_600 });
    pace.refused(1_700, 1_750, 2_750);
    expect(pace.learnt?.ceiling).toBeLessThan(20);
  });

  it('counts what is taken of the first volley, and of no later one', () => {
    const pace = taught();
    pace.taken(0, 40);
    expect(pace.learnt?.ceiling).toBe(21);
    pace.refused(1_700, 1_750, 2_750);
    const ceiling = pace.learnt?.ceiling;
    pace.taken(1_740, 1_800);
    expect(pace.learnt?.ceiling).toBe(ceiling);
  });

  it('does not make up for a lull', () => {
    expect(sent(taught(), 10_000, 10_001)).toBe(2);
  });
});
