// Reads a JSON text window by window: its grammar, its names, the flags of its strings.
import { IN_MEMBER, MATTERS, SUSPICIOUS } from './bits';
import { isNumberStart, literalEnd } from './literals';
import { begin, look, lookEnd, lookFlags, MARGIN, shift } from './look';
import {
  AWKWARD_LITERAL,
  AWKWARD_STRING,
  DONE,
  FULL,
  INVALID,
  KEY,
  MORE,
  NUMBER,
  OFFSET,
  PERSONAL,
  SECRET,
  STACK,
  STRING,
  TELLING,
  UNKNOWN_NAME,
  WINDOW,
} from './memory';
import { expect, isSuspicious, nameEnd, recognise, useOf } from './names';
import { addContainer, addLeaf, isFull, openRows } from './rows';
import { isKept, keep, valueEnd, valueFlags } from './values';

const QUOTE: u32 = 0x22;
const BACKSLASH: u32 = 0x5c;
const COMMA: u32 = 0x2c;
const COLON: u32 = 0x3a;
const OPEN_OBJECT: u32 = 0x7b;
const CLOSE_OBJECT: u32 = 0x7d;
const OPEN_ARRAY: u32 = 0x5b;
const CLOSE_ARRAY: u32 = 0x5d;

// What the grammar allows next.
const VALUE: i32 = 0;
const VALUE_OR_END: i32 = 1;
const NAME: i32 = 2;
const NAME_OR_END: i32 = 3;
const AFTER_NAME: i32 = 4;
const AFTER_VALUE: i32 = 5;
const IN_STRING: i32 = 6;

/** The number of the empty name, which elements of arrays bear, too. */
const NAMELESS: i32 = 0;

/** Digits that a number under a telling name has at least. */
const TELLING_DIGITS: i32 = 3;

/** Pages by which the memory grows for the open containers. */
const MORE_PAGES: i32 = 16;

/** Offset of the window in the text, units. */
let base: i32 = 0;
/** Where reading goes on, and where the window ends. */
let at: usize = WINDOW;
let stop: usize = WINDOW;
/** The window holds the rest of the text. */
let whole: bool = false;

let state: i32 = VALUE;
let depth: i32 = 0;
/** The open container, and the position in it if it is an array; -1 in an object. */
let parent: i32 = 0;
let index: i32 = -1;
/** The name of the value that is read, and what a number under it is. */
let name: i32 = 0;
let use: i32 = 0;
/** What a number in the open container is that has no name of its own: an element, or under the empty name. */
let containerUse: i32 = 0;
/** Member name before. */
let lastName: i32 = 0;
/** Where the value or name begins that is read, units of the text. */
let valueStart: i32 = 0;

/** Starts on another text. */
export function open(): void {
  state = VALUE;
  depth = 0;
  parent = 0;
  index = -1;
  name = 0;
  use = 0;
  containerUse = 0;
  lastName = 0;
  openRows();
  addContainer(0, -1, 0, 0);
}

/** A window was filled: `units` of the text from `offset` on; reading goes on `ahead` units behind that. */
export function fill(offset: i32, units: i32, ahead: i32, isWhole: bool): void {
  if (state === IN_STRING) shift((<usize>(offset - base)) << 1);
  base = offset;
  at = WINDOW + ((<usize>ahead) << 1);
  stop = WINDOW + ((<usize>units) << 1);
  whole = isWhole;
}

/** The unit of the text at which reading goes on. */
export function position(): i32 {
  return offsetOf(at);
}

function offsetOf(address: usize): i32 {
  return base + <i32>((address - WINDOW) >> 1);
}

/** The first unit of the name, string or literal that the other side is asked to read. */
export function awkwardStart(): i32 {
  return valueStart;
}

/** The name has this number. */
export function nameIs(id: i32, itsUse: i32, flags: u32, start: i32, end: i32): void {
  expect(id, lastName);
  take(id, itsUse, flags, start, end);
}

/** The prefilter raises these flags for the string. */
export function stringIs(start: i32, end: i32, flags: u32): void {
  const more = use === SECRET ? SUSPICIOUS | MATTERS : use === PERSONAL ? IN_MEMBER : 0;
  addLeaf(STRING, start, end, name, index, parent, flags | more);
  state = AFTER_VALUE;
}

/** The literal is valid. */
export function literalIs(start: i32, end: i32, isNumber: bool): void {
  if (isNumber) addNumber(start, end);
  state = AFTER_VALUE;
}

function take(id: i32, itsUse: i32, flags: u32, start: i32, end: i32): void {
  name = id;
  use = id === NAMELESS ? containerUse : itsUse;
  lastName = id;
  state = AFTER_NAME;
  if (flags !== 0) addLeaf(KEY, start, end, name, -1, parent, flags);
}

function isTelling(itsUse: i32): bool {
  return itsUse === TELLING || itsUse === SECRET;
}

function addNumber(start: i32, end: i32): void {
  if (use === OFFSET || (isTelling(use) && end - start >= TELLING_DIGITS))
    addLeaf(NUMBER, start, end, name, index, parent, isTelling(use) ? SUSPICIOUS : 0);
}

