/**
 * Cheap questions that a text must answer yes to before any rule looks at it. A gate may open too often, never too
 * seldom: a text that passes none holds nothing the rules could find. One pass answers them all: it also tells the
 * ordinary numbers of conversation ("order 4471220", "$84.50", "at 10:30") from those worth taking apart, and notes what
 * the text asks for, so that no turn is read again when a later one wants to know.
 */
import {
  ADDRESS_WORD,
  ARMING,
  bitsOf,
  CALENDAR_WORD,
  extendHash,
  HESITATION,
  MAYBE_RELEASING,
  NUMBER_WORD,
  OPENING,
  PAIRED,
  pairBitsOf,
  RELEASING,
  WEAK,
  ZERO_WORD,
} from './word-table.ts';

/** The text names something short, a phone or an account, an address, or talks about orders and the like. */
export const ASKS_SHORT = ARMING;
export const ASKS_LONG = WEAK;
export const ASKS_ADDRESS = ADDRESS_WORD;
export const RELEASES = RELEASING;
export const MAY_RELEASE = MAYBE_RELEASING;
const ASKING = ASKS_SHORT | ASKS_LONG | ASKS_ADDRESS | RELEASES | MAY_RELEASE;
/** A rule could find something in the text. */
export const SUSPICIOUS = 1 << 16;
/** Take the text apart. */
export const MATTERS = 1 << 17;
/** Only words of other turns, or digits that go on in them, could make something of it. */
export const DEPENDS = 1 << 18;
/** There are digits enough for a phone or an account. */
export const LONG_DIGITS = 1 << 19;

/** Digits that may be something without a word to say so: a phone number, an SSN, a card. */
const TELLING_DIGITS = 9;
/** Digits that "number", "phone" or "account" make something of. */
const WEAK_DIGITS = 6;
/** Digits that a word of another turn makes something of. */
const SHORT_DIGITS = 3;
/** Digits that are shown of a card or an account. */
const TAIL_DIGITS = 4;
/** Gap between digits that may still belong together. */
const LONGEST_GAP = 12;
/** Colons of a hardware address. */
const TELLING_COLONS = 6;

/**
 * Code units beyond ASCII that open the gate by themselves: digits and their forms in other scripts, invisible
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

const LETTER = 1;
const DIGIT = 2;
const APOSTROPHE = 3;
const POINT = 4;
const COLON = 5;
/** `@ % & + <`: signs of addresses and of encoded characters. */
const SIGN = 6;
/** A letter of a script whose words are not in the table: it may ask for anything. */
const FOREIGN = 7;
/** Beyond ASCII and no letter. */
const ODD = 8;
/** One of {@link SIGNS}. */
const ODD_SIGN = 9;
/** Ends a JSON string, or hides something in it. */
const QUOTE = 10;

/** What each code unit is; 0 for what separates words and says nothing. */
const KINDS = new Uint8Array(1 << 16);
KINDS.fill(ODD, 0xa1, 0xc0);
KINDS.fill(FOREIGN, 0x250);
KINDS.fill(0, 0x2010, 0x2028);
for (const [first, last] of SIGNS) KINDS.fill(ODD_SIGN, first, last + 1);
KINDS.fill(DIGIT, 0x30, 0x3a);
KINDS.fill(LETTER, 0x41, 0x5b);
KINDS.fill(LETTER, 0x61, 0x7b);
for (const [characters, kind] of [
  ["'\u2019", APOSTROPHE],
  ['.', POINT],
  [':', COLON],
  ['@%&+<', SIGN],
  ['"\\', QUOTE],
] as const)
  for (const character of characters) KINDS[character.charCodeAt(0)] = kind;

/** The longest number word with a sign after it: an entry of a word list. */
const LONGEST_LONE_WORD = 11;

/** Where the last {@link look} ended. */
export let lookEnd = 0;

/**
 * Reads UTF-16 code units up to the next quote or backslash at `end` or later, which there must be.
 *
 * @param end 0 for the content of a JSON string: the first quote or backslash ends it
 * @returns {@link SUSPICIOUS}, {@link MATTERS} or {@link DEPENDS} and what the text asks for, as bits
 */
