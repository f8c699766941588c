import { HESITATION } from './bits';
import { FILTER, FILTER_BITS, MASKS, WORD, WORD_SLOTS, WORDS } from './memory';

/** An odd number that spreads the letters over the hash: 2^64 by the golden ratio. */
const SPREAD: u64 = 0x9e3779b97f4a7c15;
/** Bits by which the second eight letters are turned before they are added to the first. */
const TURN: u64 = 23;

/**
 * The hash of the letters, in lower case, of a word at an address; of a long word, of its first 16.
 *
 * @param length {@link MASKED_LETTERS} at most
 */
export function hashAt(address: usize, length: i32): u32 {
  const mask: usize = MASKS + ((<usize>length) << 4);
  const first = load<u64>(address) & load<u64>(mask);
  const second = load<u64>(address, 8) & load<u64>(mask, 8);
  return <u32>(((first ^ rotl(second, TURN)) * SPREAD) >> 32);
}

/** The hash of two words in a row. */
export function pairHash(before: u32, hash: u32): u32 {
  return (before * 31) ^ hash;
}

/** Whether the table may know a hash; of hesitations it does not tell. */
export function mayKnow(hash: u32): bool {
  const bit = hash >> (32 - FILTER_BITS);
  return ((load<u8>(FILTER + (bit >> 3)) >> (bit & 7)) & 1) !== 0;
}

function slotOf(hash: u32): usize {
  return WORDS + ((<usize>hash & (WORD_SLOTS - 1)) << 3);
}

function slotAfter(entry: usize): usize {
  return entry + 8 < WORDS + (WORD_SLOTS << 3) ? entry + 8 : WORDS;
}

/** What is known about the word with this hash; 0 for nothing. */
export function bitsOf(hash: u32): u32 {
  let entry = slotOf(hash);
  while (load<u32>(entry, 4) !== 0 && load<u32>(entry) !== hash) entry = slotAfter(entry);
  return load<u32>(entry, 4);
}

/** Adds what is known of the word with this hash. */
export function addBits(hash: u32, bits: u32): void {
  if (bits !== HESITATION) {
    const bit = hash >> (32 - FILTER_BITS);
    const place: usize = FILTER + (bit >> 3);
    store<u8>(place, <u8>(load<u8>(place) | ((<u32>1) << (bit & 7))));
  }
  let entry = slotOf(hash);
  while (load<u32>(entry, 4) !== 0 && load<u32>(entry) !== hash) entry = slotAfter(entry);
  store<u32>(entry, hash);
  store<u32>(entry, load<u32>(entry, 4) | bits, 4);
}

/** Adds what is known of many words, whose hashes lie at an address. */
export function addAll(from: usize, count: i32, bits: u32): void {
  for (let i = 0; i < count; i++) addBits(load<u32>(from + ((<usize>i) << 2)), bits);
}

/** The hash of the word that lies at WORD. */
export function hashWord(length: i32): u32 {
  return hashAt(WORD, length);
}
