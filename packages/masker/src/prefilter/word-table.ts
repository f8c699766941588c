/** One look-up per word for the pass that only glances at a text: what a word may mean, as bits. */

import type { Answer } from '../text/announcement.ts';
import { CORRECTIONS, DRAWN, FILLERS, HOLDS } from '../text/fillers.ts';
import { announcementOf, phrases } from '../text/lexicon.ts';
import { MONTHS } from '../text/months.ts';
import {
  HUNDRED,
  LIKENESSES,
  MAGNITUDES,
  ORDINALS,
  plural,
  REPEATS,
  TEENS,
  TENS,
  UNITS,
} from '../text/number-words.ts';
import { wordsOf } from '../text/word-groups.ts';
import {
  ADDRESS_WORD,
  ANNOUNCES_LONG,
  ANNOUNCES_SHORT,
  ANNOUNCES_WITH_DIGITS,
  CALENDAR_WORD,
  EXCLUDING,
  HESITATION,
  HOLDING,
  LEADING,
  MAYBE_EXCLUDING,
  NUMBER_WORD,
  OPENING,
  PAIRED,
  SPELLED_LETTER,
} from './scanner/assembly/bits.ts';
import { WINDOW, WORD, WORD_SLOTS } from './scanner/assembly/memory.ts';
import type { Scanner } from './scanner/scanner.ts';

const NUMBER_WORDS = [
  ...[UNITS, LIKENESSES, TEENS, TENS, REPEATS].flatMap((words) => [...words.keys()]),
  ...[...UNITS.keys()].map(plural),
  HUNDRED,
  ...MAGNITUDES,
];
/** Letters that are no words of their own. */
const SPELLED_LETTERS = 'bcdefghjklmnpqrstuvwxyz';
/** What may stand between two words that count; "a" and "i" are letters now and then. */
const HESITATIONS = [...FILLERS, ...DRAWN, ...CORRECTIONS, 'a', 'i', 'of'];
const CALENDAR_WORDS = [...MONTHS.keys(), ...ORDINALS.keys()];
/** Words beside which a value may come without any digit. */
const OPENING_WORDS = wordsOf({
  passwords: 'password passwords passwort passwd passphrase passphrases pwd pw secret memorable',
  passports: 'passport passports',
  birthdays: 'birth births birthday birthdays birthdate birthdates birthplace born bday bdays dob dobs',
  addresses: 'dot dots dotcom arroba gmail yahoo hotmail',
  answers: 'answer answers answered',
});

const ADDRESS_WORDS = 'dot arroba gmail yahoo hotmail outlook icloud'.split(' ');
/** Slots that are taken at most: beyond, a search for a word that is not known takes long. */
const MOST_WORDS = (WORD_SLOTS * 3) / 4;

/** Words too common to stand for a phrase where others can, the commonest first. */
const COMMON = wordsOf({
  everywhere: 'the i you a to and it of in is that for on my me was your with at no an from were us him her them',
  places: 'one two back first last',
  numbers: 'three four five six eight nine ten',
  qualities: 'new good best other number work home day year full front office',
  parts: 'numbers month digit digits security',
  rareNumbers: 'fifteen sixteen 3 4 6 8 5 15 16',
});

/** How rare a word is among others: the higher the rarer. */
function rarity(word: string): number {
  const place = COMMON.indexOf(word);
  return place < 0 ? COMMON.length : place;
}

function isCommon(word: string): boolean {
  return COMMON.includes(word);
}

/** What phrases do to a text, by what answers them; those of codes open nothing, yet what they ask for is noted. */
const BITS: Readonly<Record<Answer, number>> = {
  short: ANNOUNCES_SHORT,
  long: ANNOUNCES_LONG,
  address: ADDRESS_WORD,
  code: MAYBE_EXCLUDING,
  // A password may come without any digit.
  secret: ANNOUNCES_SHORT | OPENING,
  exclusion: EXCLUDING,
  unit: 0,
};

function isWord(token: string): boolean {
  return /^[a-z]+$/.test(token);
}

/** The word that stands for a phrase; undefined for one in another script, which the prefilter never dismisses. */
function tellingWord(tokens: readonly string[]): string | undefined {
  const words = tokens.filter(isWord);
  return words.findLast((word) => !isCommon(word)) ?? words.toSorted((a, b) => b.length - a.length)[0];
}

/**
 * The two words in a row that stand for a phrase, of several the least common. Undefined for a phrase without any: digits
 * and signs are no words to the pass.
 */
