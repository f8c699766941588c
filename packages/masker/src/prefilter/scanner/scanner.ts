/**
 * The part of the masker that reads every character, in WebAssembly with vectors: it tells what the gates say of a text,
 * and where the strings of a JSON text are. Its source is in `assembly`, the file of its bytes is written by
 * `npm run wasm`.
 */
import { LOOK_BACK, TEXT, TEXT_UNITS, UTF8, WINDOW, WINDOW_UNITS } from './assembly/memory.ts';
import { WASM } from './scanner-wasm.ts';

/** What `assembly/index.ts` exports; there each function is described. */
interface Scanner {
  memory: WebAssembly.Memory;
  addBits(hash: number, bits: number): void;
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

export const scanner = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(WASM, 'base64')))
  .exports as unknown as Scanner;

/** Ends every text in memory: a search for the end of something always ends. */
const QUOTE = 0x22;

let buffer = Buffer.from(scanner.memory.buffer);
let integers = new Int32Array(scanner.memory.buffer);

/** The memory of the scanner; it moves when it grows, which a scan may make it do. */
export function memory(): Buffer {
  // What has moved is detached, and empty.
  if (buffer.length === 0) {
    buffer = Buffer.from(scanner.memory.buffer);
    integers = new Int32Array(scanner.memory.buffer);
  }
  return buffer;
}

/** Likewise, as integers of four bytes. */
export function memoryOfIntegers(): Int32Array {
  memory();
  return integers;
}

/** Puts the units of a text at an address, and the quote after them. */
function put(text: string, address: number): void {
  const end = address + memory().write(text, address, 'utf16le');
  buffer[end] = QUOTE;
  buffer[end + 1] = 0;
}

/** What the gates say of a text that stands for itself, as bits. */
export function lookAt(text: string): number {
  const { length } = text;
  if (length <= TEXT_UNITS) return scanner.lookAtText(memory().write(text, UTF8));
  scanner.beginText();
  for (let offset = 0, base = 0, moved = 0; ; ) {
    const piece = text.slice(base, base + TEXT_UNITS);
    put(piece, TEXT);
    const isWhole = base + piece.length === length;
    offset = base + scanner.readText(piece.length, offset - base, moved, isWhole);
    if (isWhole) return scanner.seen();
    const next = Math.max(0, offset - LOOK_BACK);
    moved = next - base;
    base = next;
  }
}

/** A window of the scanner over a JSON text. */
export class ScanWindow {
  private readonly source: string;
  private base = 0;
  private units = 0;

  constructor(source: string) {
    this.source = source;
    this.moveTo(0);
  }

  /** Reading goes on at an offset of the text. */
  goOn(offset: number): void {
    if (offset >= this.base + this.units) this.moveTo(offset);
    else scanner.fill(this.base, this.units, offset - this.base, this.isWhole);
  }

  /** Likewise, with the text that follows there in the window. */
  moveTo(offset: number): void {
    this.base = Math.max(0, offset - LOOK_BACK);
    const piece = this.source.slice(this.base, this.base + WINDOW_UNITS);
    this.units = piece.length;
    put(piece, WINDOW);
    scanner.fill(this.base, this.units, offset - this.base, this.isWhole);
  }

  private get isWhole(): boolean {
    return this.base + this.units === this.source.length;
  }
}
