/**
 * The part of the masker that reads every character, in WebAssembly with vectors: it tells the prefilter's flags of a text,
 * and where the strings of a JSON text are. Its source is in `assembly`, the file of its bytes is written by
 * `npm run wasm`.
 */
import { LOOK_BACK, TEXT, TEXT_UNITS, UTF8, WINDOW, WINDOW_UNITS } from './assembly/memory.ts';
import { WASM } from './scanner-wasm.ts';

/** What `assembly/index.ts` exports; there each function is described. */
export interface ScannerExports {
  memory: WebAssembly.Memory;
  addBits(hash: number, bits: number): void;
  addAll(address: number, count: number, bits: number): void;
  hashWord(length: number): number;
  pairHash(before: number, hash: number): number;
  lookAtText(bytes: number): number;
  beginText(): void;
  readText(units: number, ahead: number, moved: number, isWhole: boolean): number;
  seen(): number;
  open(): void;
  fill(offset: number, units: number, ahead: number, isWhole: boolean): void;
  scan(): number;
  position(): number;
  awkwardStart(): number;
  nameIs(id: number, use: number, flags: number, start: number, end: number): void;
  stringIs(start: number, end: number, flags: number): void;
  literalIs(start: number, end: number, isNumber: boolean): void;
  waitingLeaves(): number;
  waitingContainers(): number;
  waitingSuspects(): number;
  taken(): void;
  roomForName(id: number, units: number): number;
  learn(id: number, units: number, use: number, isSuspicious: boolean): void;
  forget(): void;
}

/** The code, which never changes; each scanner is an instance of it with a memory of its own. */
const MODULE = new WebAssembly.Module(Buffer.from(WASM, 'base64'));

/** Ends every text in memory: a search for the end of something always ends. */
const QUOTE = 0x22;

/** One instance with its memory: what it is taught and what it has met are its own. */
export class Scanner {
  readonly wasm = new WebAssembly.Instance(MODULE).exports as unknown as ScannerExports;
  private buffer = Buffer.from(this.wasm.memory.buffer);
  private words = new Int32Array(this.wasm.memory.buffer);

  /** The memory; it moves when it grows, which a scan may make it do. */
  memory(): Buffer {
    // What has moved is detached, and empty.
    if (this.buffer.length === 0) {
      this.buffer = Buffer.from(this.wasm.memory.buffer);
      this.words = new Int32Array(this.wasm.memory.buffer);
    }
    return this.buffer;
  }

  /** The memory as integers of four bytes. */
  integers(): Int32Array {
    this.memory();
    return this.words;
  }

  /** Puts the units of a text at an address, and the quote after them. */
  put(text: string, address: number): void {
    const buffer = this.memory();
    const end = address + buffer.write(text, address, 'utf16le');
    buffer[end] = QUOTE;
    buffer[end + 1] = 0;
  }

  /** The prefilter's flags of a text that stands for itself: "my cell is 415 555 0132" → SUSPICIOUS | MATTERS | … */
  lookAt(text: string): number {
    const { wasm } = this;
    const { length } = text;
    if (length <= TEXT_UNITS) return wasm.lookAtText(this.memory().write(text, UTF8));
    wasm.beginText();
    for (let offset = 0, base = 0, moved = 0; ; ) {
      const piece = text.slice(base, base + TEXT_UNITS);
      this.put(piece, TEXT);
      const isWhole = base + piece.length === length;
      offset = base + wasm.readText(piece.length, offset - base, moved, isWhole);
      if (isWhole) return wasm.seen();
      const next = Math.max(0, offset - LOOK_BACK);
      moved = next - base;
      base = next;
    }
  }
}

/** A window of a scanner over a JSON text. */
export class ScanWindow {
  private readonly scanner: Scanner;
  private readonly source: string;
  private base = 0;
  private units = 0;

  constructor(scanner: Scanner, source: string) {
    this.scanner = scanner;
    this.source = source;
    this.moveTo(0);
  }

  /** Reading goes on at an offset of the text. */
  goOn(offset: number): void {
    if (offset >= this.base + this.units) this.moveTo(offset);
    else this.scanner.wasm.fill(this.base, this.units, offset - this.base, this.isWhole);
  }

  /** Reading goes on at an offset, with the text that follows there in the window. */
  moveTo(offset: number): void {
    this.base = Math.max(0, offset - LOOK_BACK);
    const piece = this.source.slice(this.base, this.base + WINDOW_UNITS);
    this.units = piece.length;
    this.scanner.put(piece, WINDOW);
    this.scanner.wasm.fill(this.base, this.units, offset - this.base, this.isWhole);
  }

  private get isWhole(): boolean {
    return this.base + this.units === this.source.length;
  }
}
