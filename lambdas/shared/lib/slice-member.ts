/** Finds the own text of members and elements inside JSON text. Pure. */
import { BACKSLASH, CLOSE_BRACE, CLOSE_BRACKET, COMMA, OPEN_BRACE, OPEN_BRACKET, QUOTE } from './json-bytes.ts';

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
  for (const member of sliceMembers(json)) if (member.name === name) found = member.text;
  return found;
}

/**
 * The members of an object at its top level, each with the text of its value as it stands in the source.
 *
 * @param json a valid JSON object
 * @example [...sliceMembers('{"a":1.0}')] // [{ name: 'a', text: '1.0' }]
 */
export function* sliceMembers(json: string): Generator<{ name: string; text: string }> {
  let at = json.indexOf('{') + 1;
  while (at < json.length) {
    const keyStart = json.indexOf('"', at);
    if (keyStart < 0) return;
    const keyEnd = endOfString(json, keyStart);
    const valueStart = skipSpace(json, json.indexOf(':', keyEnd) + 1);
    const valueEnd = endOfValue(json, valueStart);
    yield { name: JSON.parse(json.slice(keyStart, keyEnd)), text: json.slice(valueStart, valueEnd) };
    at = valueEnd;
  }
}

/**
 * The elements of an array as they stand in the source.
 *
 * @param json a valid JSON array
 * @example [...sliceElements('[1.0, {"a":[]}]')] // ['1.0', '{"a":[]}']
 */
export function* sliceElements(json: string): Generator<string> {
  let at = skipSpace(json, json.indexOf('[') + 1);
  while (at < json.length && json.charCodeAt(at) !== CLOSE_BRACKET) {
    const end = endOfValue(json, at);
    yield json.slice(at, end);
    at = skipSpace(json, end);
    if (json.charCodeAt(at) === COMMA) at = skipSpace(json, at + 1);
  }
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
