/**
 * Where the parts of a JSON text end. As strict as `JSON.parse` is with the decoded text, but it makes no value of what it
 * reads, and looks at each byte once.
 *
 * The texts are UTF-8 with {@link END} behind them. Its offset is the answer where what is looked for is not there, and
 * nothing is found there either: so nobody has to ask whether the text is at its end, byte by byte, nor reads beyond it,
 * which would make the engine read every text in a slower way from then on.
 */
import { BACKSLASH, CLOSE_BRACE, COLON, COMMA, isBlank, OPEN_BRACE, OPEN_BRACKET, QUOTE, SLASH } from './json-bytes.ts';

/** A byte that JSON allows nowhere, not even in a string. */
export const END = 0x00;

/** From `[` to `]` and from `{` to `}`. */
const TO_CLOSING = 2;

/** Below it are the control characters, which a string holds as escapes only. */
const FIRST_PRINTABLE = 0x20;
const MINUS = 0x2d;
const PLUS = 0x2b;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
/** A letter in lower case, whichever case it has. */
const LOWER = 0x20;
const LETTER_A = 0x61;
const LETTER_E = 0x65;
const LETTER_F = 0x66;
const LETTER_U = 0x75;

/** What may stand behind a backslash, `u` aside. */
const ESCAPED = new Set([QUOTE, BACKSLASH, SLASH, ...Buffer.from('bfnrt')]);
const WORDS = ['true', 'false', 'null'].map((word) => Buffer.from(word));

/**
 * The offset of the first byte from `at` on that is no blank.
 *
 * @example skipBlanks(Buffer.from('  7\0'), 0) // 2
 */
export function skipBlanks(json: Uint8Array, at: number): number {
  let end = at;
  while (isBlank(json[end] as number)) end += 1;
  return end;
}

/**
 * The offset behind the string that begins at `at`.
 *
 * @example endOfString(Buffer.from('"a":1\0'), 0) // 3
 */
export function endOfString(json: Uint8Array, at: number): number {
  if (json[at] !== QUOTE) return endOf(json);
  let end = at + 1;
  for (;;) {
    let byte = json[end] as number;
    while (byte >= FIRST_PRINTABLE && byte !== QUOTE && byte !== BACKSLASH) byte = json[++end] as number;
    if (byte === QUOTE) return end + 1;
    const length = byte === BACKSLASH ? escapeLength(json, end) : 0;
    if (length === 0) return endOf(json);
    end += length;
  }
}

/** Bytes of the escape whose backslash is at `at`; 0 where it is none. */
function escapeLength(json: Uint8Array, at: number): number {
  const byte = json[at + 1] as number;
  if (ESCAPED.has(byte)) return 2;
  const isUnit = byte === LETTER_U && isHexDigit(json, at + 2) && isHexDigit(json, at + 3);
  return isUnit && isHexDigit(json, at + 4) && isHexDigit(json, at + 5) ? 6 : 0;
}

/**
 * The offset of the value of a member whose name begins at `at`.
 *
 * @example startOfValue(Buffer.from('"a" : 1\0'), 0) // 6
 */
export function startOfValue(json: Uint8Array, at: number): number {
  const colon = skipBlanks(json, endOfString(json, at));
  return json[colon] === COLON ? skipBlanks(json, colon + 1) : endOf(json);
}

/**
 * The offset behind the value that begins at `at`, whatever it holds and however deep.
 *
 * @example endOfValue(Buffer.from('{"a":[1,2]} \0'), 0) // 11
 */
export function endOfValue(json: Uint8Array, at: number): number {
  /** The closing brackets that are owed: a list and not the call stack, which a deep document would exhaust. */
  const owed: number[] = [];
  let end = at;
  while (json[end] !== END) {
    const byte = json[end] as number;
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      owed.push(byte + TO_CLOSING);
      end = skipBlanks(json, end + 1);
      if (json[end] !== byte + TO_CLOSING) {
        if (byte === OPEN_BRACE) end = startOfValue(json, end);
        continue;
      }
    } else if (byte === QUOTE) end = endOfString(json, end);
    else end = isDigit(byte) || byte === MINUS ? endOfNumber(json, end) : endOfWord(json, end);
    end = startOfNext(json, end, owed);
    if (owed.length === 0) return end;
  }
  return endOf(json);
}

/** From the end of a value to the start of the next one in what is open; where nothing is open any more, the end. */
function startOfNext(json: Uint8Array, at: number, owed: number[]): number {
  let end = at;
  while (owed.length > 0) {
    end = skipBlanks(json, end);
    const closing = owed[owed.length - 1];
    const byte = json[end] as number;
    if (byte === COMMA) {
      end = skipBlanks(json, end + 1);
      return closing === CLOSE_BRACE ? startOfValue(json, end) : end;
    }
    if (byte !== closing) return endOf(json);
    owed.pop();
    end += 1;
  }
  return end;
}

function endOfNumber(json: Uint8Array, at: number): number {
  const first = json[at] === MINUS ? at + 1 : at;
  let end = json[first] === ZERO ? first + 1 : endOfDigits(json, first);
  if (json[end] === POINT) end = endOfDigits(json, end + 1);
  if (((json[end] as number) | LOWER) === LETTER_E) {
    const sign = json[end + 1] as number;
    end = endOfDigits(json, sign === PLUS || sign === MINUS ? end + 2 : end + 1);
  }
  return end;
}

/** Behind one digit or more. */
function endOfDigits(json: Uint8Array, at: number): number {
  let end = at;
  while (isDigit(json[end] as number)) end += 1;
  return end === at ? endOf(json) : end;
}

function endOfWord(json: Uint8Array, at: number): number {
  const word = WORDS.find((each) => each.every((byte, index) => json[at + index] === byte));
  return word ? at + word.length : endOf(json);
}

/** Offset of {@link END}. */
function endOf(json: Uint8Array): number {
  return json.length - 1;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}

function isHexDigit(json: Uint8Array, at: number): boolean {
  const byte = json[at] as number;
  const letter = byte | LOWER;
  return isDigit(byte) || (letter >= LETTER_A && letter <= LETTER_F);
}
