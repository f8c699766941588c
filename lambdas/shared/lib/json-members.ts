/** Members of a JSON object as they are written. Pure. */
import { BACKSLASH, CLOSE_BRACE, COMMA, OPEN_BRACE, QUOTE } from './json-bytes.ts';
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
  let at = skipBlanks(text, 0);
  if (text[at] !== OPEN_BRACE) return undefined;
  at = skipBlanks(text, at + 1);
  while (text[at] !== CLOSE_BRACE) {
    const start = startOfValue(text, at);
    const end = endOfValue(text, start);
    const next = skipBlanks(text, end);
    if (text[next] !== COMMA && text[next] !== CLOSE_BRACE) return undefined;
    const name = stringAt(text, at);
    if (names.includes(name)) places.set(name, [start, end]);
    if (text[next] === CLOSE_BRACE) at = next;
    else {
      at = skipBlanks(text, next + 1);
      if (text[at] !== QUOTE) return undefined;
    }
  }
  if (skipBlanks(text, at + 1) !== json.length) return undefined;
  return new Map([...places].map(([name, [start, end]]) => [name, text.toString('utf8', start, end)]));
}

/** What the string that begins at `at` says. */
function stringAt(text: Buffer, at: number): string {
  const end = endOfString(text, at);
  const hasEscapes = text.subarray(at, end).includes(BACKSLASH);
  return hasEscapes ? (JSON.parse(text.toString('utf8', at, end)) as string) : text.toString('utf8', at + 1, end - 1);
}
