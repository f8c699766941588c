// What has been seen of one text so far: words that the table knows, runs of digits, signs; and the verdict on it all.
import {
  ADDRESS_WORD,
  ANNOUNCES_LONG,
  ANNOUNCES_SHORT,
  ANNOUNCES_WITH_DIGITS,
  ASKS_NAME,
  ASKS_PLACE,
  BLANK,
  CALENDAR_WORD,
  COLON,
  DEPENDS,
  DIGIT,
  EXCLUDING,
  FOREIGN,
  HESITATION,
  HOLDING,
  LATIN,
  LEADING,
  LETTER,
  LONG_DIGITS,
  MATTERS,
  MAYBE_EXCLUDING,
  NAMING,
  NUMBER_WORD,
  ODD,
  ODD_SIGN,
  OPENING,
  PAIRED,
  PLACING,
  POINT,
  SIGN,
  SPELLED_LETTER,
  SUSPICIOUS,
} from './bits';
import { KINDS } from './memory';
import { bitsOf, pairHash } from './words';

/** Of names and addresses. */
const ENTITIES: u32 = NAMING | PLACING | ASKS_NAME | ASKS_PLACE;
const ASKING: u32 = ANNOUNCES_SHORT | ANNOUNCES_LONG | ADDRESS_WORD | EXCLUDING | MAYBE_EXCLUDING | ENTITIES;

/** Words that count: two in a row may be a number, a date or something that is spelled. */
const COUNTING: u32 = NUMBER_WORD | SPELLED_LETTER | CALENDAR_WORD;

/** So far there are only hesitations in a text that may be one number word. */
const STARTING: u32 = HESITATION;

/** Digits that may be something without a word to say so: a phone number, an SSN, a card. */
const TELLING_DIGITS: i32 = 9;
/** Digits that "number", "phone" or "account" make something of. */
const ANNOUNCED_DIGITS: i32 = 6;
/** Digits that a word of another turn makes something of. */
const SHORT_DIGITS: i32 = 3;
/** Digits that are shown of a card or an account. */
const TAIL_DIGITS: i32 = 4;
/** Digits of one number word: "eighty". */
const LONGEST_NUMBER_WORD: i32 = 2;
/** Gap between digits that may still belong together. */
const LONGEST_GAP: i32 = 12;
/** Colons of a hardware address. */
const TELLING_COLONS: i32 = 6;
/** The longest number word with a sign after it: an entry of a word list. */
export const LONGEST_LONE_WORD: i32 = 11;

/** A number of a turn that holds nothing else: the day of a birthday. */
const LONGEST_LONE_NUMBER: i32 = 4;

// What has been seen of a text so far; a long one is read in pieces.
let flags: u32 = 0;
/** Where the text begins: an address. */
export let from: usize = 0;
let lastNumber: i32 = -2;
let numberWords: i32 = 0;
/** Hesitations among the words that were asked for. */
let hesitations: i32 = 0;
/** What is worth asking of the next word: LEADING, COUNTING after a word that counts, or STARTING. */
export let awaited: u32 = 0;
let run: i32 = 0;
let longestRun: i32 = 0;
let lastDigit: usize = 0;
let dots: i32 = 0;
let colons: i32 = 0;
let hasPoint: bool = false;
let hasDigits: bool = false;

/** Adds flags that a sign raises by itself. */
export function note(bits: u32): void {
  flags |= bits;
}

/** The text is so short that one word may be all of it. */
export function awaitStart(): void {
  awaited = STARTING;
}

/** The kind of the code unit at an address: {@link LETTER} and so on. */
export function kindAt(at: usize): i32 {
  return load<u8>(KINDS + load<u16>(at));
}

/** Starts on another text at an address. */
export function beginSeen(start: usize): void {
  flags = 0;
  from = start;
  lastNumber = -2;
  numberWords = 0;
  awaited = 0;
  hesitations = 0;
  run = 0;
  longestRun = 0;
  lastDigit = start - 200;
  dots = 0;
  colons = 0;
  hasPoint = false;
  hasDigits = false;
}

/** The text has moved down in memory by so many bytes. */
export function shiftSeen(bytes: usize): void {
  // The start may lie before all memory: only differences matter, and they are signed.
  from -= bytes;
  lastDigit -= bytes;
}

/** Notes what the table says of the word with that number, and of it and the one before. */
export function know(found: u32, number: i32, before: u32, hash: u32): void {
  const bits = withPair(found, before, hash);
  let next = bits & LEADING;
  if ((bits & COUNTING) !== 0) {
    if (number - lastNumber === 1) flags |= SUSPICIOUS | DEPENDS;
    lastNumber = number;
    next |= COUNTING;
    if ((bits & NUMBER_WORD) !== 0) numberWords++;
  } else if ((bits & HESITATION) !== 0 && (awaited & (COUNTING | STARTING)) !== 0) {
    hesitations++;
    if ((awaited & COUNTING) !== 0) lastNumber = number;
    next |= awaited & (COUNTING | STARTING);
  }
  awaited = next;
  flags |= bits;
}

/** What the table says of a word, with what it says of the word and the one before. */
export function withPair(bits: u32, before: u32, hash: u32): u32 {
  return (bits & PAIRED) !== 0 || (awaited & LEADING) !== 0 ? bits | bitsOf(pairHash(before, hash)) : bits;
}

