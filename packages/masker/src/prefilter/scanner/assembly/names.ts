// Member names that were met before: they are recognised without being taken out of the text.
import { MAX_NAMES, NAME_SLOT_COUNT, NAME_SLOTS, NAME_UNITS, NAME_UNITS_END, NAMES, UNIT_MASKS } from './memory';
import { forgetValues } from './values';

const QUOTE: u32 = 0x22;
const BACKSLASH: u32 = 0x5c;

/** What is noted of a name: its use, whether it is known, whether a rule may find something in it. */
const USE: i32 = 7;
const KNOWN: i32 = 8;
const SUSPICIOUS_NAME: i32 = 16;

/** Bytes of a name that are compared at once: two vectors. */
const SHORT_NAME: usize = 32;

/** Where the units of the next name go. */
let nextUnits: usize = NAME_UNITS;

/** Where the name ends that was recognised last. */
export let nameEnd: usize = 0;

/** The number of the name that stands at an address, followed by a quote before `stop`; -1 for one that is not known. */
export function recognise(at: usize, stop: usize, last: i32): i32 {
  // Names mostly come in the same order.
  let id = last < MAX_NAMES ? load<i32>(entryOf(last), 12) : 0;
  nameEnd = endOf(id, at, stop);
  if (nameEnd === 0) {
    id = find(at, stop);
    if (id >= 0) expect(id, last);
  }
  return id;
}

/** A name is expected the next time after the one before it. */
export function expect(id: i32, last: i32): void {
  if (last < MAX_NAMES && id < MAX_NAMES && (load<i32>(entryOf(id), 8) & KNOWN) !== 0)
    store<i32>(entryOf(last), id, 12);
}

/** What a number is under the name: {@link MEASURE} and so on. */
export function useOf(id: i32): i32 {
  return load<i32>(entryOf(id), 8) & USE;
}

/** Whether a rule may find something in the name itself. */
export function isSuspicious(id: i32): bool {
  return (load<i32>(entryOf(id), 8) & SUSPICIOUS_NAME) !== 0;
}

function entryOf(id: i32): usize {
  return NAMES + ((<usize>id) << 4);
}

/** Where a name ends if it is what stands at an address up to a quote; otherwise 0. */
function endOf(id: i32, at: usize, stop: usize): usize {
  const entry = entryOf(id);
  const known = load<usize>(entry);
  const bytes = load<usize>(entry, 4) << 1;
  const end = at + bytes;
  if (end >= stop || load<u16>(end) !== QUOTE) return 0;
  // Most names are short: no loop, whose end would not be foreseen.
  const mask: usize = UNIT_MASKS + (min(bytes, SHORT_NAME) << 4);
  const first = v128.and(v128.xor(v128.load(at), v128.load(known)), v128.load(mask));
  const second = v128.and(v128.xor(v128.load(at, 16), v128.load(known, 16)), v128.load(mask, 16));
  if (v128.any_true(v128.or(first, second))) return 0;
  for (let done = SHORT_NAME; done < bytes; done += 2) if (load<u16>(at + done) !== load<u16>(known + done)) return 0;
  return end;
}

function find(at: usize, stop: usize): i32 {
  let end = at;
  let hash: u32 = 0;
  for (let unit: u32 = load<u16>(end); unit !== QUOTE; unit = load<u16>(end)) {
    if (unit === BACKSLASH || end >= stop) return -1;
    hash = extendHash(hash, unit);
    end += 2;
  }
  let slot = slotOf(hash);
  let id = <i32>load<u16>(slot) - 1;
  while (id >= 0 && endOf(id, at, stop) !== end) {
    slot = slotAfter(slot);
    id = <i32>load<u16>(slot) - 1;
  }
  nameEnd = end;
  return id;
}

/** FNV-1a, a unit at a time. */
function extendHash(hash: u32, unit: u32): u32 {
  return (hash ^ unit) * 0x01000193;
}

function slotOf(hash: u32): usize {
  return NAME_SLOTS + ((<usize>((hash ^ (hash >> 15)) & (NAME_SLOT_COUNT - 1))) << 1);
}

function slotAfter(slot: usize): usize {
  return slot + 2 < NAME_SLOTS + NAME_SLOT_COUNT * 2 ? slot + 2 : NAME_SLOTS;
}

/** Where the units of a name are to be put; 0 when there is no room for them. */
export function roomForName(id: i32, units: i32): usize {
  return id < MAX_NAMES && nextUnits + ((<usize>units) << 1) + SHORT_NAME <= NAME_UNITS_END ? nextUnits : 0;
}

/** Learns the name whose units have been put there. */
export function learn(id: i32, units: i32, use: i32, suspicious: bool): void {
  const entry = entryOf(id);
  store<usize>(entry, nextUnits);
  store<usize>(entry, units, 4);
  store<i32>(entry, use | KNOWN | (suspicious ? SUSPICIOUS_NAME : 0), 8);
  let hash: u32 = 0;
  for (let unit = 0; unit < units; unit++) hash = extendHash(hash, load<u16>(nextUnits + ((<usize>unit) << 1)));
  let slot = slotOf(hash);
  while (load<u16>(slot) !== 0) slot = slotAfter(slot);
  store<u16>(slot, id + 1);
  nextUnits += (<usize>units) << 1;
}

/** Forgets all names, and their values. */
export function forget(): void {
  nextUnits = NAME_UNITS;
  memory.fill(NAMES, 0, NAME_UNITS - NAMES);
  forgetValues();
}