function tellingPair(words: readonly string[]): readonly [string, string] | undefined {
  const commonness = ([before, last]: readonly [string, string]): number =>
    (isCommon(before) ? 1 : 0) + (isCommon(last) ? 2 : 0);
  return words
    .slice(1)
    .map((last, at): readonly [string, string] => [words[at] ?? '', last])
    .filter((pair) => pair.every(isWord))
    .reverse()
    .sort((one, other) => commonness(one) - commonness(other))[0];
}

/** Beside these, signs make a password: "passcode is tulip!", "login is ana / kite#plum". */
const LOGIN_WORDS = ['passcode', 'passcodes', 'login', 'logins', 'credential', 'credentials', 'creds'];

/** The table of words in the memory of a scanner. */
export class WordTable {
  private readonly scanner: Scanner;
  /** Hashes that the scanner knows. */
  private readonly known = new Set<number>();
  /** Those that were added many at a time. */
  private many = 0;

  constructor(scanner: Scanner) {
    this.scanner = scanner;
  }

  mark(words: Iterable<string>, bits: number): void {
    for (const word of words) this.addBits(this.hash(word), bits);
  }

  markPair(before: string, last: string, bits: number): void {
    this.addBits(this.scanner.wasm.pairHash(this.hash(before), this.hash(last)), bits);
  }

  /**
   * Tells the scanner what a word, or a pair of words, may mean.
   *
   * @throws RangeError when hardly a slot is left: in a full table the scanner would search for ever
   */
  addBits(hash: number, bits: number): void {
    this.known.add(hash);
    this.checkRoom();
    this.scanner.wasm.addBits(hash, bits);
  }

  /** {@link addBits} for many hashes at once: with a call for each, a masker would take several times as long to make. */
  addAll(hashes: Uint32Array, bits: number): void {
    this.many += hashes.length;
    this.checkRoom();
    const integers = new Uint32Array(this.scanner.wasm.memory.buffer, WINDOW, hashes.length);
    integers.set(hashes);
    this.scanner.wasm.addAll(WINDOW, hashes.length, bits);
  }

  private checkRoom(): void {
    if (this.known.size + this.many > MOST_WORDS)
      throw new RangeError(`The scanner has room for ${MOST_WORDS} words: raise WORD_SLOTS.`);
  }

  private hash(word: string): number {
    return this.scanner.wasm.hashWord(this.scanner.memory().write(word, WORD, 'latin1'));
  }
}

/**
 * What is known about words and pairs of words, now in the memory of a scanner.
 *
 * @throws RangeError when there are more words than the table has room for
 */
export function buildWordTable(scanner: Scanner): WordTable {
  const table = new WordTable(scanner);
  markPhrases(table);
  table.mark(ADDRESS_WORDS, ADDRESS_WORD);
  table.mark(NUMBER_WORDS, NUMBER_WORD);
  table.mark(SPELLED_LETTERS, SPELLED_LETTER);
  table.mark(HESITATIONS, HESITATION);
  table.mark(CALENDAR_WORDS, CALENDAR_WORD);
  table.mark(OPENING_WORDS, OPENING);
  table.mark(LOGIN_WORDS, ANNOUNCES_SHORT | OPENING);
  table.mark(['log'], LEADING);
  table.markPair('log', 'in', ANNOUNCES_SHORT | OPENING);
  for (const [before, last] of HOLDS) {
    table.mark([before], LEADING);
    table.markPair(before, last, HOLDING);
  }
  return table;
}

/** Marks, of each phrase, the word or pair of words that stands for it. */
function markPhrases(table: WordTable): void {
  const all = [...phrases()].sort(([, a], [, b]) => a.length - b.length);
  const keys = new Map<string, number>();
  for (const [kind, words] of all) {
    const kindBit = BITS[announcementOf(kind)?.answer ?? 'short'];
    const bit = kindBit === EXCLUDING && words.length > 1 ? MAYBE_EXCLUDING : kindBit;
    const isTold = (bits: number): boolean => (bits & bit) === bit || (bits & kindBit) === kindBit;
    if (bit === 0 || words.some((word) => isTold(keys.get(word) ?? 0))) continue;
    const pair = tellingPair(words);
    if (pair !== undefined) {
      const [before, last] = pair;
      // The rarer of the two is the one to be met with care.
      if (rarity(before) < rarity(last)) keys.set(last, (keys.get(last) ?? 0) | PAIRED);
      else keys.set(before, (keys.get(before) ?? 0) | LEADING);
      table.markPair(before, last, bit);
      continue;
    }
    const single = tellingWord(words);
    if (single === undefined) continue;
    const isNumbered = bit === ANNOUNCES_SHORT && words.some((word) => /^\d+$/.test(word));
    keys.set(single, (keys.get(single) ?? 0) | (isNumbered ? ANNOUNCES_WITH_DIGITS : bit));
  }
  for (const [word, bits] of keys) table.mark([word], bits);
}
