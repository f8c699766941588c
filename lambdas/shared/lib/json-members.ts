/** Members of a JSON object as they are written. Pure. */
import { BACKSLASH, CLOSE_BRACE, CLOSE_BRACKET, COMMA, OPEN_BRACE, OPEN_BRACKET, QUOTE } from './json-bytes.ts';
import { END, endOfString, endOfValue, skipBlanks, startOfValue } from './json-syntax.ts';

/**
 * The source text of some members of a JSON object, each by its name; a name that the object lacks is missing. Of a name
 * that occurs twice the last one counts, as in `JSON.parse`. Undefined when the text is not JSON, or no object.
 *
 * One pass over the bytes, which makes no value of anything: that would change a number (1.0 becomes 1, a large integer
 * loses digits), and cost a tree that is thrown away.
 *
 * @param json UTF-8
 * @example readMembers(Buffer.from('{"a":1.00,"b":[2],"c":3}'), ['a', 'b']) // Map { 'a' => '1.00', 'b' => '[2]' }
 */
export function readMembers(json: Buffer, names: readonly string[]): ReadonlyMap<string, string> | undefined {
  const text = Buffer.concat([json, Buffer.of(END)]);
  const places = new Map<string, readonly [start: number, end: number]>();
  const isWhole = walkMembers(text, (at, start, end) => {
    const name = stringAt(text, at);
    if (names.includes(name)) places.set(name, [start, end]);
  });
  if (!isWhole) return undefined;
  return new Map([...places].map(([name, [start, end]]) => [name, text.toString('utf8', start, end)]));
}

/**
 * The source text of every member of a JSON object, in order; of a name that occurs twice the last value counts.
 * Undefined when the text is not JSON, or no object.
 *
 * @param json UTF-8
 * @example readEveryMember(Buffer.from('{"a":1.00,"b":[2]}')) // Map { 'a' => '1.00', 'b' => '[2]' }
 */
export function readEveryMember(json: Buffer): ReadonlyMap<string, string> | undefined {
  const text = Buffer.concat([json, Buffer.of(END)]);
  const members = new Map<string, string>();
  const isWhole = walkMembers(text, (at, start, end) => {
    members.set(stringAt(text, at), text.toString('utf8', start, end));
  });
  return isWhole ? members : undefined;
}

/**
 * The source text of every element of a JSON array, in order. Undefined when the text is not JSON, or no array.
 *
 * @param json UTF-8
 * @example readEveryElement(Buffer.from('[1.00, {"a":2}]')) // ['1.00', '{"a":2}']
 */
export function readEveryElement(json: Buffer): string[] | undefined {
  const text = Buffer.concat([json, Buffer.of(END)]);
  const elements: string[] = [];
  let at = skipBlanks(text, 0);
  if (text[at] !== OPEN_BRACKET) return undefined;
  at = skipBlanks(text, at + 1);
  while (text[at] !== CLOSE_BRACKET) {
    const end = endOfValue(text, at);
    elements.push(text.toString('utf8', at, end));
    const next = skipBlanks(text, end);
    if (text[next] !== COMMA && text[next] !== CLOSE_BRACKET) return undefined;
    if (text[next] === CLOSE_BRACKET) at = next;
    else {
      at = skipBlanks(text, next + 1);
      if (text[at] === CLOSE_BRACKET) return undefined;
    }
  }
  return skipBlanks(text, at + 1) === json.length ? elements : undefined;
}

/** False when the text is not JSON, or no object; `visit` gets where a name begins, and its value begins and ends. */
function walkMembers(text: Buffer, visit: (at: number, start: number, end: number) => void): boolean {
  let at = skipBlanks(text, 0);
  if (text[at] !== OPEN_BRACE) return false;
  at = skipBlanks(text, at + 1);
  while (text[at] !== CLOSE_BRACE) {
    const start = startOfValue(text, at);
    const end = endOfValue(text, start);
    const next = skipBlanks(text, end);
    if (text[next] !== COMMA && text[next] !== CLOSE_BRACE) return false;
    visit(at, start, end);
    if (text[next] === CLOSE_BRACE) at = next;
    else {
      at = skipBlanks(text, next + 1);
      if (text[at] !== QUOTE) return false;
    }
  }
  return skipBlanks(text, at + 1) === text.length - 1;
}

/** What the string that begins at `at` says. */
function stringAt(text: Buffer, at: number): string {
  const end = endOfString(text, at);
  const hasEscapes = text.subarray(at, end).includes(BACKSLASH);
  return hasEscapes ? (JSON.parse(text.toString('utf8', at, end)) as string) : text.toString('utf8', at + 1, end - 1);
}
