/**
 * Cheap questions that a text must answer yes to before any rule looks at it. A gate may open too often, never too
 * seldom: a text that passes none holds nothing the rules could find. One pass answers them all, and notes what the
 * text asks for, so that no turn is read again when a later one wants to know.
 */
import {
  ARMING,
  bitsOf,
  extendHash,
  HESITATION,
  NUMBER_WORD,
  OPENING,
  PAIRED,
  pairBitsOf,
  RELEASING,
  WEAK,
  ZERO_WORD,
} from './word-table.ts';

/** A rule could find something in the text. */
export const SUSPICIOUS = 1 << 16;
/** The text names something short, a phone or an account, or talks about orders and the like. */
export const ASKS_SHORT = ARMING;
export const ASKS_LONG = WEAK;
export const RELEASES = RELEASING;
const ASKING = ASKS_SHORT | ASKS_LONG | RELEASES;

/**
 * Code units that open the gate by themselves: digits and their forms in other scripts, signs of addresses and of
 * encoded characters, invisible characters. First and last of each range.
 */
const SIGNS: readonly (readonly [number, number])[] = [
  [0x25, 0x26],
  [0x30, 0x39],
  [0x40, 0x40],
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
const SIGN = 2;
/** A letter of a script whose words are not in the table: it may ask for anything. */
const FOREIGN = 3;
const APOSTROPHE = 4;
/** Ends a JSON string, or hides something in it. */
const QUOTE = 5;

/** What each code unit is; 0 for what separates words and says nothing. */
const KINDS = new Uint8Array(1 << 16);
KINDS.fill(FOREIGN, 0x250);
KINDS.fill(0, 0x2010, 0x2028);
for (const [first, last] of SIGNS) KINDS.fill(SIGN, first, last + 1);
KINDS.fill(LETTER, 0x41, 0x5b);
KINDS.fill(LETTER, 0x61, 0x7b);
for (const code of [0x27, 0x2019]) KINDS[code] = APOSTROPHE;
for (const code of [0x22, 0x5c]) KINDS[code] = QUOTE;

const POINT = 0x2e;
/** The longest number word with a sign after it: an entry of a word list. */
const LONGEST_LONE_WORD = 11;

/** Where the last {@link look} ended: at a quote or a backslash. */
export let lookEnd = 0;

/**
 * Reads UTF-16 code units up to the next quote or backslash, which there must be.
 *
 * @returns {@link SUSPICIOUS} and what the text asks for, as bits
 */
export function look(units: Uint16Array, from: number): number {
  let flags = 0;
  let at = from;
  let words = 0;
  let lastNumber = -2;
  let lastHash = 0;
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
        if ((bits & (NUMBER_WORD | ZERO_WORD)) !== 0) {
          if (words - lastNumber === 1) flags |= SUSPICIOUS;
          if (lastNumber >= 0 || (bits & NUMBER_WORD) !== 0) lastNumber = words;
        } else if ((bits & HESITATION) !== 0) words--;
        flags |= bits;
      }
      // "example.org"
      if (at - start > 1 && start > from && units[start - 1] === POINT) flags |= SUSPICIOUS;
      lastHash = hash;
    } else if (kind === QUOTE) break;
    else {
      if (kind === SIGN) flags |= SUSPICIOUS;
      else if (kind === FOREIGN) flags |= ASKS_SHORT | ASKS_LONG;
      at++;
    }
  }
  lookEnd = at;
  if ((flags & OPENING) !== 0) flags |= SUSPICIOUS;
  if (words === 1 && (flags & (NUMBER_WORD | ZERO_WORD)) !== 0 && at - from <= LONGEST_LONE_WORD) flags |= SUSPICIOUS;
  return flags & (SUSPICIOUS | ASKING);
}

/** {@link look} at a text that stands for itself. */
export function lookAt(text: string): number {
  const { length } = text;
  const units = length < scratch.length ? scratch : new Uint16Array(length + 1);
  for (let at = 0; at < length; at++) units[at] = text.charCodeAt(at);
  units[length] = 0x22;
  let flags = 0;
  for (let from = 0; from <= length; from = lookEnd + 1) flags |= look(units, from);
  return flags;
}

const scratch = new Uint16Array(1 << 12);

/** Whether any rule could find something in the text. */
export function isSuspicious(text: string): boolean {
  return (lookAt(text) & SUSPICIOUS) !== 0;
}
