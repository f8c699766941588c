/** What a word of the lexicon may be, as bits, and the spelling under which it is looked up. */

/** Classes of words. */
export const WORD_CLASS = {
  /** A first name, and hardly anything else. */
  STRONG_FIRST: 1,
  /** A first name that is also an ordinary word, a place or a brand: "will", "paris". */
  WEAK_FIRST: 2,
  SURNAME: 4,
  /** One of the commonest surnames. */
  TOP_SURNAME: 8,
  /** An ordinary word. */
  WORD: 16,
  /** A word of everyday speech. */
  COMMON: 32,
  /** "mr", "doctor". */
  TITLE: 64,
  /** Ends a street: "avenue". */
  SUFFIX: 128,
  STATE: 256,
  ORGANISATION: 512,
  PLACE: 1024,
  /** Ends a street now and then: "way". */
  WEAK_SUFFIX: 2048,
} as const;

/** Whether a word of these classes makes a text worth reading for names. */
export function opensNames(bits: number): boolean {
  if ((bits & (WORD_CLASS.ORGANISATION | WORD_CLASS.PLACE)) !== 0) return false;
  return (
    (bits & WORD_CLASS.STRONG_FIRST) !== 0 || ((bits & WORD_CLASS.WEAK_FIRST) !== 0 && (bits & WORD_CLASS.WORD) === 0)
  );
}

/** Whether a word of these classes, with a number, makes a text worth reading for addresses. */
export function opensAddresses(bits: number): boolean {
  return (bits & (WORD_CLASS.SUFFIX | WORD_CLASS.WEAK_SUFFIX | WORD_CLASS.STATE)) !== 0;
}

const ASCII = /^[\0-\x7f]*$/;

/**
 * A word in lower case, without accents.
 *
 * @example fold('José') // 'jose'
 */
export function fold(word: string): string {
  const lower = word.toLowerCase();
  if (ASCII.test(lower)) return lower;
  return lower.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss').replaceAll('ø', 'o').replaceAll('ł', 'l');
}

/** Letters of a word that its hash is made of. */
const HASHED = 16;
/** The halves of 2^64 by the golden ratio, as an odd number. */
const SPREAD_HIGH = 0x9e3779b9;
const SPREAD_LOW = 0x7f4a7c15;
/** Bits by which the second eight letters are turned before they are added to the first. */
const TURN = 23;

/**
 * The hash of a folded word, the same that the scanner makes (`hashAt` of its words): so it can be taught the words of a
 * lexicon that holds their hashes only.
 *
 * @example hashWord('sarah') // a number from 0 to 2^32 - 1
 */
export function hashWord(word: string): number {
  const { length } = word;
  const second = length > 8 ? quad(word, 8) : 0;
  const third = length > 12 ? quad(word, 12) : 0;
  const low = quad(word, 0) ^ ((second << TURN) | (third >>> (32 - TURN)));
  const high = (length > 4 ? quad(word, 4) : 0) ^ ((third << TURN) | (second >>> (32 - TURN)));
  return (upperHalf(low >>> 0, SPREAD_LOW) + Math.imul(low, SPREAD_HIGH) + Math.imul(high, SPREAD_LOW)) >>> 0;
}

/** Four letters as one number, the first lowest. */
function quad(word: string, from: number): number {
  const end = Math.min(word.length, from + 4, HASHED);
  let bits = 0;
  for (let at = from; at < end; at++) bits |= (word.charCodeAt(at) & 0xff) << ((at - from) * 8);
  return bits;
}

/** The upper 32 bits of a product of two numbers of 32 bits. */
function upperHalf(one: number, other: number): number {
  const [low, high] = [one & 0xffff, one >>> 16];
  const [otherLow, otherHigh] = [other & 0xffff, other >>> 16];
  const middle = high * otherLow + ((low * otherLow) >>> 16);
  const cross = low * otherHigh + (middle & 0xffff);
  return (high * otherHigh + Math.floor(middle / 0x10000) + Math.floor(cross / 0x10000)) >>> 0;
}