/** What the other side is needed for: {@link DONE}, {@link MORE} and so on. Reads on until then. */
export function scan(): i32 {
  while (true) {
    if (isFull()) return FULL;
    if (at >= stop && whole) return state === AFTER_VALUE && depth === 0 ? DONE : INVALID;
    if (at + MARGIN > stop && !whole) return MORE;
    if (state === IN_STRING) {
      const reason = readString();
      if (reason !== DONE) return reason;
      continue;
    }
    let unit: u32 = load<u16>(at);
    if (unit === COMMA) {
      if (state !== AFTER_VALUE || depth === 0) return INVALID;
      at += 2;
      if (index >= 0) {
        index++;
        state = VALUE;
        continue;
      }
      state = NAME;
      // Mostly written without blanks: a name, its colon and its value are read right here.
      if (load<u16>(at) !== QUOTE) continue;
      at += 2;
      if (!readName()) return UNKNOWN_NAME;
      if (state !== VALUE || at + MARGIN > stop) continue;
      unit = load<u16>(at);
    }
    const isValueNext = state === VALUE || state === VALUE_OR_END;
    if (unit === QUOTE) {
      at += 2;
      if (isValueNext) {
        valueStart = offsetOf(at);
        state = IN_STRING;
        if (isKept(name, at, stop)) {
          stringIs(valueStart, offsetOf(valueEnd), valueFlags);
          at = valueEnd + 2;
        } else {
          begin(at);
          const reason = readString();
          if (reason !== DONE) return reason;
        }
      } else if (state === NAME || state === NAME_OR_END) {
        if (!readName()) return UNKNOWN_NAME;
      } else return INVALID;
    } else if (unit === COLON) {
      if (state !== AFTER_NAME) return INVALID;
      state = VALUE;
      at += 2;
    } else if (unit <= 0x20) {
      if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return INVALID;
      at += 2;
    } else if (unit === OPEN_OBJECT || unit === OPEN_ARRAY) {
      if (!isValueNext || !enter(unit === OPEN_ARRAY)) return INVALID;
      at += 2;
    } else if (unit === CLOSE_OBJECT || unit === CLOSE_ARRAY) {
      if (!leave(unit === CLOSE_ARRAY)) return INVALID;
      at += 2;
    } else {
      if (!isValueNext) return INVALID;
      if (!readLiteral(unit)) {
        valueStart = offsetOf(at);
        return AWKWARD_LITERAL;
      }
    }
  }
}

/** Goes into the container that opens here; false without memory for it. */
function enter(isArray: bool): bool {
  const entry: usize = STACK + ((<usize>depth) << 4);
  if (entry + 16 > (<usize>memory.size()) << 16 && memory.grow(MORE_PAGES) < 0) return false;
  store<i32>(entry, parent);
  store<i32>(entry, index, 4);
  store<i32>(entry, containerUse, 8);
  depth++;
  containerUse = isTelling(use) ? use : 0;
  parent = addContainer(parent, index, name, offsetOf(at));
  index = isArray ? 0 : -1;
  name = NAMELESS;
  use = containerUse;
  state = isArray ? VALUE_OR_END : NAME_OR_END;
  return true;
}

/** Comes out of the open container; false where it may not end. */
function leave(isArray: bool): bool {
  if (depth === 0 || isArray !== index >= 0) return false;
  if (state !== AFTER_VALUE && state !== (isArray ? VALUE_OR_END : NAME_OR_END)) return false;
  depth--;
  const entry: usize = STACK + ((<usize>depth) << 4);
  parent = load<i32>(entry);
  index = load<i32>(entry, 4);
  containerUse = load<i32>(entry, 8);
  name = NAMELESS;
  use = containerUse;
  state = AFTER_VALUE;
  return true;
}

/** Reads a string from its first unit or where reading was broken off; DONE, or what the other side is needed for. */
function readString(): i32 {
  const hasEnded = look(at, stop, true, whole);
  at = lookEnd;
  if (!hasEnded) return MORE;
  if (at >= stop) return INVALID;
  if (load<u16>(at) === BACKSLASH) return AWKWARD_STRING;
  const end = offsetOf(at);
  if ((lookFlags & SUSPICIOUS) === 0 && valueStart >= base)
    keep(name, at - ((<usize>(end - valueStart)) << 1), at, lookFlags);
  stringIs(valueStart, end, lookFlags);
  at += 2;
  return DONE;
}

/** Reads a name that is known and the colon behind it; false for one that is not. */
function readName(): bool {
  valueStart = offsetOf(at);
  const id = recognise(at, stop, lastName);
  if (id < 0) return false;
  take(id, useOf(id), isSuspicious(id) ? SUSPICIOUS : 0, valueStart, offsetOf(nameEnd));
  at = nameEnd + 2;
  if (load<u16>(at) === COLON) {
    at += 2;
    state = VALUE;
  }
  return true;
}

/** Reads a plain number or `true`, `false`, `null`; false for anything else. */
function readLiteral(first: u32): bool {
  const end = literalEnd(at, stop, first);
  if (end === 0) return false;
  if (use !== 0 && isNumberStart(first)) addNumber(offsetOf(at), offsetOf(end));
  at = end;
  state = AFTER_VALUE;
  return true;
}
