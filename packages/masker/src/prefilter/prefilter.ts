/**
 * Cheap questions that a text must answer yes to before any rule looks at it. The prefilter may keep too many texts, never
 * too few: one that it dismisses holds nothing the rules could find. One pass answers them all: it also tells the
 * ordinary numbers of conversation ("order 4471220", "$84.50", "at 10:30") from those worth taking apart, and notes what
 * the text asks for, so that no turn is read again when a later one wants to know. The pass itself is in
 * `assembly/look.ts`.
 */
import type { Lexicon } from '../lexicon/lexicon.ts';
import { markEntities } from './entity-words.ts';
import {
  ADDRESS_WORD,
  ANNOUNCES_LONG,
  ANNOUNCES_SHORT,
  APOSTROPHE,
  ASKS_NAME,
  ASKS_PLACE,
  BLANK,
  COLON,
  DIGIT,
  EXCLUDING,
  FOREIGN,
  IN_MEMBER,
  LATIN,
  LETTER,
  MAYBE_EXCLUDING,
  NAMING,
  ODD,
  ODD_SIGN,
  PLACING,
  POINT,
  QUOTE,
  SIGN,
  SUSPICIOUS,
} from './scanner/assembly/bits.ts';
import { KINDS, MASKED_LETTERS, MASKS, UNIT_MASKS } from './scanner/assembly/memory.ts';
import { Scanner } from './scanner/scanner.ts';
import { buildWordTable } from './word-table.ts';

export {
  ASKS_NAME,
  ASKS_PLACE,
  DEPENDS,
  IN_MEMBER,
  LONG_DIGITS,
  MATTERS,
  NAMING,
  PLACING,
  SUSPICIOUS,
} from './scanner/assembly/bits.ts';

/** A rule, or what looks for names and addresses, could find something: what the scanner makes a suspect of. */
export const WORTH_READING = SUSPICIOUS | NAMING | PLACING | ASKS_NAME | ASKS_PLACE | IN_MEMBER;
/** The text names something short or telling: a card, a birthday, a code. */
export const ASKS_SHORT = ANNOUNCES_SHORT;
/** The text names a phone or an account. */
export const ASKS_LONG = ANNOUNCES_LONG;
/** The text has a word of an e-mail address. */
export const ASKS_ADDRESS = ADDRESS_WORD;
/** The text holds a word that excludes by itself: it talks about orders and the like. */
export const EXCLUDES = EXCLUDING;
/** The text holds a word of a phrase that excludes. */
export const MAY_EXCLUDE = MAYBE_EXCLUDING;

/**
 * Code units beyond ASCII that make a text suspicious by themselves: digits and their forms in other scripts, invisible
 * characters. First and last of each range.
 */
const SIGNS: readonly (readonly [number, number])[] = [
  [0xad, 0xad],
  [0xb2, 0xb3],
  [0xb9, 0xb9],
  [0x600, 0x180a],
  [0x180e, 0x1fff],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x209f],
  [0x2460, 0x24ff],
  [0xa620, 0xabff],
  [0xd801, 0xd83b],
  [0xfe00, 0xffff],
];

/** Writes what each code unit is. */
function buildKinds(scanner: Scanner): void {
  const kinds = scanner.memory().subarray(KINDS, KINDS + (1 << 16));
  kinds.fill(ODD, 0xa1, 0xc0);
  kinds.fill(LATIN, 0xc0, 0x250);
  kinds.fill(FOREIGN, 0x250);
  kinds.fill(BLANK, 0x2010, 0x2028);
  for (const [first, last] of SIGNS) kinds.fill(ODD_SIGN, first, last + 1);
  kinds.fill(DIGIT, 0x30, 0x3a);
  kinds.fill(LETTER, 0x41, 0x5b);
  kinds.fill(LETTER, 0x61, 0x7b);
  for (const [characters, kind] of [
    ["'\u2019", APOSTROPHE],
    ['.', POINT],
    [':', COLON],
    ['@%&+<', SIGN],
    ['"\\', QUOTE],
  ] as const)
    for (const character of characters) kinds[character.charCodeAt(0)] = kind;
}

/** Letters of a word that its hash is made of, and units of a name that are compared at once. */
const MASKED = 16;

/** Writes the masks that leave the first bytes or units of vectors. */
function buildMasks(scanner: Scanner): void {
  const memory = scanner.memory();
  for (let length = 0; length <= MASKED_LETTERS; length++) {
    const mask = MASKS + length * MASKED;
    memory.fill(0xff, mask, mask + Math.min(length, MASKED));
  }
  for (let length = 0; length <= MASKED; length++) {
    const mask = UNIT_MASKS + length * MASKED * 2;
    memory.fill(0xff, mask, mask + length * 2);
  }
}

/**
 * A scanner that knows what characters and words mean.
 *
 * @param lexicon of names and addresses; without one no text is worth reading for those
 *
 * @example (openScanner().lookAt('see you tomorrow') & SUSPICIOUS) === 0 // true
 */
export function openScanner(lexicon?: Lexicon): Scanner {
  const scanner = new Scanner();
  buildKinds(scanner);
  buildMasks(scanner);
  const table = buildWordTable(scanner);
  if (lexicon !== undefined) markEntities(table, lexicon);
  return scanner;
}
