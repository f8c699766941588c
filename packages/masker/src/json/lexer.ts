/** Where the tokens of a JSON text end, and what its strings say. */
const BACKSLASH = 0x5c;

/** A text is not JSON; the message never quotes it. Nothing else throws this, so it may be taken for an answer. */
export class NotJson extends SyntaxError {
  constructor() {
    super('The text to mask is not valid JSON.');
  }
}

/**
 * The offset of the quote that ends the string whose content starts at `start`.
 *
 * @throws NotJson where no quote does
 * @example stringEnd('"a\\"b"', 1) // 5
 */
export function stringEnd(source: string, start: number): number {
  for (let end = source.indexOf('"', start); end >= 0; end = source.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (source.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return end;
  }
  throw new NotJson();
}

const LITERAL = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/**
 * The offset at which the number or word that starts at `start` ends.
 *
 * @throws NotJson where there is none
 * @example literalEnd('[12,true]', 1) // 3
 */
export function literalEnd(source: string, start: number): number {
  LITERAL.lastIndex = start;
  if (!LITERAL.test(source)) throw new NotJson();
  return LITERAL.lastIndex;
}

/**
 * The value of a JSON string without its quotes.
 *
 * @throws NotJson when its escapes are none
 * @example decodeString('a\\u0041') // 'aA'
 */
export function decodeString(raw: string): string {
  if (!raw.includes('\\')) return raw;
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    throw new NotJson();
  }
}

/**
 * For each code unit of the decoded string, and its end, the offset in the raw one.
 *
 * @example escapeMap('a\\nb') // Int32Array [0, 1, 3, 4]
 */
export function escapeMap(raw: string): Int32Array {
  const map = new Int32Array(raw.length + 1);
  let length = 0;
  for (let at = 0; at < raw.length; ) {
    map[length++] = at;
    if (raw.charCodeAt(at) !== BACKSLASH) at++;
    else at += raw[at + 1] === 'u' ? 6 : 2;
  }
  map[length] = raw.length;
  return map.subarray(0, length + 1);
}
