// Short values that come again and again under a name ("AGENT", "voice"): their flags are known.
import { NAMED_VALUES, SHORT_BYTES, UNIT_MASKS, VALUE_BYTES, VALUES } from './memory';

const QUOTE: u32 = 0x22;

/** The prefilter's flags of the value that was recognised last. */
export let valueFlags: u32 = 0;
/** Where the value ends that was recognised last. */
export let valueEnd: usize = 0;

/** Whether a value that was kept stands at an address up to a quote. */
export function isKept(name: i32, at: usize, stop: usize): bool {
  if (name >= NAMED_VALUES) return false;
  const entry = entryOf(name);
  return matches(entry, at, stop) || matches(entry + VALUE_BYTES, at, stop);
}

/** Two values are kept of each name. */
function entryOf(name: i32): usize {
  return VALUES + <usize>name * VALUE_BYTES * 2;
}

/** An entry holds the units of a value, its length in bytes and its flags. */
function matches(entry: usize, at: usize, stop: usize): bool {
  const bytes: usize = load<u32>(entry, 32);
  const end = at + bytes;
  const mask: usize = UNIT_MASKS + (bytes << 4);
  const first = v128.and(v128.xor(v128.load(at), v128.load(entry)), v128.load(mask));
  const second = v128.and(v128.xor(v128.load(at, 16), v128.load(entry, 16)), v128.load(mask, 16));
  if (v128.any_true(v128.or(first, second)) || load<u16>(end) !== QUOTE || end >= stop) return false;
  valueFlags = load<u32>(entry, 36);
  valueEnd = end;
  return true;
}

/** Keeps a value in place of the older of the two, if it is short. Those that a rule may find something in are not kept. */
export function keep(name: i32, start: usize, end: usize, flags: u32): void {
  if (name >= NAMED_VALUES || end - start > SHORT_BYTES) return;
  const entry = entryOf(name);
  memory.copy(entry + VALUE_BYTES, entry, VALUE_BYTES);
  v128.store(entry, v128.load(start));
  v128.store(entry, v128.load(start, 16), 16);
  store<u32>(entry, <u32>(end - start), 32);
  store<u32>(entry, flags, 36);
}

/** Forgets all values. */
export function forgetValues(): void {
  memory.fill(VALUES, 0, NAMED_VALUES * VALUE_BYTES * 2);
}