/** Takes note of digits: how many, in which group, and whether they are an ordinary number. */
export function readNumber(start: usize, end: usize): void {
  flags |= SUSPICIOUS;
  hasDigits = true;
  const gap = <i32>(start - lastDigit) >> 1;
  dots = gap === 1 && load<u16>(start - 2) === 0x2e ? dots + 1 : 0;
  // "192.0.2.17", "192.0.2.17:8080"
  if (dots >= 3) flags |= MATTERS;
  const count = <i32>((end - start) >> 1);
  const before = <i32>(start - from) >> 1;
  // "10:30"
  if (
    count <= 2 &&
    ((load<u16>(end) === 0x3a && kindAt(end + 2) === DIGIT) ||
      (before >= 2 && load<u16>(start - 2) === 0x3a && kindAt(start - 4) === DIGIT))
  ) {
    lastDigit = end;
    return;
  }
  // "1Z12345E0205271688": a letter right before the digits, and a digit before that letter.
  const isInCode = before >= 2 && kindAt(start - 2) === LETTER && kindAt(start - 4) === DIGIT;
  const counted = isInCode ? 0 : count;
  run = gap <= LONGEST_GAP ? run + counted : counted;
  lastDigit = end;
  if (run > longestRun) longestRun = run;
  if (counted === TAIL_DIGITS && before >= 2 && hides(load<u16>(start - 2)) && isHidden(load<u16>(start - 4)))
    flags |= MATTERS;
}

/** "**4242", "xx4242": signs stand for the digits before. */
function hides(unit: u32): bool {
  return unit === 0x2a || (unit | 0x20) === 0x78;
}

/** "x4242", "**4242": nothing but blanks or more such signs before the last one. */
function isHidden(unit: u32): bool {
  return hides(unit) || load<u8>(KINDS + unit) === BLANK;
}

/** Takes note of a sign and of what is beside it. */
export function readSign(at: usize): void {
  const unit: u32 = load<u16>(at);
  const next: u32 = load<u16>(at + 2);
  switch (<i32>load<u8>(KINDS + unit)) {
    case POINT: {
      hasPoint = true;
      // "example.org"
      if (load<u8>(KINDS + next) === LETTER && kindAt(at + 4) === LETTER && at !== from) flags |= SUSPICIOUS;
      break;
    }
    case COLON: {
      colons++;
      if (next === 0x3a) flags |= MATTERS;
      break;
    }
    case FOREIGN: {
      flags |= ANNOUNCES_SHORT | ANNOUNCES_LONG | MATTERS;
      break;
    }
    case ODD_SIGN: {
      flags |= SUSPICIOUS | MATTERS | NAMING | PLACING;
      break;
    }
    case LATIN: {
      flags |= NAMING | PLACING;
      break;
    }
    case ODD: {
      flags |= MATTERS;
      break;
    }
    case SIGN: {
      // A percent sign that ends an amount and an ampersand between words say nothing.
      if (unit === 0x40) flags |= SUSPICIOUS | MATTERS;
      else if (unit === 0x25) flags |= endsAmount(next) ? SUSPICIOUS : SUSPICIOUS | MATTERS;
      else if (unit === 0x26)
        flags |= next === 0x23 || load<u8>(KINDS + next) === LETTER ? SUSPICIOUS | MATTERS : SUSPICIOUS;
      else flags |= MATTERS;
      break;
    }
  }
}

function endsAmount(unit: u32): bool {
  return (
    unit === 0x20 ||
    unit === 0x09 ||
    unit === 0x0a ||
    unit === 0x0d ||
    unit === 0x2c ||
    unit === 0x2e ||
    unit === 0x22 ||
    unit === 0x5c
  );
}

/**
 * The prefilter's flags of what has been seen.
 *
 * @param words how many there are in the text
 */
export function verdict(end: usize, words: i32): u32 {
  // A street without a number is none.
  if (!hasDigits && numberWords === 0) flags &= ~PLACING;
  if ((flags & OPENING) !== 0) flags |= SUSPICIOUS;
  if ((flags & ANNOUNCES_WITH_DIGITS) !== 0 && (hasDigits || (flags & MATTERS) !== 0)) flags |= ANNOUNCES_SHORT;
  if (numberWords > 0 && words - hesitations === numberWords && <i32>(end - from) >> 1 <= LONGEST_LONE_WORD)
    flags |= SUSPICIOUS;
  if ((flags & HOLDING) !== 0 && numberWords >= 2) flags |= SUSPICIOUS;
  if ((flags & SUSPICIOUS) === 0) return flags & ASKING;
  const asks = flags & ASKING;
  // "1980 eighty": said after digits that are written, a word adds two to them at most. Two such words matter anyway.
  const digits = numberWords === 1 ? longestRun + LONGEST_NUMBER_WORD : longestRun;
  if (
    (flags & (ANNOUNCES_SHORT | ADDRESS_WORD | MATTERS)) !== 0 ||
    numberWords >= 2 ||
    digits >= TELLING_DIGITS ||
    colons >= TELLING_COLONS ||
    ((flags & ANNOUNCES_LONG) !== 0 && digits >= ANNOUNCED_DIGITS) ||
    (hasPoint && longestRun === 0 && numberWords === 0)
  )
    return asks | SUSPICIOUS | MATTERS;
  if (digits >= ANNOUNCED_DIGITS) return asks | SUSPICIOUS | DEPENDS | LONG_DIGITS;
  // "22 july"
  const isDated = hasDigits && (flags & CALENDAR_WORD) !== 0;
  const isLone = hasDigits && <i32>(end - from) >> 1 <= LONGEST_LONE_NUMBER;
  return (
    asks |
    (flags & DEPENDS) |
    SUSPICIOUS |
    (longestRun >= SHORT_DIGITS || numberWords > 0 || isLone || isDated ? DEPENDS : 0)
  );
}