export function look(units: Uint16Array, from: number, end = 0): number {
  let flags = 0;
  let at = from;
  let words = 0;
  let lastNumber = -2;
  let lastHash = 0;
  let numberWords = 0;
  let run = 0;
  let longestRun = 0;
  let lastDigit = from - 100;
  let dots = 0;
  let colons = 0;
  let hasPoint = false;
  for (;;) {
    let code = units[at] as number;
    let kind = KINDS[code];
    if (kind === LETTER) {
      const start = at;
      let hash = 0;
      do {
        hash = extendHash(hash, code);
        code = units[++at] as number;
        kind = KINDS[code];
        if (kind === APOSTROPHE) {
          code = units[++at] as number;
          kind = KINDS[code];
        }
      } while (kind === LETTER);
      let bits = bitsOf(hash);
      words++;
      if (bits !== 0) {
        if ((bits & PAIRED) !== 0) bits |= pairBitsOf(lastHash, hash);
        if ((bits & (NUMBER_WORD | ZERO_WORD | CALENDAR_WORD)) !== 0) {
          if (words - lastNumber === 1) flags |= SUSPICIOUS | DEPENDS;
          if (lastNumber >= 0 || (bits & ZERO_WORD) === 0) lastNumber = words;
          if ((bits & CALENDAR_WORD) === 0) numberWords++;
        } else if ((bits & HESITATION) !== 0) words--;
        flags |= bits;
      }
      // "GB82 WEST…": an account number begins like this.
      if (kind === DIGIT && at - start === 2 && KINDS[units[at + 1] as number] === DIGIT) flags |= MATTERS;
      lastHash = hash;
    } else if (kind === 0) at++;
    else if (kind === DIGIT) {
      const start = at;
      do code = units[++at] as number;
      while (KINDS[code] === DIGIT);
      flags |= SUSPICIOUS;
      const gap = start - lastDigit;
      dots = gap === 1 && KINDS[units[start - 1] as number] === POINT ? dots + 1 : 0;
      // "192.0.2.17", "192.0.2.17:8080"
      if (dots >= 3) flags |= MATTERS;
      // "10:30"
      if (at - start <= 2 && isClock(units, start, at, from)) lastDigit = at;
      else {
        const count = isInCode(units, start, from) ? 0 : at - start;
        run = gap <= LONGEST_GAP ? run + count : count;
        lastDigit = at;
        if (run > longestRun) longestRun = run;
        if (count === TAIL_DIGITS && isHidden(units, start, from)) flags |= MATTERS;
      }
    } else if (kind === QUOTE) {
      if (at >= end) break;
      at++;
    } else {
      if (kind === POINT) {
        hasPoint = true;
        // "example.org"
        if (KINDS[units[at + 1] as number] === LETTER && KINDS[units[at + 2] as number] === LETTER && at > from)
          flags |= SUSPICIOUS;
      } else if (kind === COLON) {
        colons++;
        if (KINDS[units[at + 1] as number] === COLON) flags |= MATTERS;
      } else if (kind === FOREIGN) flags |= ASKS_SHORT | ASKS_LONG | MATTERS;
      else if (kind === ODD_SIGN) flags |= SUSPICIOUS | MATTERS;
      else if (kind === ODD) flags |= MATTERS;
      else if (kind === SIGN) flags |= signFlags(units, at);
      at++;
    }
  }
  lookEnd = at;
  if ((flags & OPENING) !== 0) flags |= SUSPICIOUS;
  if (words === 1 && numberWords === 1 && at - from <= LONGEST_LONE_WORD) flags |= SUSPICIOUS;
  if ((flags & SUSPICIOUS) === 0) return flags & ASKING;
  const matters =
    (flags & (ARMING | ADDRESS_WORD | MATTERS)) !== 0 ||
    numberWords >= 2 ||
    longestRun >= TELLING_DIGITS ||
    colons >= TELLING_COLONS ||
    ((flags & WEAK) !== 0 && longestRun >= WEAK_DIGITS) ||
    (hasPoint && longestRun === 0 && numberWords === 0);
  if (matters) return (flags & ASKING) | SUSPICIOUS | MATTERS;
  if (longestRun >= WEAK_DIGITS) return (flags & ASKING) | SUSPICIOUS | DEPENDS | LONG_DIGITS;
  return (flags & (ASKING | DEPENDS)) | SUSPICIOUS | (longestRun >= SHORT_DIGITS || numberWords > 0 ? DEPENDS : 0);
}

/** "10:30": digits at both sides of a colon. */
function isClock(units: Uint16Array, start: number, end: number, from: number): boolean {
  return (
    (KINDS[units[end] as number] === COLON && KINDS[units[end + 1] as number] === DIGIT) ||
    (start - 2 >= from && KINDS[units[start - 1] as number] === COLON && KINDS[units[start - 2] as number] === DIGIT)
  );
}

/** "**4242", "xx4242": signs stand for the digits before. */
function isHidden(units: Uint16Array, start: number, from: number): boolean {
  const hides = (unit: number): boolean => unit === ASTERISK || (unit | 0x20) === LETTER_X;
  return start - 2 >= from && hides(units[start - 1] as number) && hides(units[start - 2] as number);
}

/** "1Z12345E0205271688": a letter right before the digits, and a digit before that letter. */
function isInCode(units: Uint16Array, start: number, from: number): boolean {
  return (
    start - 2 >= from && KINDS[units[start - 1] as number] === LETTER && KINDS[units[start - 2] as number] === DIGIT
  );
}

const ASTERISK = 0x2a;
const LETTER_X = 0x78;
const PERCENT = 0x25;
const AMPERSAND = 0x26;
const AT = 0x40;
const HASH = 0x23;
const BLANKS = new Set([...' \t\n\r,."\\'].map((character) => character.charCodeAt(0)));

/** A percent sign that ends an amount and an ampersand between words say nothing. */
function signFlags(units: Uint16Array, at: number): number {
  const code = units[at] as number;
  const next = units[at + 1] as number;
  if (code === AT) return SUSPICIOUS | MATTERS;
  if (code === PERCENT) return SUSPICIOUS | (BLANKS.has(next) ? 0 : MATTERS);
  if (code === AMPERSAND) return SUSPICIOUS | (next === HASH || KINDS[next] === LETTER ? MATTERS : 0);
  return MATTERS;
}

/** {@link look} at a text that stands for itself. */
export function lookAt(text: string): number {
  const { length } = text;
  const units = length + 2 < scratch.length ? scratch : new Uint16Array(length + 3);
  for (let at = 0; at < length; at++) units[at] = text.charCodeAt(at);
  units[length] = 0x22;
  return look(units, 0, length);
}

const scratch = new Uint16Array(1 << 12);
