import { describe, expect, it } from 'vitest';
import { Pace } from '../../../../../../lambdas/shared/vendor/interaction-analytics/pace.ts';

const answer = (pace: Pace, times: number) => {
  for (let i = 0; i < times; i += 1) pace.answered();
};

describe('Pace', () => {
  it('halves with each refusal, to one, and waits longer each time', () => {
    const pace = new Pace();
    const seen = Array.from({ length: 5 }, () => [pace.refused(undefined), pace.atOnce]);
    expect(seen).toEqual([
      [30, 4],
      [60, 2],
      [120, 1],
      [180, 1],
      [180, 1],
    ]);
  });

  it('waits as long as the vendor says', () => expect(new Pace().refused(7)).toBe(7));

  it('takes one more, to eight, and forgets refusals after fifty answers in a row', () => {
    const pace = new Pace();
    pace.refused(undefined);
    answer(pace, 49);
    pace.refused(undefined);
    answer(pace, 49);
    expect(pace.atOnce).toBe(2);
    pace.answered();
    expect([pace.atOnce, pace.refused(undefined)]).toEqual([3, 30]);
    answer(pace, 1_000);
    expect(pace.atOnce).toBe(8);
  });
});
