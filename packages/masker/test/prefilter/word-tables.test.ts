import { expect, test } from 'vitest';
import { detect } from '../../src/detect/detect.ts';
import { resolveOptions } from '../../src/model/options.ts';
import { MATTERS, openScanner } from '../../src/prefilter/prefilter.ts';
import { buildWordTable } from '../../src/prefilter/word-table.ts';
import { lookUp, WordSet } from '../../src/text/lexicon.ts';

const scanner = openScanner();
const TEXT = 'my pin is niner oh oh four';

/** What the masker says as long as its tables are whole. */
function isWhole(): boolean {
  return (scanner.lookAt(TEXT) & MATTERS) !== 0 && detect(TEXT, resolveOptions())[0]?.type === 'PIN';
}

test('a set of words without a bit of its own is refused, and those before it stay apart', () => {
  const sets: WordSet[] = [];
  expect(() => {
    for (;;) sets.push(new WordSet([`word${'a'.repeat(sets.length)}`]));
  }).toThrow(RangeError);
  expect(sets.length).toBeGreaterThan(0);
  for (const [place, set] of sets.entries())
    for (const [other] of sets.entries()) expect(set.has(lookUp(`word${'a'.repeat(other)}`))).toBe(other === place);
  expect(isWhole()).toBe(true);
});

test('one word too many for the table of the scanner is refused, and it goes on answering', () => {
  const table = buildWordTable(scanner);
  expect(() => {
    for (let hash = 1; ; hash++) table.addBits(hash << 8, MATTERS);
  }).toThrow(RangeError);
  expect(isWhole()).toBe(true);
});
