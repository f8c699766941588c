import { BACKSLASH, NEWLINE, QUOTE } from '../../../lib/json-bytes.ts';

/** Goes over a string to its closing quote, whatever the chunks, and can tell whether it was one certain name. */
export class StringSkipper {
  readonly #name: Buffer;
  #isOpen = false;
  #isEscaped = false;
  /** Bytes of the name that the string has had so far; -1 when it is another one. */
  #matched = -1;

  constructor(name: string) {
    this.#name = Buffer.from(name);
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Whether the last string was the name; only of a string that was watched. */
  get wasName(): boolean {
    return this.#matched === this.#name.length;
  }

  /** Its opening quote has been read. */
  open(): void {
    this.#isOpen = true;
    this.#matched = 0;
  }

  /**
   * Index of the string's closing quote, or the chunk's length. Of an item also the index of a line's end: no string goes
   * over one, so the item is broken.
   */
  skip(chunk: Buffer, from: number, isInItem: boolean, isWatched: boolean): number {
    let isEscaped = this.#isEscaped;
    let at = from;
    for (; at < chunk.length; at += 1) {
      const byte = chunk[at] as number;
      if (byte === NEWLINE && isInItem) break;
      if (isEscaped) isEscaped = false;
      else if (byte === BACKSLASH) isEscaped = true;
      else if (byte === QUOTE) break;
    }
    this.#isOpen = at === chunk.length;
    this.#isEscaped = this.#isOpen && isEscaped;
    if (isWatched) this.#compare(chunk.subarray(from, at));
    return at;
  }

  #compare(bytes: Buffer): void {
    if (this.#matched < 0) return;
    const expected = this.#name.subarray(this.#matched, this.#matched + bytes.length);
    this.#matched = bytes.equals(expected) ? this.#matched + bytes.length : -1;
  }
}
