import {
  ADDRESS_WORD,
  APOSTROPHE,
  ARMING,
  ARMING_WITH_DIGITS,
  BLANK,
  CALENDAR_WORD,
  COLON,
  DEPENDS,
  DIGIT,
  FOREIGN,
  HESITATION,
  HOLDING,
  LEADING,
  LETTER,
  LONG_DIGITS,
  MATTERS,
  MAYBE_RELEASING,
  NUMBER_WORD,
  ODD,
  ODD_SIGN,
  OPENING,
  PAIRED,
  POINT,
  RELEASING,
  SIGN,
  SPELLED_LETTER,
  SUSPICIOUS,
  WEAK,
} from './bits';
import { KINDS, LOWER, MASKED_LETTERS, WORD } from './memory';
import { bitsOf, hashAt, mayKnow, pairHash } from './words';

const ASKING: u32 = ARMING | WEAK | ADDRESS_WORD | RELEASING | MAYBE_RELEASING;

/** Words that count: two in a row may be a number, a date or something that is spelled. */
const COUNTING: u32 = NUMBER_WORD | SPELLED_LETTER | CALENDAR_WORD;

/** So far there are only hesitations in a text that may be one number word. */
const STARTING: u32 = HESITATION;

/** Digits that may be something without a word to say so: a phone number, an SSN, a card. */
const TELLING_DIGITS: i32 = 9;
/** Digits that "number", "phone" or "account" make something of. */
const WEAK_DIGITS: i32 = 6;
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
const LONGEST_LONE_WORD: i32 = 11;

const LETTER_S: u32 = 0x73;

/** A number of a turn that holds nothing else: the day of a birthday. */
const LONGEST_LONE_NUMBER: i32 = 4;

/** Code units that are read at once, and the bytes they take. */
const CHUNK: i32 = 64;
const CHUNK_BYTES: usize = 128;
/** Bytes before the end of a window that is not the last at which reading stops: what a rule looks ahead at is there. */
export const MARGIN: usize = 512;

const LAST_OF_CHUNK: u64 = 0x8000000000000000;

