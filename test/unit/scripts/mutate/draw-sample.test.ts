import { expect, it } from 'vitest';
import { drawSample } from '../../../../scripts/mutate/draw-sample.ts';

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
const GROUPS = { small: numbers(10), large: numbers(1_000), larger: numbers(2_000) };
const sizes = (drawn: Record<string, unknown[]>) => Object.values(drawn).map(({ length }) => length);

it.each([
  ['equal shares', GROUPS, 27, [9, 9, 9]],
  ['what a small group lacks from the others', GROUPS, 100, [10, 45, 45]],
  ['all where there are no more', { one: numbers(2), other: numbers(3) }, 100, [2, 3]],
  ['nothing of nothing', { one: [] }, 5, [0]],
])('draws %s', (_, groups: Record<string, number[]>, count, expected) => {
  expect(sizes(drawSample(groups, count, 1))).toEqual(expected);
});

it('draws the same by the same seed, others by another, none twice', () => {
  const drawn = drawSample(GROUPS, 300, 7);
  expect(drawSample(GROUPS, 300, 7)).toEqual(drawn);
  expect(drawSample(GROUPS, 300, 8)).not.toEqual(drawn);
  expect(new Set(drawn.large).size).toBe(drawn.large?.length);
});

it('gives each item about the same chance', () => {
  const counts = numbers(10).map(() => 0);
  for (let seed = 0; seed < 2_000; seed++) {
    for (const item of drawSample({ only: numbers(10) }, 3, seed).only ?? []) counts[item] = (counts[item] ?? 0) + 1;
  }
  for (const count of counts) expect(Math.abs(count - 600)).toBeLessThan(100);
});
