/**
 * Finds where artifacts begin and end, in one pass over the bytes of a result, whatever the chunks.
 *
 * It knows strings, brackets and comments of JSON and nothing else of its grammar: what an artifact is worth is for
 * its reader to say. Whatever stands in an artifact's place and is none, such as a bare word, costs itself only; a
 * comment is nothing at all.
 */
import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COMMA,
  isBlank,
  NEWLINE,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
} from '../../../lib/json-bytes.ts';
import { BrokenLines } from './broken-lines.ts';
import { type ArtifactBytes, Collector } from './collector.ts';
import { Levels } from './levels.ts';
import { LooseItem, mayBeginComment } from './loose-item.ts';
import { StringSkipper } from './string-skipper.ts';

const WRAPPER_KEY = 'transcripts';

/** Finds where each artifact of a result begins and ends, chunk after chunk, without decoding any. */
export class ArtifactScanner {
  readonly #collector: Collector;
  readonly #levels = new Levels();
  readonly #string = new StringSkipper(WRAPPER_KEY);
  readonly #lines = new BrokenLines();
  #isCollecting = false;
  /** What is being collected, unless it is an object or array. */
  #loose: LooseItem | undefined;
  /** Where what is being collected begins in the chunk. */
  #start = 0;
  #found: ArtifactBytes[] = [];

  constructor(maxArtifactBytes: number) {
    this.#collector = new Collector(maxArtifactBytes);
  }

  /** True when nothing is left open. */
  get isComplete(): boolean {
    return this.#levels.isBalanced && !this.#string.isOpen && this.#loose?.needsMark !== true;
  }

  /** True when there was nothing but blanks and comments. */
  get isEmpty(): boolean {
    return this.#levels.isEmpty;
  }

  /** True when the values stood in a list, whose closing bracket proves that none is missing. */
  get endIsVisible(): boolean {
    return this.#levels.endIsVisible;
  }

  /** Bytes of the artifact that has begun and not ended; 0 between artifacts, where comments are. */
  get openBytes(): number {
    return this.#isCollecting && this.#loose?.isComment !== true ? this.#collector.bytes : 0;
  }

  /** The artifacts that end in this chunk. */
  scan(chunk: Buffer): ArtifactBytes[] {
    this.#start = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      if (this.#string.isOpen) {
        at = this.#string.skip(chunk, at, this.#isCollecting, this.#levels.mayNameList);
        if (at < chunk.length && chunk[at] === NEWLINE) this.#giveUp(chunk, at);
      } else if (this.#loose === undefined || this.#endsLoose(chunk, at, this.#loose)) this.#read(chunk, at);
    }
    if (this.#isCollecting) this.#collector.add(chunk.subarray(this.#start));
    this.#lines.chunkEnded(chunk);
    return this.#found.splice(0);
  }

  /** What the last line without a line end leaves behind. */
  finish(): ArtifactBytes[] {
    if (this.#isCollecting) this.#take();
    return this.#found.splice(0);
  }

  /** Reads a byte of a loose item; true when it has ended before this byte, which then is none of it. */
  #endsLoose(chunk: Buffer, at: number, loose: LooseItem): boolean {
    const end = loose.endOf(chunk[at] as number, this.#levels.isInList);
    if (end !== 'goesOn') this.#end(chunk, end === 'with' ? at + 1 : at);
    return end === 'before';
  }

  /** Reads a byte outside strings and loose items. */
  #read(chunk: Buffer, at: number): void {
    const levels = this.#levels;
    const byte = chunk[at] as number;
    if (this.#isCollecting && !levels.isInList && this.#lines.breakAt(chunk, at)) this.#giveUp(chunk, at);
    if (byte === QUOTE) {
      if (levels.isOfItems) this.#beginLoose(at, byte);
      this.#string.open();
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) this.#open(byte, at);
    else if ((byte === CLOSE_BRACE || byte === CLOSE_BRACKET) && !levels.isBalanced) {
      const ended = levels.close(byte);
      if (ended === 'item') this.#end(chunk, at + 1);
      else if (ended === 'list') this.#lines.valueEnded();
    } else if (levels.isBehindList ? mayBeginComment(byte) : levels.isOfItems && byte !== COMMA && !isBlank(byte)) {
      this.#beginLoose(at, byte);
    }
    levels.saw(byte);
  }

  #open(bracket: number, at: number): void {
    const opened = this.#levels.open(bracket, this.#levels.mayNameList && this.#string.wasName);
    if (opened === 'item') this.#begin(at);
    else if (opened === 'list') {
      // What was collected of the wrapper is no artifact.
      this.#isCollecting = false;
      this.#collector.take();
    }
  }

  #begin(at: number): void {
    this.#start = at;
    this.#isCollecting = true;
  }

  #beginLoose(at: number, byte: number): void {
    this.#begin(at);
    this.#loose = new LooseItem(byte);
    if (this.#loose.isWord) this.#levels.wordBegan();
  }

  #giveUp(chunk: Buffer, at: number): void {
    this.#levels.giveUp();
    this.#end(chunk, at);
  }

  #end(chunk: Buffer, at: number): void {
    this.#collector.add(chunk.subarray(this.#start, at));
    if (this.#loose === undefined || this.#loose.isWord) this.#lines.valueEnded();
    this.#take();
    this.#isCollecting = false;
    this.#loose = undefined;
  }

  #take(): void {
    const item = this.#collector.take();
    if (this.#loose?.isComment === true) return;
    this.#levels.itemEnded();
    this.#found.push(item);
  }
}
