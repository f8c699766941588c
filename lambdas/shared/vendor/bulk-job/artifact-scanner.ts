/**
 * Finds where artifacts begin and end, in one pass over the bytes of a result, whatever the chunks.
 *
 * It knows strings, brackets and comments of JSON and nothing else of its grammar: what an artifact is worth is for
 * `JSON.parse` to say. Whatever stands in an artifact's place and is none, such as a bare word, costs itself only; a
 * comment is nothing at all.
 */
import { type ArtifactText, Collector } from './collector.ts';
import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  HASH,
  isSpace,
  lastOf,
  NEWLINE,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  SLASH,
  STAR,
} from './json-bytes.ts';
import { OpenComment } from './open-comment.ts';

const WRAPPER_KEY = 'transcripts';

/** Base depth behind the wrapper's array, among its other members. */
const OUTSIDE = Number.POSITIVE_INFINITY;

/**
 * What is being collected. `value`: an object or array, which ends where its brackets balance (also: nothing). `bare`: a
 * string, number or word, which ends at a separator. `slash`: a comment of which kind is not known yet.
 */
type Kind = 'value' | 'bare' | 'slash' | 'line' | 'block';

/** Where the item that is being collected ends: not yet, before this byte, or with it. */
type End = 'goesOn' | 'before' | 'with';

/**
 * `base` is the depth at which artifacts stand: 0 where values follow each other, 1 inside an array, 2 inside the
 * wrapper's array.
 */
export class ArtifactScanner {
  readonly #collector: Collector;
  #base = 0;
  #depth = 0;
  #inString = false;
  #escaped = false;
  #collecting = false;
  #kind: Kind = 'value';
  #sawValue = false;
  /** Values that ended at the top level: from the second one on this is JSON Lines. */
  #endedValues = 0;
  /** The first object may be the wrapper: its keys are watched. */
  #maybeWrapper = false;
  #string: number[] = [];
  /** The array's closing bracket was there; and something came after it that belongs to the array. */
  #closed = false;
  #wentOn = false;
  #comment = new OpenComment();
  /** What is being collected is a comment, as far as it can be told. */
  #isComment = false;
  /** A line has ended in the middle of the first value, at a place where none may end before an object. */
  #isSuspect = false;
  /** The last byte that is no blank, of the chunk before or behind the wrapper's array. */
  #last = 0;

  constructor(maxArtifactBytes: number) {
    this.#collector = new Collector(maxArtifactBytes);
  }

  /** True when nothing is left open. */
  get isComplete(): boolean {
    return this.#depth === 0 && !this.#inString && this.#kind !== 'block';
  }

  /** True when there was nothing but blanks and comments. */
  get isEmpty(): boolean {
    return !this.#sawValue;
  }

  /** True when the values stood in an array, whose closing bracket proves that none is missing. */
  get endIsVisible(): boolean {
    return this.#closed && !this.#wentOn;
  }

  /** Bytes of the artifact that has begun and not ended; 0 between artifacts, where comments are. */
  get openBytes(): number {
    return this.#collecting && !this.#isComment ? this.#collector.bytes : 0;
  }

