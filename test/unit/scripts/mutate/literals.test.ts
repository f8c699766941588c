import { expect, it } from 'vitest';
import { otherNumbers, otherPatterns, otherText } from '../../../../scripts/mutate/literals.ts';

it.each([
  [0, [1]],
  [1, [2, 0]],
  [16, [17, 15]],
  [17, [34, 8]],
  [0.5, [1, 0.25]],
])('the number %d may be off', (value, expected) => {
  expect(otherNumbers(value)).toEqual(expected);
});

it.each([
  ['', '~'],
  ['one two', ''],
  ['zero one two three', 'zero one three'],
])('the text %j may be another', (text, expected) => {
  expect(otherText(text)).toBe(expected);
});

it.each([
  ['^a{2,4}$', '', ['/a{2,4}$/', '/^a{2,4}/', '/^a{3,4}$/', '/^a{2,3}$/']],
  ['\\b\\d+', 'gi', ['/\\d+/gi', '/\\b\\d*/gi', '/\\b\\w+/gi', '/\\b\\d+/g']],
  ['a{3,3}', '', []],
  ['^', '', []],
])('the pattern %s may be another, but stays one', (pattern, flags, expected) => {
  expect(otherPatterns(pattern, flags)).toEqual(expected);
});
