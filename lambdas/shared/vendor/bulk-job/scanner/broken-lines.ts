import { COLON, COMMA, isBlank, NEWLINE, OPEN_BRACE, OPEN_BRACKET } from '../../../lib/json-bytes.ts';

/**
 * Tells where an item is broken that stands in no list. JSON Lines have an item a line: one that is still open at the
 * line's end is broken, and the next line is not. The first item may be all there is, over many lines: it is broken where
 * a line begins with an object that nothing announces.
 */
export class BrokenLines {
  #areJsonLines = false;
  /** A line has ended in the middle of the first value, at a place where none may end before an object. */
  #isSuspect = false;
  /** The last byte of the chunk before that is no blank. */
  #last = 0;

  /** A value has ended: from the second one on this is JSON Lines. */
  valueEnded(): void {
    this.#areJsonLines = true;
  }

  /** Whether the open item is broken at this byte, outside its strings. */
  breakAt(chunk: Buffer, at: number): boolean {
    const byte = chunk[at] as number;
    if (byte === NEWLINE) {
      if (this.#areJsonLines) return true;
      const before = lastOf(chunk, at, this.#last);
      this.#isSuspect = before !== COMMA && before !== COLON && before !== OPEN_BRACKET;
      return false;
    }
    if (!this.#isSuspect || isBlank(byte)) return false;
    this.#isSuspect = false;
    return byte === OPEN_BRACE;
  }

  chunkEnded(chunk: Buffer): void {
    this.#last = lastOf(chunk, chunk.length, this.#last);
  }
}

/** The last byte before `end` that is no blank; `otherwise` where there is none. */
function lastOf(chunk: Buffer, end: number, otherwise: number): number {
  for (let at = end - 1; at >= 0; at -= 1) {
    const byte = chunk[at] as number;
    if (!isBlank(byte)) return byte;
  }
  return otherwise;
}
