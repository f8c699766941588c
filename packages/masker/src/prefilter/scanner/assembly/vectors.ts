// 64 code units at once: which are letters, digits, signs, quotes, a bit for each place.
import { LOWER } from './memory';

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

/** 16 code units as bytes; those beyond Latin-1 are the last of it. */
export function bytesAt(at: usize): v128 {
  const limit = v128.load(LAST_BYTE);
  return i8x16.narrow_i16x8_u(i16x8.min_u(v128.load(at), limit), i16x8.min_u(v128.load(at, 16), limit));
}

/** The places of four vectors in a row. */
export function joined(first: u32, second: u32, third: u32, fourth: u32): u64 {
  return <u64>(first | (second << 16)) | ((<u64>(third | (fourth << 16))) << 32);
}

/** Places of letters; all bytes are left in lower case at an offset of the chunk. */
export function lettersIn(bytes: v128, offset: usize): u32 {
  const lowerCase = v128.or(bytes, v128.load(LOWER_CASE));
  v128.store(LOWER + offset, lowerCase);
  return i8x16.bitmask(i8x16.le_u(i8x16.sub(lowerCase, v128.load(LETTER_A)), v128.load(OTHER_LETTERS)));
}

/** Places of digits. */
export function digitsIn(bytes: v128): u32 {
  return i8x16.bitmask(i8x16.le_u(i8x16.sub(bytes, v128.load(DIGIT_ZERO)), v128.load(OTHER_DIGITS)));
}

/** Places of `" ' \\ . : @ % & + <` and of everything beyond ASCII. */
export function signsIn(bytes: v128): u32 {
  // The halves of a byte have a bit in common for just these: the tables are those of its columns and rows.
  const columns = i8x16.swizzle(v128.load(SIGN_COLUMNS), v128.and(bytes, v128.load(LOW_HALF)));
  const rows = i8x16.swizzle(v128.load(SIGN_ROWS), i8x16.shr_u(bytes, 4));
  return i8x16.bitmask(v128.or(i8x16.gt_s(v128.and(columns, rows), v128.load(ZEROS)), bytes));
}

/** Places of quotes and backslashes. */
export function quotesIn(bytes: v128): u32 {
  return i8x16.bitmask(v128.or(i8x16.eq(bytes, v128.load(QUOTES)), i8x16.eq(bytes, v128.load(BACKSLASHES))));
}
