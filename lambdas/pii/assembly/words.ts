import { FILTER, MASKS, WORD, WORD_SLOTS, WORDS } from './memory';

/** Odd numbers that spread the letters over the hash: 2^64 by the golden ratio, and a prime of xxHash. */
const SPREAD_FIRST: u64 = 0x9e3779b97f4a7c15;
const SPREAD_SECOND: u64 = 0xc2b2ae3d27d4eb4f;

/** The hash of up to 16 letters in lower case at an address; of a longer word, of its first 16. */
export function hashAt(address: usize, length: i32): u32 {
  const mask = v128.load(MASKS + ((<usize>min(length, 16)) << 4));
  const letters = v128.and(v128.load(address), mask);
  const mixed = i64x2.extract_lane(letters, 0) * SPREAD_FIRST + i64x2.extract_lane(letters, 1) * SPREAD_SECOND;
  return <u32>(mixed >> 32);
}

export function pairHash(before: u32, hash: u32): u32 {
  return (before * 31) ^ hash;
}

/** Whether the table may know a hash. */
export function mayKnow(hash: u32): bool {
  const bit = hash >> 16;
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

export function addBits(hash: u32, bits: u32): void {
  const bit = hash >> 16;
  const place: usize = FILTER + (bit >> 3);
  store<u8>(place, <u8>(load<u8>(place) | ((<u32>1) << (bit & 7))));
  let entry = slotOf(hash);
  while (load<u32>(entry, 4) !== 0 && load<u32>(entry) !== hash) entry = slotAfter(entry);
  store<u32>(entry, hash);
  store<u32>(entry, load<u32>(entry, 4) | bits, 4);
}

/** The hash of the word that lies at WORD. */
export function hashWord(length: i32): u32 {
  return hashAt(WORD, length);
}
