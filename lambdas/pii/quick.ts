/**
 * One cheap pass over a suspicious text that tells the ordinary numbers of conversation ("order 4471220", "$84.50",
 * "at 10:30") from those worth taking apart.
 */
import {
  ADDRESS_WORD,
  ARMING,
  bitsOf,
  extendHash,
  NUMBER_WORD,
  PAIRED,
  pairBitsOf,
  WEAK,
  ZERO_WORD,
} from './word-table.ts';

/** Take the text apart. */
export const MATTERS = 2;
/** Only words of other turns, or digits that go on in them, could make something of it. */
export const DEPENDS = 1;
/** Like {@link DEPENDS}, with a run of digits long enough for a phone or an account. */
export const DEPENDS_LONG = 3;
export const HARMLESS = 0;
export type Glance = typeof MATTERS | typeof DEPENDS | typeof DEPENDS_LONG | typeof HARMLESS;

/** Digits that may be something without a word to say so: a phone number, an SSN, a card. */
const TELLING_DIGITS = 9;
/** Digits that "number", "phone" or "account" make something of. */
const WEAK_DIGITS = 6;
/** Gap between digits that may still belong together. */
const LONGEST_GAP = 12;

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** Glances at a text; `armed` when other turns or the key ask for something. */
export function glance(text: string, armed = false): Glance {
  const { length } = text;
  let bits = 0;
  let numberWords = 0;
  let digits = 0;
  let run = 0;
  let longestRun = 0;
  let lastDigit = -100;
  let dots = 0;
  let colons = 0;
  let lastHash = 0;
  let at = 0;
  while (at < length) {
    let code = text.charCodeAt(at);
    const lower = code | 0x20;
    if (lower >= 0x61 && lower <= 0x7a) {
      let hash = 0;
      const start = at;
      do {
        hash = extendHash(hash, code);
        code = text.charCodeAt(++at);
        if (code === 0x27 || code === 0x2019) code = text.charCodeAt(++at);
      } while ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a);
      let found = bitsOf(hash);
      if (found !== 0) {
        if ((found & PAIRED) !== 0) found |= pairBitsOf(lastHash, hash);
        bits |= found;
        if ((found & (NUMBER_WORD | ZERO_WORD)) !== 0) numberWords++;
      }
      lastHash = hash;
      // "GB82 WEST…": an account number begins like this.
      if (at - start === 2 && isDigit(code) && isDigit(text.charCodeAt(at + 1))) return MATTERS;
      continue;
    }
    if (isDigit(code)) {
      const start = at;
      do code = text.charCodeAt(++at);
      while (isDigit(code));
      if (code === 0x3a || text.charCodeAt(start - 1) === 0x3a) {
        lastDigit = at;
        continue;
      }
      // "1Z12345E0205271688": digits inside a code.
      const count = isCode(text, start) ? 0 : at - start;
      digits += count;
      if (start - lastDigit <= LONGEST_GAP) {
        run += count;
        if (start - lastDigit === 1 && text.charCodeAt(start - 1) === 0x2e) dots++;
        else dots = 0;
      } else {
        run = count;
        dots = 0;
      }
      lastDigit = at;
      if (run > longestRun) longestRun = run;
      if (dots >= 3) return MATTERS;
      continue;
    }
    if (code === 0x40 || code === 0x2b || code === 0x25 || (code === 0x3c && length > at + 2)) {
      if (code !== 0x25 || (length > at + 2 && !isBlank(text.charCodeAt(at + 1)))) return MATTERS;
    } else if (code === 0x26) {
      const next = text.charCodeAt(at + 1) | 0x20;
      if (next === 0x23 || (next >= 0x61 && next <= 0x7a)) return MATTERS;
    } else if (code === 0x3a) {
      if (text.charCodeAt(at + 1) === 0x3a) return MATTERS;
      colons++;
    } else if (code >= 0xa0 && code !== 0xa0 && (code < 0xc0 || code > 0x24f) && (code < 0x2010 || code > 0x2027))
      return MATTERS;
    at++;
  }
  if (numberWords >= 2 || longestRun >= TELLING_DIGITS || colons >= 6) return MATTERS;
  if ((bits & ARMING) !== 0 || armed) return MATTERS;
  if ((bits & WEAK) !== 0 && longestRun >= WEAK_DIGITS) return MATTERS;
  if ((bits & ADDRESS_WORD) !== 0 || (longestRun < 3 && text.includes('.') && numberWords === 0 && digits === 0))
    return MATTERS;
  if (longestRun >= WEAK_DIGITS) return DEPENDS_LONG;
  return longestRun >= 3 || numberWords > 0 ? DEPENDS : HARMLESS;
}

/** A letter right before the digits, and a digit before that letter. */
function isCode(text: string, start: number): boolean {
  const before = text.charCodeAt(start - 1) | 0x20;
  return before >= 0x61 && before <= 0x7a && isDigit(text.charCodeAt(start - 2));
}

function isBlank(code: number): boolean {
  return Number.isNaN(code) || code <= 0x20 || code === 0x2c || code === 0x2e;
}
