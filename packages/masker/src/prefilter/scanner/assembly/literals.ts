// Numbers and words of a JSON text.
const COMMA: u32 = 0x2c;
const MINUS: u32 = 0x2d;
const POINT: u32 = 0x2e;
const ZERO: u32 = 0x30;
const CLOSE_ARRAY: u32 = 0x5d;
const CLOSE_OBJECT: u32 = 0x7d;
/** The first four units of a word, the first lowest. */
const TRUE: u64 = 0x0065007500720074;
const NULL: u64 = 0x006c006c0075006e;
const FALS: u64 = 0x0073006c00610066;
const LETTER_E: u32 = 0x65;

/** Whether a number begins with the unit. */
export function isNumberStart(unit: u32): bool {
  return unit === MINUS || isDigit(unit);
}

/**
 * Where a plain number or `true`, `false`, `null` ends that begins with a unit; 0 for anything else.
 *
 * @example of `-12.5,` -> the address of the comma
 */
export function literalEnd(at: usize, stop: usize, first: u32): usize {
  let end = at;
  if (isNumberStart(first)) {
    if (first === MINUS) end += 2;
    const digits = load<u16>(end) === ZERO ? end + 2 : afterDigits(end);
    if (digits === end) return 0;
    end = digits;
    if (load<u16>(end) === POINT) {
      end = afterDigits(digits + 2);
      if (end === digits + 2) return 0;
    }
    const next: u32 = load<u16>(end);
    return end >= stop || (next !== COMMA && next !== CLOSE_OBJECT && next !== CLOSE_ARRAY) ? 0 : end;
  }
  const four = load<u64>(at);
  if (four === TRUE || four === NULL) end += 8;
  else if (four === FALS && load<u16>(at, 8) === LETTER_E) end += 10;
  return end === at || end > stop ? 0 : end;
}

function afterDigits(start: usize): usize {
  let end = start;
  let count: i32;
  do {
    const digits = i16x8.lt_u(i16x8.sub(v128.load(end), i16x8.splat(<i16>ZERO)), i16x8.splat(10));
    count = ctz(~i16x8.bitmask(digits));
    end += (<usize>count) << 1;
  } while (count === 8);
  return end;
}

function isDigit(unit: u32): bool {
  return unit - ZERO < 10;
}
