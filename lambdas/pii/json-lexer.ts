/** Where the tokens of a JSON text end, and what its strings say. */
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const CLOSE_OBJECT = 0x7d;
const CLOSE_ARRAY = 0x5d;

/** Thrown for a text that is not JSON; the message never quotes it. */
export function notJson(): SyntaxError {
  return new SyntaxError('The text to mask is not valid JSON.');
}

/** White space of JSON. */
export function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** The quote or backslash that follows. */
export function nameEnd(units: Uint16Array, start: number): number {
  let at = start;
  let unit = units[at] as number;
  while (unit !== QUOTE && unit !== BACKSLASH) unit = units[++at] as number;
  return at;
}

/** The quote that ends the string with this start. */
export function stringEnd(source: string, start: number): number {
  for (let end = source.indexOf('"', start); end >= 0; end = source.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (source.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return end;
  }
  throw notJson();
}

/** The end of a plain number (no exponent), or 0 when it has to be looked at closely. */
export function numberEnd(units: Uint16Array, start: number): number {
  let at = units[start] === MINUS ? start + 1 : start;
  let code = units[at] as number;
  if (code < ZERO || code > NINE) return 0;
  if (code === ZERO) code = units[++at] as number;
  else
    do code = units[++at] as number;
    while (code >= ZERO && code <= NINE);
  if (code === POINT) {
    code = units[++at] as number;
    if (code < ZERO || code > NINE) return 0;
    do code = units[++at] as number;
    while (code >= ZERO && code <= NINE);
  }
  return code === COMMA || code === CLOSE_OBJECT || code === CLOSE_ARRAY ? at : 0;
}

const LITERAL = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** The end of any number or word. */
export function literalEnd(source: string, start: number): number {
  LITERAL.lastIndex = start;
  if (!LITERAL.test(source)) throw notJson();
  return LITERAL.lastIndex;
}

/** The value of a JSON string without its quotes. */
export function decodeString(raw: string): string {
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    throw notJson();
  }
}

/** For each code unit of the decoded string, and its end, the offset in the raw one. */
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
