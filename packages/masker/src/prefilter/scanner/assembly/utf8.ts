// A text as the engine hands it over fastest, taken apart into code units.
import { TEXT, UTF8 } from './memory';

const QUOTE: u16 = 0x22;

/** Where the code units end that were put at TEXT, from a text that lies at UTF8, with a quote behind them. */
export function widen(bytes: i32): usize {
  const end: usize = UTF8 + bytes;
  let from: usize = UTF8;
  let to: usize = TEXT;
  // What is read beyond the end is ASCII.
  v128.store(end, i64x2.splat(0));
  while (from < end) {
    const chunk = v128.load(from);
    v128.store(to, i16x8.extend_low_i8x16_u(chunk));
    v128.store(to, i16x8.extend_high_i8x16_u(chunk), 16);
    const others: u32 = i8x16.bitmask(chunk);
    if (others === 0) {
      from += 16;
      to += 32;
      continue;
    }
    const plain: usize = ctz(others);
    from += plain;
    to += plain << 1;
    const lead: u32 = load<u8>(from);
    const second: u32 = load<u8>(from, 1) & 0x3f;
    if (lead < 0xe0) {
      store<u16>(to, ((lead & 0x1f) << 6) | second);
      from += 2;
    } else if (lead < 0xf0) {
      store<u16>(to, ((lead & 0x0f) << 12) | (second << 6) | (load<u8>(from, 2) & 0x3f));
      from += 3;
    } else {
      const point: u32 =
        ((lead & 0x07) << 18) | (second << 12) | ((<u32>load<u8>(from, 2) & 0x3f) << 6) | (load<u8>(from, 3) & 0x3f);
      store<u16>(to, 0xd7c0 + (point >> 10));
      to += 2;
      store<u16>(to, 0xdc00 | (point & 0x3ff));
      from += 4;
    }
    to += 2;
  }
  to -= (from - end) << 1;
  store<u16>(to, QUOTE);
  return to;
}
