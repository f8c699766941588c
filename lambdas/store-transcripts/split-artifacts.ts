/**
 * Cuts a result into its artifacts: one object, an array of them, `{"transcripts": […]}`, or JSON Lines.
 *
 * A JSON parser would give objects; the masker wants each artifact's own text, so that numbers keep their digits, and a
 * result of any size must fit into memory. So this only finds where artifacts begin and end, in one pass over the bytes,
 * and leaves everything else to `JSON.parse` on the single artifact.
 */
import { PipelineError } from '../shared/errors.ts';

/** One artifact's text; only its beginning when it is larger than an artifact may be. */
export interface ArtifactText {
  text: string;
  oversize: boolean;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const NEWLINE = 0x0a;

const WRAPPER_KEY = 'transcripts';
/** Enough of an oversize artifact to read its id from. */
const KEPT_OF_OVERSIZE = 4096;

const isSpace = (byte: number) => byte === 0x20 || byte === NEWLINE || byte === 0x0d || byte === 0x09;

/** The bytes of one artifact, collected over chunk borders. */
class Collector {
  readonly #maxBytes: number;
  #chunks: Buffer[] = [];
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  add(chunk: Buffer): void {
    this.#bytes += chunk.length;
    this.#chunks.push(chunk);
    if (this.#bytes > this.#maxBytes) this.#chunks = [Buffer.concat(this.#chunks, KEPT_OF_OVERSIZE)];
  }

  take(): ArtifactText {
    const artifact = {
      text: Buffer.concat(this.#chunks).toString('utf8').trim(),
      oversize: this.#bytes > this.#maxBytes,
    };
    this.#chunks = [];
    this.#bytes = 0;
    return artifact;
  }
}

/**
 * Finds artifacts at one nesting depth: `base` is 0 where values follow each other, 1 inside an array, 2 inside the
 * wrapper's array, and infinite behind the end of either.
 */
class ArtifactScanner {
  readonly #collector: Collector;
  #base = 0;
  #depth = 0;
  #inString = false;
  #escaped = false;
  #collecting = false;
  /** The artifact being collected is neither object nor array, so only a separator ends it. */
  #scalar = false;
  #sawValue = false;
  /** Values that ended at the top level: from the second one on this is JSON Lines. */
  #endedValues = 0;
  /** The first object may be the wrapper: its keys are watched. */
  #maybeWrapper = false;
  #string: number[] = [];

  constructor(maxArtifactBytes: number) {
    this.#collector = new Collector(maxArtifactBytes);
  }

  /** True when nothing is left open. */
  get isComplete(): boolean {
    return this.#depth === 0 && !this.#inString;
  }

  /** True when there was nothing but blanks. */
  get isEmpty(): boolean {
    return !this.#sawValue;
  }

  /** True when the values stood in an array, whose closing bracket proves that none is missing. */
  get endIsVisible(): boolean {
    return this.#base > 0;
  }

  /** The artifacts that end in this chunk. */
  scan(chunk: Buffer): ArtifactText[] {
    const found: ArtifactText[] = [];
    let start = 0;
    const begin = (at: number, scalar: boolean) => {
      start = at;
      this.#collecting = true;
      this.#scalar = scalar;
    };
    const end = (at: number) => {
      this.#collector.add(chunk.subarray(start, at));
      found.push(this.#collector.take());
      this.#collecting = false;
      this.#maybeWrapper = false;
      if (this.#base === 0) this.#endedValues += 1;
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
      if (this.#collecting && (this.#scalar ? this.#endsScalar(byte) : this.#endsBrokenLine(byte))) {
        this.#depth = this.#base;
        end(at);
      }
      const mayBegin = !this.#collecting && this.#depth === this.#base;

      if (byte === QUOTE) {
        if (mayBegin) begin(at, true);
        this.#inString = true;
        this.#string = [];
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        if (this.#entersElements(byte)) {
          this.#collecting = false;
          this.#collector.take();
        } else {
          if (mayBegin) begin(at, false);
          this.#maybeWrapper ||= !this.#sawValue && byte === OPEN_BRACE;
        }
        this.#sawValue = true;
        this.#depth += 1;
      } else if ((byte === CLOSE_BRACE || byte === CLOSE_BRACKET) && this.#depth > 0) {
        this.#depth -= 1;
        if (this.#collecting && !this.#scalar && this.#depth === this.#base) end(at + 1);
        else if (this.#depth < this.#base) this.#base = Number.POSITIVE_INFINITY;
      } else if (mayBegin && byte !== COMMA && !isSpace(byte)) {
        this.#sawValue = true;
        begin(at, true);
      }
    }
    if (this.#collecting) this.#collector.add(chunk.subarray(start));
    return found;
  }

  /** What the last line without a line end leaves behind. */
  finish(): ArtifactText[] {
    return this.#collecting ? [this.#collector.take()] : [];
  }

  #endsScalar(byte: number): boolean {
    return byte === NEWLINE || (this.#base > 0 && (byte === COMMA || byte === CLOSE_BRACKET));
  }

  /** JSON Lines have an item a line: one that is still open at the line's end is broken, and the next line is not. */
  #endsBrokenLine(byte: number): boolean {
    return byte === NEWLINE && this.#base === 0 && this.#endedValues > 0;
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

  /**
   * Index of the string's closing quote, or the chunk's length. Outside an array also the index of a line's end: no
   * string goes over one, so the artifact is broken.
   */
  #skipString(chunk: Buffer, from: number): number {
    const watch = this.#maybeWrapper && this.#depth === 1;
    for (let at = from; at < chunk.length; at += 1) {
      const byte = chunk[at] as number;
      if (byte === NEWLINE && this.#base === 0) {
        this.#inString = false;
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

/**
 * The artifacts of a result, one at a time, in order.
 *
 * @param bytes the result, decompressed
 * @param maxArtifactBytes an artifact that is larger is not kept in memory; only its beginning is given out
 * @param ending learns, once all is read, whether the form of the result shows where it ends
 * @throws PipelineError `VendorUnavailable` when the result has no byte or ends in the middle, `ContractViolation` when
 *   it is no JSON
 */
export async function* splitArtifacts(
  bytes: AsyncIterable<Buffer>,
  maxArtifactBytes: number,
  ending: { isVisible: boolean },
): AsyncGenerator<ArtifactText> {
  const scanner = new ArtifactScanner(maxArtifactBytes);
  let isFirst = true;
  for await (const chunk of withoutByteOrderMark(bytes)) {
    if (isFirst) refuseMarkup(chunk);
    isFirst = false;
    yield* scanner.scan(chunk);
  }
  if (!scanner.isComplete) {
    throw new PipelineError('VendorUnavailable', 'The result of the job ended in the middle of a transcript');
  }
  if (scanner.isEmpty) throw new PipelineError('VendorUnavailable', 'The result of the job is an empty body');
  yield* scanner.finish();
  ending.isVisible = scanner.endIsVisible;
}

/** A sign-in or error page with status 200 is not a result with unreadable items. */
function refuseMarkup(firstChunk: Buffer): void {
  if (firstChunk.toString('latin1', 0, 256).trimStart().startsWith('<')) {
    throw new PipelineError('ContractViolation', 'The result of the job is markup, not JSON');
  }
}

async function* withoutByteOrderMark(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let head: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of bytes) {
    if (head === undefined) {
      yield chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < 3) continue;
    const hasMark = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
    yield hasMark ? head.subarray(3) : head;
    head = undefined;
  }
  if (head && head.length > 0) yield head;
}
