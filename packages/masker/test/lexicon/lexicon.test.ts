import { expect, test } from 'vitest';
import { encodeLexicon, Lexicon } from '../../src/lexicon/lexicon.ts';
import { fold, hashWord, WORD_CLASS } from '../../src/lexicon/word-class.ts';
import { openScanner } from '../../src/prefilter/prefilter.ts';
import { WORD } from '../../src/prefilter/scanner/assembly/memory.ts';
import { LEXICON } from '../masker.ts';

test('a lexicon answers what it was made of, and nothing for other words', () => {
  const classes = new Map([
    ['sarah', WORD_CLASS.STRONG_FIRST],
    ['stone', WORD_CLASS.SURNAME | WORD_CLASS.WORD],
  ]);
  const lexicon = new Lexicon(encodeLexicon(classes));
  for (const [word, bits] of classes) expect(lexicon.classOf(word)).toBe(bits);
  expect(lexicon.classOf('river')).toBe(0);
});

test('bytes that are no lexicon are refused', () => {
  expect(() => new Lexicon(new Uint8Array(20))).toThrow('not the lexicon');
  expect(() => new Lexicon(LEXICON.subarray(0, 90_000))).toThrow('cut off');
});

test.each(['a', 'ann', 'sarah', 'elizabeth', 'christopher', 'bartholomew', 'konstantinopolis', 'konstantinopolitan'])(
  'the hash of %s is the one that the scanner makes',
  (word) => {
    const scanner = openScanner();
    scanner.memory().write(word, WORD, 'latin1');
    expect(hashWord(word)).toBe(scanner.wasm.hashWord(word.length) >>> 0);
  },
);

test('words are folded: accents, capitals', () => {
  expect(['José', 'Zbyněk', 'Strauß', 'LAURA'].map(fold)).toEqual(['jose', 'zbynek', 'strauss', 'laura']);
});

test('the lexicon that is shipped knows the classes of words', () => {
  const lexicon = new Lexicon(LEXICON);
  const has = (word: string, bit: number): boolean => (lexicon.classOf(word) & bit) !== 0;
  expect(has('priya', WORD_CLASS.STRONG_FIRST)).toBe(true);
  expect(has('mark', WORD_CLASS.STRONG_FIRST)).toBe(false);
  expect(has('mark', WORD_CLASS.WEAK_FIRST)).toBe(true);
  expect(has('nguyen', WORD_CLASS.SURNAME)).toBe(true);
  expect(has('boulevard', WORD_CLASS.SUFFIX)).toBe(true);
  expect(has('ohio', WORD_CLASS.STATE)).toBe(true);
  expect(has('doctor', WORD_CLASS.TITLE)).toBe(true);
  expect(has('barclays', WORD_CLASS.ORGANISATION)).toBe(true);
});
