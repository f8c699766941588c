/** Lines of JSON Lines and lists of ids. */
import { StringDecoder } from 'node:string_decoder';

/** A line is longer than its reader takes. */
export class LineTooLong extends Error {
  override readonly name = 'LineTooLong';
}

/**
 * The lines of a UTF-8 stream, without their ends (LF or CRLF), in memory for the longest of them.
 *
 * Not `node:readline`: it also breaks at U+2028, U+2029 and a bare CR. JSON text may hold the first two as they stand,
 * and a row that is torn there is lost.
 *
 * @param maxCharacters of one line, so that it bounds the memory; a line of any length when left out
 * @throws LineTooLong as soon as so much of a line has been read; the error that the stream fails with
 * @example await Array.fromAsync(linesOf(Readable.from([Buffer.from('a\r\nb')]))) // ['a', 'b']
 */
export async function* linesOf(
  body: AsyncIterable<Buffer>,
  maxCharacters = Number.POSITIVE_INFINITY,
): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let characters = 0;
  // Joined when a line ends: a long one would be copied with every chunk otherwise.
  let pieces: string[] = [];
  for await (const chunk of body) {
    const text = decoder.write(chunk);
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      pieces.push(text.slice(from, end));
      if (characters + end - from > maxCharacters) throw new LineTooLong();
      yield withoutReturn(pieces.join(''));
      pieces = [];
      characters = 0;
      from = end + 1;
    }
    if (from < text.length) pieces.push(text.slice(from));
    characters += text.length - from;
    if (characters > maxCharacters) throw new LineTooLong();
  }
  const last = pieces.join('') + decoder.end();
  if (last !== '') yield withoutReturn(last);
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
