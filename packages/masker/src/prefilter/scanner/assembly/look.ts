import { APOSTROPHE, DIGIT, LETTER, MATTERS } from './bits';
import { KINDS, LOWER, MASKED_LETTERS, WORD } from './memory';
import {
  awaited,
  awaitStart,
  beginSeen,
  from,
  kindAt,
  know,
  LONGEST_LONE_WORD,
  note,
  readNumber,
  readSign,
  shiftSeen,
  verdict,
  withPair,
} from './seen';
import { bytesAt, digitsIn, joined, lettersIn, quotesIn, signsIn } from './vectors';
import { bitsOf, hashAt, mayKnow } from './words';

const LETTER_S: u32 = 0x73;

/** Code units that are read at once, and the bytes they take. */
const CHUNK: i32 = 64;
const CHUNK_BYTES: usize = 128;
/** Bytes before the end of a window that is not the last at which reading stops: what a rule looks ahead at is there. */
export const MARGIN: usize = 512;

const LAST_OF_CHUNK: u64 = 0x8000000000000000;

/** Where the last look ended. */
export let lookEnd: usize = 0;
/** What the last look saw. */
export let lookFlags: u32 = 0;

/** Words of the text so far, and the hash of the last one. */
let words: i32 = 0;
let lastHash: u32 = 0;

/** Starts on another text at an address. */
export function begin(start: usize): void {
  words = 0;
  lastHash = 0;
  beginSeen(start);
}

/** The text has moved down in memory by so many bytes. */
export function shift(bytes: usize): void {
  shiftSeen(bytes);
}

/**
 * Whether the text has ended; if not, there is more of it after what is in memory. Reads on, up to the next quote or
 * backslash or, unless `quoted`, up to `stop`.
 *
 * @param whole nothing follows at `stop`
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

    if (ended && width <= LONGEST_LONE_WORD && at === from) awaitStart();
    if (letters !== 0) {
      const starts = letters & ~(letters << 1);
      // "GB82 WEST…": an account number begins like this.
      if ((starts & (letters >> 1) & ~(letters >> 2) & (digits >> 2) & (digits >> 3)) !== 0) note(MATTERS);
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
  lookFlags = verdict(at, words);
  return true;
}

function isApostrophe(at: usize): bool {
  return load<u8>(KINDS + load<u16>(at)) === APOSTROPHE;
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
    note(withPair(bitsOf(owner), before, owner));
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
      if (at - first === 4 && kindAt(at) === DIGIT && kindAt(at + 2) === DIGIT) note(MATTERS);
    } else if (kind === DIGIT) {
      const first = at;
      do at += 2;
      while (at < stop && kindAt(at) === DIGIT);
      readNumber(first, at);
    } else break;
  }
  return at;
}
