import { expect, it } from 'vitest';
import { readMarks, withoutCasing } from '../../../../scripts/quality/marked-text.ts';

const gold = (type: string, start: number, end: number, optional = false) => ({ type, start, end, optional });

it.each([
  ['nothing here', 'nothing here', []],
  ['call [PERSON:Ana]', 'call Ana', [gold('PERSON', 5, 8)]],
  ['[PIN:12] and [US_SSN_LAST4:4409].', '12 and 4409.', [gold('PIN', 0, 2), gold('US_SSN_LAST4', 7, 11)]],
  ['ends in [?PHONE_NUMBER:88]', 'ends in 88', [gold('PHONE_NUMBER', 8, 10, true)]],
])('%s', (marked, text, golds) => {
  expect(readMarks(marked)).toEqual({ text, golds });
});

it.each(['a [b', 'a ] b', '[person:ana]', '[PERSON: ana]', '[PERSON:]', '[PERSON:a [PIN:1]]'])(
  'refuses %s',
  (marked) => {
    expect(() => readMarks(marked)).toThrow(/bracket|blank/);
  },
);

it.each([
  ['Hi, Ana. Bye!', 'hi  ana  bye '],
  ['v1.2, at 3:15 a.m. É', 'v1.2  at 3:15 a.m  É'],
])('without casing: %s', (text, plain) => {
  expect(withoutCasing(text)).toBe(plain);
  expect(plain).toHaveLength(text.length);
});
