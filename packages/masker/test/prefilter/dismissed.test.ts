import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detect } from '../../src/detect/detect.ts';
import { resolveOptions } from '../../src/model/options.ts';
import type { TermKind } from '../../src/model/type-table.ts';
import { DEPENDS, MATTERS, SUSPICIOUS } from '../../src/prefilter/prefilter.ts';
import { CORRECTIONS, DRAWN, FILLERS, HOLDS } from '../../src/text/fillers.ts';
import { phrases } from '../../src/text/lexicon.ts';
import { MONTHS } from '../../src/text/months.ts';
import {
  HOMOPHONES,
  HUNDRED,
  LIKENESSES,
  MAGNITUDES,
  ORDINALS,
  plural,
  REPEATS,
  TEENS,
  TENS,
  UNITS,
} from '../../src/text/number-words.ts';
import { lookAt } from '../masker.ts';

const settings = resolveOptions({});
/** Phrases as they are written: what is beyond ASCII stands in the middle of words. */
const PHRASES = [...phrases()].map(
  ([kind, words]) => [kind, words.join(' ').replace(/ ?([\u0080-\uffff]) ?/g, '$1')] as const,
);
const KINDS = [...new Set(PHRASES.map(([kind]) => kind))];

/** What the detector finds in a text that the prefilter dismisses, alone or whatever another turn has asked for. */
function missed(text: string, priors: readonly TermKind[] = KINDS): string[] {
  const flags = lookAt(text);
  const isSuspicious = (flags & SUSPICIOUS) !== 0;
  if (isSuspicious && (flags & MATTERS) !== 0) return [];
  const alone = detect(text, settings).map(({ type }) => type);
  const asked =
    isSuspicious && (flags & DEPENDS) !== 0 ? [] : priors.filter((kind) => detect(text, settings, [kind]).length > 0);
  return [...alone, ...asked.map((kind) => `${kind} was asked for`)];
}

const UNIT_WORDS = [...UNITS.keys()];
const NUMBER_WORDS = [...UNIT_WORDS, ...TEENS.keys(), ...TENS.keys(), ...REPEATS.keys(), HUNDRED, ...MAGNITUDES];
const LOOSE_WORDS = [...LIKENESSES.keys(), ...HOMOPHONES.keys(), ...UNIT_WORDS.map(plural)];
const BETWEEN = [...FILLERS, ...DRAWN, ...CORRECTIONS, ...HOLDS.map((words) => words.join(' ')), 'i', 'tea'];

describe('what the prefilter dismisses, the detector finds nothing in', () => {
  test.each([...UNIT_WORDS, ...LIKENESSES.keys()])('said four times: %s', (word) => {
    const said = Array.from({ length: 4 }, () => word).join(' ');
    expect(missed(said)).toEqual([]);
    for (const [, phrase] of PHRASES) expect([phrase, missed(`my ${phrase} is ${said}`, [])]).toEqual([phrase, []]);
  });

  test('every phrase of the vocabulary, with digits before and after it', () => {
    const values = [
      '731',
      '4471',
      'seven three one',
      'niner oh one',
      'aught two',
      'the third of may',
      'tulip7',
      'oh oh oh oh',
    ];
    const failures = PHRASES.flatMap(([, phrase]) =>
      values.flatMap((value) =>
        [`the ${phrase} is ${value}`, `${value} is the ${phrase}`, `${phrase} ${value}`].filter(
          (text) => missed(text, []).length > 0,
        ),
      ),
    );
    expect(failures).toEqual([]);
  });

  test('every word of the lexicon in any place of a number', () => {
    const failures: string[] = [];
    const words = [...NUMBER_WORDS, ...LOOSE_WORDS, ...ORDINALS.keys(), ...MONTHS.keys()];
    for (const word of words)
      for (const text of [
        `${word} four five`,
        `four ${word} five`,
        `four five ${word}`,
        `oh oh ${word}`,
        `oh ${word} oh`,
        `${word} oh oh`,
        `double ${word} two`,
        `triple ${word}`,
        `twenty ${word}`,
        `${word} twenty`,
        `${word} hundred`,
        `${word}`,
        `${word} ${word} ${word}`,
      ])
        if (missed(text).length > 0 || missed(`cvv ${text}`, []).length > 0) failures.push(text);
    expect(failures).toEqual([]);
  });

  test('one number word among digits that are written', () => {
    const failures: string[] = [];
    for (const word of NUMBER_WORDS)
      for (const text of [
        `account 1980 ${word}`,
        `1980 ${word} account`,
        `call me on 41555 ${word}`,
        `${word} 41555501`,
      ])
        if (missed(text, []).length > 0) failures.push(text);
    expect(failures).toEqual([]);
  });

  test('what people say between two digits', () => {
    const failures: string[] = [];
    for (const filler of BETWEEN)
      for (const text of [
        `four ${filler} five ${filler} two`,
        `oh ${filler} oh ${filler} oh`,
        `forty ${filler} twelve`,
      ])
        if (missed(text).length > 0 || missed(`cvv ${text}`, []).length > 0) failures.push(text);
    expect(failures).toEqual([]);
  });

  test('all of it together', () => {
    const word = fc.oneof(
      { arbitrary: fc.constantFrom(...NUMBER_WORDS), weight: 4 },
      { arbitrary: fc.constantFrom(...LOOSE_WORDS), weight: 3 },
      { arbitrary: fc.constantFrom(...BETWEEN), weight: 2 },
      { arbitrary: fc.constantFrom(...ORDINALS.keys(), ...MONTHS.keys()), weight: 1 },
      { arbitrary: fc.constantFrom('-', ',', '.', 'lines', 'is', '5', '22', '447', '1980', 'tulip'), weight: 1 },
    );
    const phrase = fc.option(fc.constantFrom(...PHRASES.map(([, words]) => words)), { nil: '' });
    fc.assert(
      fc.property(phrase, fc.array(word, { maxLength: 7 }), phrase, (before, words, after) => {
        const text = [before, ...words, after].filter((part) => part !== '').join(' ');
        expect(missed(text)).toEqual([]);
      }),
      { numRuns: 20_000 },
    );
  });
});
