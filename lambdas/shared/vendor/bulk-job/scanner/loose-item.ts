import { CLOSE_BRACKET, COMMA, isBlank, NEWLINE, OPEN_BRACE, OPEN_BRACKET, SLASH } from '../../../lib/json-bytes.ts';

const HASH = 0x23;
const STAR = 0x2a;

/** Where an item ends: not yet, before this byte, or with it. */
export type End = 'goesOn' | 'before' | 'with';

/**
 * Whether a comment begins with this byte, as far as one byte can tell.
 *
 * @example mayBeginComment(0x23) // true
 */
export function mayBeginComment(byte: number): boolean {
  return byte === SLASH || byte === HASH;
}

/** What stands in an artifact's place and has no brackets whose balance would end it: a string, number or word; a comment. */
export class LooseItem {
  /** `slash`: a comment of which kind is not known yet. */
  #kind: 'word' | 'slash' | 'line' | 'block';
  #isComment: boolean;
  #depth = 0;
  #sawStar = false;
  #sawComma = false;

  constructor(firstByte: number) {
    const isHash = firstByte === HASH;
    this.#kind = isHash ? 'line' : firstByte === SLASH ? 'slash' : 'word';
    this.#isComment = isHash;
  }

  /** It ends at a separator. */
  get isWord(): boolean {
    return this.#kind === 'word';
  }

  /** As far as it can be told. */
  get isComment(): boolean {
    return this.#isComment;
  }

  /** Only a mark ends it, not the end of the result. */
  get needsMark(): boolean {
    return this.#kind === 'block';
  }

  /** Reads a byte behind the first. */
  endOf(byte: number, isInList: boolean): End {
    if (this.#kind === 'word') return endsWord(byte, isInList) ? 'before' : 'goesOn';
    if (this.#kind === 'slash') {
      this.#kind = byte === STAR ? 'block' : 'line';
      this.#isComment = byte === STAR || byte === SLASH;
      if (byte === STAR) return 'goesOn';
    }
    return this.#kind === 'block' ? this.#endOfBlock(byte) : this.#endOfLine(byte, isInList);
  }

  #endOfBlock(byte: number): End {
    if (this.#sawStar && byte === SLASH) return 'with';
    this.#sawStar = byte === STAR;
    return 'goesOn';
  }

  /**
   * A line, or where a list stands on one line, as far as its next object or its end. Then it has no line of its own: it
   * may be an item that broke, and counts as one.
   */
  #endOfLine(byte: number, isInList: boolean): End {
    if (byte === NEWLINE) return 'before';
    if (!isInList) return 'goesOn';
    const nextBegins = byte === OPEN_BRACE && this.#sawComma;
    if (!isBlank(byte)) this.#sawComma = byte === COMMA;
    if (byte === OPEN_BRACKET) this.#depth += 1;
    else if (byte === CLOSE_BRACKET) this.#depth -= 1;
    if (!nextBegins && this.#depth >= 0) return 'goesOn';
    this.#isComment = false;
    return 'before';
  }
}

function endsWord(byte: number, isInList: boolean): boolean {
  return byte === NEWLINE || (isInList && (byte === COMMA || byte === CLOSE_BRACKET));
}
