/** Finds a member's own text inside an object's JSON text. Pure. */
import { BACKSLASH, CLOSE_BRACE, CLOSE_BRACKET, OPEN_BRACE, OPEN_BRACKET, QUOTE } from './json-bytes.ts';

/**
 * The text of a top-level member's value, as it stands in the source.
 *
 * `JSON.parse` and `JSON.stringify` would change it: 1.0 becomes 1, large integers lose digits. With a name that occurs
 * twice the last one counts, as in `JSON.parse`.
 *
 * @param json a valid JSON object
 * @returns undefined when there is no such member
 * @example sliceMember('{"a":{"b":1},"b":1.0}', 'b') // '1.0'
 */
export function sliceMember(json: string, name: string): string | undefined {
  let found: string | undefined;
  let at = json.indexOf('{') + 1;
  while (at < json.length) {
    const keyStart = json.indexOf('"', at);
    if (keyStart < 0) break;
    const keyEnd = endOfString(json, keyStart);
    const valueStart = skipSpace(json, json.indexOf(':', keyEnd) + 1);
    const valueEnd = endOfValue(json, valueStart);
    if (JSON.parse(json.slice(keyStart, keyEnd)) === name) found = json.slice(valueStart, valueEnd);
    at = valueEnd;
  }
  return found;
}

/** A number, true, false or null. */
const SCALAR = /[^\s,}\]]*/y;

/** Index after the closing quote. */
function endOfString(json: string, start: number): number {
  let at = start + 1;
  for (;;) {
    const quote = json.indexOf('"', at);
    let backslashes = 0;
    while (json.charCodeAt(quote - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (quote < 0 || backslashes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}

function skipSpace(json: string, start: number): number {
  let at = start;
  while (json.charCodeAt(at) <= 0x20) at += 1;
  return at;
}

/** Index after the value that starts here. */
function endOfValue(json: string, start: number): number {
  const first = json[start];
  if (first === '"') return endOfString(json, start);
  if (first !== '{' && first !== '[') {
    SCALAR.lastIndex = start;
    return start + (SCALAR.exec(json)?.[0].length ?? 0);
  }
  let depth = 0;
  for (let at = start; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) at = endOfString(json, at) - 1;
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) depth += 1;
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return json.length;
}