  /** The artifacts that end in this chunk. */
  scan(chunk: Buffer): ArtifactText[] {
    const found: ArtifactText[] = [];
    let start = 0;
    const begin = (at: number, kind: Kind) => {
      start = at;
      this.#collecting = true;
      this.#kind = kind;
      this.#isComment = chunk[at] === HASH;
    };
    const end = (at: number) => {
      this.#collector.add(chunk.subarray(start, at));
      found.push(...this.#takeItem());
      if (this.#base === 0 && (this.#kind === 'value' || this.#kind === 'bare')) this.#endedValues += 1;
      this.#collecting = false;
      this.#kind = 'value';
      this.#maybeWrapper = false;
    };

    for (let at = 0; at < chunk.length; at += 1) {
      if (this.#inString) {
        at = this.#skipString(chunk, at);
        if (at < chunk.length && chunk[at] === NEWLINE) {
          this.#depth = this.#base;
          end(at);
        }
        continue;
      }
      const byte = chunk[at] as number;
      if (this.#kind !== 'value') {
        const where = this.#endOf(byte);
        if (where !== 'before') {
          if (where === 'with') end(at + 1);
          continue;
        }
        end(at);
      } else if (this.#collecting && this.#endsBrokenLine(chunk, at)) {
        this.#depth = this.#base;
        end(at);
      }
      const mayBegin = !this.#collecting && this.#depth === this.#base;

      if (byte === QUOTE) {
        if (mayBegin) {
          this.#sawValue = true;
          begin(at, 'bare');
        }
        this.#inString = true;
        this.#string = [];
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        const goesOn = this.#goesOnBehindTheEnd();
        if (this.#entersElements(byte)) {
          this.#collecting = false;
          this.#collector.take();
        } else {
          if (mayBegin || goesOn) begin(at, 'value');
          this.#maybeWrapper ||= !this.#sawValue && byte === OPEN_BRACE;
        }
        this.#sawValue = true;
        this.#depth += 1;
      } else if ((byte === CLOSE_BRACE || byte === CLOSE_BRACKET) && this.#depth > 0) {
        if (mayBegin) {
          // A brace closes nothing here.
          if (byte === CLOSE_BRACKET) this.#leaveElements();
        } else {
          this.#depth -= 1;
          if (this.#collecting && this.#depth === this.#base) end(at + 1);
        }
      } else if ((mayBegin && byte !== COMMA && !isSpace(byte)) || this.#beginsCommentBehindTheEnd(byte)) {
        const kind = kindOf(byte);
        this.#sawValue ||= kind === 'bare';
        begin(at, kind);
      }
      if (this.#base === OUTSIDE && !isSpace(byte)) this.#last = byte;
    }
    if (this.#collecting) this.#collector.add(chunk.subarray(start));
    if (this.#base === 0) this.#last = lastOf(chunk, chunk.length, this.#last);
    return found;
  }

  /** What the last line without a line end leaves behind. */
  finish(): ArtifactText[] {
    return this.#collecting ? this.#takeItem() : [];
  }

  #takeItem(): ArtifactText[] {
    const item = this.#collector.take();
    if (this.#isComment) {
      this.#isComment = false;
      return [];
    }
    if (this.#closed) this.#wentOn = true;
    return [item];
  }

  #endOf(byte: number): End {
    if (this.#kind === 'bare') return this.#endsBare(byte) ? 'before' : 'goesOn';
    if (this.#kind === 'slash') {
      this.#kind = byte === STAR ? 'block' : 'line';
      this.#isComment = byte === STAR || byte === SLASH;
      this.#comment = new OpenComment();
      if (byte === STAR) return 'goesOn';
    }
    if (this.#kind === 'line') return this.#endOfLine(byte);
    return this.#comment.endsBlock(byte) ? 'with' : 'goesOn';
  }

  #endsBare(byte: number): boolean {
    return byte === NEWLINE || (this.#base > 0 && (byte === COMMA || byte === CLOSE_BRACKET));
  }

  /**
   * A line, or where an array stands on one line, as far as its next object or its end. Then it has no line of its own: it
   * may be an item that broke, and counts as one.
   */
  #endOfLine(byte: number): End {
    if (byte === NEWLINE) return 'before';
    if (this.#base === 0 || !this.#comment.endsElement(byte)) return 'goesOn';
    this.#isComment = false;
    return 'before';
  }

  /**
   * JSON Lines have an item a line: one that is still open at the line's end is broken, and the next line is not. The
   * first item may be all there is, over many lines: it is broken where a line begins with an object that nothing
   * announces.
   */
  #endsBrokenLine(chunk: Buffer, at: number): boolean {
    const byte = chunk[at] as number;
    if (this.#base !== 0) return false;
    if (byte === NEWLINE) {
      if (this.#endedValues > 0) return true;
      const before = lastOf(chunk, at, this.#last);
      this.#isSuspect = before !== COMMA && before !== COLON && before !== OPEN_BRACKET;
      return false;
    }
    if (!this.#isSuspect || isSpace(byte)) return false;
    this.#isSuspect = false;
    return byte === OPEN_BRACE;
  }

  /** The bracket of a top-level array, or of the wrapper's `transcripts`. */
  #entersElements(byte: number): boolean {
    if (byte !== OPEN_BRACKET) return false;
    const isTopLevelArray = this.#depth === 0 && !this.#sawValue;
    const isWrapper = this.#maybeWrapper && this.#depth === 1 && String.fromCharCode(...this.#string) === WRAPPER_KEY;
    if (isTopLevelArray || isWrapper) this.#base = this.#depth + 1;
    if (isWrapper) this.#maybeWrapper = false;
    return isTopLevelArray || isWrapper;
  }

  /** The closing bracket may be one too many: what stands behind it is not left unread. */
  #leaveElements(): void {
    this.#closed = true;
    this.#depth -= 1;
    if (this.#base === 1) {
      this.#base = 0;
      this.#endedValues = 1;
    } else {
      this.#base = OUTSIDE;
      this.#last = CLOSE_BRACKET;
    }
  }

  #beginsCommentBehindTheEnd(byte: number): boolean {
    return this.#base === OUTSIDE && !this.#collecting && (byte === SLASH || byte === HASH);
  }

  /** An element behind the wrapper's array: a value of the wrapper's own members comes after a colon. */
  #goesOnBehindTheEnd(): boolean {
    if (this.#base !== OUTSIDE || this.#depth !== 1 || this.#last === COLON) return false;
    this.#base = 2;
    this.#depth = 2;
    return true;
  }

  /**
   * Index of the string's closing quote, or the chunk's length. Of what is collected also the index of a line's end: no
   * string goes over one, so the artifact is broken.
   */
  #skipString(chunk: Buffer, from: number): number {
    const watch = this.#maybeWrapper && this.#depth === 1;
    for (let at = from; at < chunk.length; at += 1) {
      const byte = chunk[at] as number;
      if (byte === NEWLINE && this.#collecting) {
        this.#inString = false;
        this.#escaped = false;
        return at;
      }
      if (this.#escaped) this.#escaped = false;
      else if (byte === BACKSLASH) this.#escaped = true;
      else if (byte === QUOTE) {
        this.#inString = false;
        return at;
      }
      if (watch && this.#string.length <= WRAPPER_KEY.length) this.#string.push(byte);
    }
    return chunk.length;
  }
}

/** What begins with a byte that begins no string, object or array. */
function kindOf(byte: number): Kind {
  if (byte === SLASH) return 'slash';
  return byte === HASH ? 'line' : 'bare';
}
