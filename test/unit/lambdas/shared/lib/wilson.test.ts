import fc from 'fast-check';
import { expect, it } from 'vitest';
import { wilson } from '../../../../../lambdas/shared/lib/wilson.ts';

it.each([
  // Wilson's interval as statistics packages give it (`prop.test` without continuity correction).
  [9, 10, 0.5958, 0.9821],
  [0, 10, 0, 0.2775],
  [10, 10, 0.7225, 1],
  [50, 100, 0.4038, 0.5962],
  [0, 0, 0, 1],
])('%i of %i: %f to %f', (hits, of, from, to) => {
  const [low, high] = wilson(hits, of);
  expect(low).toBeCloseTo(from, 4);
  expect(high).toBeCloseTo(to, 4);
});

it('holds the share that was seen, and narrows with what is seen', () => {
  fc.assert(
    fc.property(fc.nat(200), fc.integer({ min: 1, max: 200 }), (hits, of) => {
      fc.pre(hits <= of);
      const [low, high] = wilson(hits, of);
      const [lowOfMore, highOfMore] = wilson(4 * hits, 4 * of);
      expect(low).toBeLessThanOrEqual(hits / of + 1e-12);
      expect(high).toBeGreaterThanOrEqual(hits / of - 1e-12);
      expect(highOfMore - lowOfMore).toBeLessThan(high - low);
    }),
  );
});