// Vectors in memory: loaded by one instruction, where the engine puts a constant together with three.
const LOWER_CASE = memory.data<u8>(
  [0x20, 0x20, 0x20, 0x20, 0x20, 0x20, 0x20, 0x20, 0x20, 0x20, 0x20, 0x20, 0x20, 0x20, 0x20, 0x20],
  16,
);
const LETTER_A = memory.data<u8>(
  [0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61],
  16,
);
const OTHER_LETTERS = memory.data<u8>([25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25], 16);
const DIGIT_ZERO = memory.data<u8>(
  [0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30],
  16,
);
const OTHER_DIGITS = memory.data<u8>([9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9], 16);
const LOW_HALF = memory.data<u8>(
  [0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f],
  16,
);
const ZEROS = memory.data<u8>([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 16);
const QUOTES = memory.data<u8>(
  [0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22],
  16,
);
const BACKSLASHES = memory.data<u8>(
  [0x5c, 0x5c, 0x5c, 0x5c, 0x5c, 0x5c, 0x5c, 0x5c, 0x5c, 0x5c, 0x5c, 0x5c, 0x5c, 0x5c, 0x5c, 0x5c],
  16,
);
const LAST_BYTE = memory.data<u16>([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], 16);
const SIGN_COLUMNS = memory.data<u8>([4, 0, 1, 0, 0, 1, 1, 1, 0, 0, 2, 1, 10, 0, 1, 0], 16);
const SIGN_ROWS = memory.data<u8>([0, 0, 1, 2, 4, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 16);

/** Where the last look ended, and what it saw. */
export let lookEnd: usize = 0;
export let lookFlags: u32 = 0;

// What has been seen of a text so far; a long one is read in pieces.
let flags: u32 = 0;
let from: usize = 0;
let words: i32 = 0;
let lastNumber: i32 = -2;
let lastHash: u32 = 0;
let numberWords: i32 = 0;
/** Hesitations among the words that were asked for. */
let hesitations: i32 = 0;
/** What is worth asking of the next word: LEADING, COUNTING after a word that counts, or STARTING. */
let awaited: u32 = 0;
let run: i32 = 0;
let longestRun: i32 = 0;
let lastDigit: usize = 0;
let dots: i32 = 0;
let colons: i32 = 0;
let hasPoint: bool = false;
let hasDigits: bool = false;

function kindAt(at: usize): i32 {
  return load<u8>(KINDS + load<u16>(at));
}

/** Starts on another text at an address. */
export function begin(start: usize): void {
  flags = 0;
  from = start;
  words = 0;
  lastNumber = -2;
  lastHash = 0;
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
export function shift(bytes: usize): void {
  // The start may lie before all memory: only differences matter, and they are signed.
  from -= bytes;
  lastDigit -= bytes;
}

/**
 * Reads on, up to the next quote or backslash or, unless `quoted`, up to `stop`.
 *
 * @param whole nothing follows at `stop`
 * @returns whether the text has ended; if not, there is more of it after what is in memory
 */
export function look(start: usize, stop: usize, quoted: bool, whole: bool): bool {
  let at = start;
  for (;;) {
    if (!whole && at + MARGIN > stop) {
      lookEnd = at;
      return false;
    }
    if (at >= stop) break;
    const first = bytesAt(at);
    const second = bytesAt(at + 32);
    const third = bytesAt(at + 64);
    const fourth = bytesAt(at + 96);
    let letters = joined(lettersIn(first, 0), lettersIn(second, 16), lettersIn(third, 32), lettersIn(fourth, 48));
    let digits = joined(digitsIn(first), digitsIn(second), digitsIn(third), digitsIn(fourth));
    let signs = joined(signsIn(first), signsIn(second), signsIn(third), signsIn(fourth));
    // Where an apostrophe may be: signs between letters.
    const between = signs & (letters << 1) & (letters >> 1);
    const ends = quoted ? joined(quotesIn(first), quotesIn(second), quotesIn(third), quotesIn(fourth)) : 0;

    let width: i32 = CHUNK;
    let ended = false;
    if (ends !== 0) {
      width = <i32>ctz(ends);
      ended = true;
    } else if (at + CHUNK_BYTES > stop) {
      width = <i32>((stop - at) >> 1);
      ended = true;
    } else {
      // What goes on beyond the chunk, or may after an apostrophe, is read from its beginning with the next one.
      const open = <i32>clz(~(letters | digits | (signs & LAST_OF_CHUNK)));
      if (open === CHUNK) {
        at = readRun(at, stop);
        continue;
      }
      width -= open;
    }
    if (width < CHUNK) {
      const mask = ((<u64>1) << width) - 1;
      letters &= mask;
      digits &= mask;
      signs &= mask;
    }
    let next = at + ((<usize>width) << 1);

    if (ended && width <= LONGEST_LONE_WORD && at === from) awaited = STARTING;
    if (letters !== 0) {
      const starts = letters & ~(letters << 1);
      // "GB82 WEST…": an account number begins like this.
      if ((starts & (letters >> 1) & ~(letters >> 2) & (digits >> 2) & (digits >> 3)) !== 0) flags |= MATTERS;
      let left = starts;
      let count = words;
      let hash = lastHash;
      do {
        const place = <i32>ctz(left);
        left &= left - 1;
        const length = <i32>ctz(~(letters >> place));
        const before = hash;
        if (((between >> (place + length)) & 1) !== 0 && isApostrophe(at + ((<usize>(place + length)) << 1))) {
          words = count;
          lastHash = hash;
          const wordEnd = readWord(at + ((<usize>place) << 1));
          count = words;
          hash = lastHash;
          if (wordEnd > next) next = wordEnd;
          // The rest of the word is no word of its own.
          const past = <i32>((wordEnd - at) >> 1);
          left = past < CHUNK ? left & ~(((<u64>1) << past) - 1) : 0;
          continue;
        }
        hash = hashAt(LOWER + place, length);
        count++;
        if (awaited !== 0 || mayKnow(hash)) know(bitsOf(hash), count, before, hash);
      } while (left !== 0);
      words = count;
      lastHash = hash;
    }
    if (digits !== 0) {
      let left = digits & ~(digits << 1);
      do {
        const place = <i32>ctz(left);
        left &= left - 1;
        readNumber(at + ((<usize>place) << 1), at + ((<usize>(place + <i32>ctz(~(digits >> place)))) << 1));
      } while (left !== 0);
    }
    while (signs !== 0) {
      readSign(at + ((<usize>ctz(signs)) << 1));
      signs &= signs - 1;
    }
    at = next;
    if (ended) break;
  }
  lookEnd = at;
  lookFlags = verdict(at);
  return true;
}

function isApostrophe(at: usize): bool {
  return load<u8>(KINDS + load<u16>(at)) === APOSTROPHE;
}

/** 16 code units as bytes; those beyond Latin-1 are the last of it. */
function bytesAt(at: usize): v128 {
  const limit = v128.load(LAST_BYTE);
  return i8x16.narrow_i16x8_u(i16x8.min_u(v128.load(at), limit), i16x8.min_u(v128.load(at, 16), limit));
}

/** The places of four vectors in a row. */
function joined(first: u32, second: u32, third: u32, fourth: u32): u64 {
  return <u64>(first | (second << 16)) | ((<u64>(third | (fourth << 16))) << 32);
}

/** Places of letters; all bytes are left in lower case at an offset of the chunk. */
function lettersIn(bytes: v128, offset: usize): u32 {
  const lowerCase = v128.or(bytes, v128.load(LOWER_CASE));
  v128.store(LOWER + offset, lowerCase);
  return i8x16.bitmask(i8x16.le_u(i8x16.sub(lowerCase, v128.load(LETTER_A)), v128.load(OTHER_LETTERS)));
}

function digitsIn(bytes: v128): u32 {
  return i8x16.bitmask(i8x16.le_u(i8x16.sub(bytes, v128.load(DIGIT_ZERO)), v128.load(OTHER_DIGITS)));
}

/** Places of `" ' \\ . : @ % & + <` and of everything beyond ASCII. */
function signsIn(bytes: v128): u32 {
  // The halves of a byte have a bit in common for just these: the tables are those of its columns and rows.
  const columns = i8x16.swizzle(v128.load(SIGN_COLUMNS), v128.and(bytes, v128.load(LOW_HALF)));
  const rows = i8x16.swizzle(v128.load(SIGN_ROWS), i8x16.shr_u(bytes, 4));
  return i8x16.bitmask(v128.or(i8x16.gt_s(v128.and(columns, rows), v128.load(ZEROS)), bytes));
}

function quotesIn(bytes: v128): u32 {
  return i8x16.bitmask(v128.or(i8x16.eq(bytes, v128.load(QUOTES)), i8x16.eq(bytes, v128.load(BACKSLASHES))));
}

/** Notes what the table says of the word with that number, and of it and the one before. */
function know(found: u32, number: i32, before: u32, hash: u32): void {
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
function withPair(bits: u32, before: u32, hash: u32): u32 {
  return (bits & PAIRED) !== 0 || (awaited & LEADING) !== 0 ? bits | bitsOf(pairHash(before, hash)) : bits;
}

/** A word letter by letter: it has apostrophes, or is longer than a chunk. Returns its end. */
function readWord(start: usize): usize {
  let at = start;
  let length = 0;
  let apostrophe = 0;
  let unit: u32 = load<u16>(at);
  do {
    if (length < 16) store<u8>(WORD + length, unit | 0x20);
    length++;
    at += 2;
    unit = load<u16>(at);
    if (unit === 0x27 || unit === 0x2019) {
      apostrophe = length;
      at += 2;
      unit = load<u16>(at);
    }
  } while (load<u8>(KINDS + unit) === LETTER);
  const before = lastHash;
  lastHash = hashAt(WORD, min(length, MASKED_LETTERS));
  words++;
  // "the code's 4821" names a code.
  if (apostrophe === length - 1 && (load<u16>(at - 2) | 0x20) === LETTER_S) {
    const owner = hashAt(WORD, min(apostrophe, MASKED_LETTERS));
    flags |= withPair(bitsOf(owner), before, owner);
  }
  if (awaited !== 0 || mayKnow(lastHash)) know(bitsOf(lastHash), words, before, lastHash);
  return at;
}

/** Letters and digits without an end in sight. */
function readRun(start: usize, stop: usize): usize {
  let at = start;
  while (at < stop) {
    const kind = kindAt(at);
    if (kind === LETTER) {
      const first = at;
      at = readWord(at);
      if (at - first === 4 && kindAt(at) === DIGIT && kindAt(at + 2) === DIGIT) flags |= MATTERS;
    } else if (kind === DIGIT) {
      const first = at;
      do at += 2;
      while (at < stop && kindAt(at) === DIGIT);
      readNumber(first, at);
    } else break;
  }
  return at;
}

function readNumber(start: usize, end: usize): void {
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

function readSign(at: usize): void {
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
      flags |= ARMING | WEAK | MATTERS;
      break;
    }
    case ODD_SIGN: {
      flags |= SUSPICIOUS | MATTERS;
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

/** What has been seen, as bits. */
function verdict(end: usize): u32 {
  if ((flags & OPENING) !== 0) flags |= SUSPICIOUS;
  if ((flags & ARMING_WITH_DIGITS) !== 0 && (hasDigits || (flags & MATTERS) !== 0)) flags |= ARMING;
  if (numberWords > 0 && words - hesitations === numberWords && <i32>(end - from) >> 1 <= LONGEST_LONE_WORD)
    flags |= SUSPICIOUS;
  if ((flags & HOLDING) !== 0 && numberWords >= 2) flags |= SUSPICIOUS;
  if ((flags & SUSPICIOUS) === 0) return flags & ASKING;
  const asks = flags & ASKING;
  // "1980 eighty": said after digits that are written, a word adds two to them at most. Two such words matter anyway.
  const digits = numberWords === 1 ? longestRun + LONGEST_NUMBER_WORD : longestRun;
  if (
    (flags & (ARMING | ADDRESS_WORD | MATTERS)) !== 0 ||
    numberWords >= 2 ||
    digits >= TELLING_DIGITS ||
    colons >= TELLING_COLONS ||
    ((flags & WEAK) !== 0 && digits >= WEAK_DIGITS) ||
    (hasPoint && longestRun === 0 && numberWords === 0)
  )
    return asks | SUSPICIOUS | MATTERS;
  if (digits >= WEAK_DIGITS) return asks | SUSPICIOUS | DEPENDS | LONG_DIGITS;
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
