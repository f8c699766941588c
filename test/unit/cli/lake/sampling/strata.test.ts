import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, Strata } from '../../../../../cli/lake/sampling/strata.ts';

const candidate = (n: number, mediaType: string, types: readonly string[] = []): Candidate => ({
  interactionId: `int-${n}`,
  mediaType,
  version: '',
  findings: Object.fromEntries(types.map((type) => [type, 1])),
  key: 'part',
  line: n,
});

const drawOf = (rows: readonly Candidate[], wanted: number, seed = 's') => {
  const strata = new Strata(wanted, seed);
  for (const row of rows) strata.add(row);
  return strata.draw();
};

/** 97 calls with a phone number, two chats with a card, one mail with nothing. */
const LAKE = [
  ...Array.from({ length: 97 }, (_, n) => candidate(n, 'voice', ['PHONE_NUMBER'])),
  candidate(97, 'chat', ['CREDIT_CARD']),
  candidate(98, 'chat', ['CREDIT_CARD']),
  candidate(99, 'email'),
];

describe('Strata', () => {
  it('draws of what is rare, too, and says for how many each stands', () => {
    const drawn = drawOf(LAKE, 9);
    const weights = (medium: string) =>
      drawn.filter(({ mediaType }) => mediaType === medium).map(({ weight }) => weight);
    expect(weights('email')).toEqual([1]);
    expect(weights('chat')).toEqual([1, 1]);
    expect(weights('voice')).toEqual(Array.from({ length: 6 }, () => 97 / 6));
  });

  it('draws the same whatever the order, and something else with another seed', () => {
    const ids = (rows: readonly Candidate[], seed?: string) =>
      drawOf(rows, 9, seed)
        .map(({ interactionId }) => interactionId)
        .sort();
    expect(ids([...LAKE].reverse())).toEqual(ids(LAKE));
    expect(ids(LAKE, 'other')).not.toEqual(ids(LAKE));
  });

  it('takes the latest of several versions of a row, and counts it once', () => {
    const strata = new Strata(5, 's');
    for (const [line, version] of [
      [1, '2026-01'],
      [2, '2026-03'],
      [3, '2026-02'],
    ] as const) {
      strata.add({ ...candidate(7, 'voice', ['PIN']), version, line });
    }
    expect(strata.draw()).toMatchObject([{ line: 2, weight: 1 }]);
  });

  it('draws as many as are wanted, or all, none twice; the weights add up to the lake', () => {
    const row = fc.record({
      medium: fc.constantFrom('voice', 'chat'),
      types: fc.subarray(['PIN', 'US_SSN', 'PERSON']),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), fc.integer({ min: 1, max: 50 }), (rows, wanted) => {
        const drawn = drawOf(
          rows.map(({ medium, types }, n) => candidate(n, medium, types)),
          wanted,
        );
        expect(drawn).toHaveLength(Math.min(wanted, rows.length));
        expect(new Set(drawn.map(({ interactionId }) => interactionId)).size).toBe(drawn.length);
        const sum = drawn.reduce((total, { weight }) => total + weight, 0);
        // Strata of which nothing was drawn, since there are more than wanted, are in no weight.
        if (wanted >= 8) expect(sum).toBeCloseTo(rows.length, 6);
      }),
    );
  });
});
