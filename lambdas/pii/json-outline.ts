/** The outline of a JSON text, scanned without building a tree. */
import { ESCAPED } from './assembly/bits.ts';
import {
  AWKWARD_LITERAL,
  CONTAINERS,
  DONE,
  FULL,
  INVALID,
  LEAVES,
  MAX_CONTAINERS,
  MAX_LEAVES,
  MORE,
  SUSPECTS,
  UNKNOWN_NAME,
} from './assembly/memory.ts';
import { lookAt } from './gates.ts';
import { decodeString, literalEnd, notJson, stringEnd } from './json-lexer.ts';
import { KeyBook } from './key-book.ts';
import { append, NUMBER, Outline, STRING } from './outline.ts';
import { memoryOfIntegers, ScanWindow, scanner } from './scanner.ts';

/** Bytes of an integer in the columns of the scanner. */
const BYTES = 4;

/** Leaves there is room for at first, and at most in an outline that is kept for the next document. */
const FIRST_LEAVES = 1 << 10;
const MAX_KEPT_LEAVES = 1 << 16;

/** Outlines whose documents are done: their arrays serve the next ones. */
const spare: JsonOutline[] = [];

export class JsonOutline extends Outline {
  source = '';
  /** Offsets in the source: of a string's content, of a number. */
  leafStart: Int32Array = new Int32Array(FIRST_LEAVES);
  leafEnd: Int32Array = new Int32Array(FIRST_LEAVES);
  private leafKeyId: Int32Array = new Int32Array(FIRST_LEAVES);
  private containerKeyId: Int32Array = new Int32Array(FIRST_LEAVES);
  /** Where each container opens in the source. */
  containerStart: Int32Array = new Int32Array(FIRST_LEAVES);
  private keys = KeyBook.forDocument();

  private constructor() {
    super(FIRST_LEAVES);
  }

  /** @throws SyntaxError when the text is not JSON */
  static of(source: string): JsonOutline {
    const outline = spare.pop() ?? new JsonOutline();
    outline.reset();
    outline.source = source;
    outline.keys = KeyBook.forDocument();
    outline.scan();
    return outline;
  }

  /** The outline is done with: nobody may look at it any more. */
  release(): void {
    this.source = '';
    if (this.leafStart.length <= MAX_KEPT_LEAVES) spare.push(this);
  }

  override text(leaf: number): string {
    const raw = this.source.slice(this.leafStart[leaf], this.leafEnd[leaf]);
    const isPlain = this.leafKind[leaf] === STRING && ((this.leafFlags[leaf] ?? 0) & ESCAPED) === 0;
    return isPlain || this.leafKind[leaf] === NUMBER ? raw : decodeString(raw);
  }

  override key(leaf: number): string {
    return this.keys.nameOf(this.leafKeyId[leaf] ?? 0);
  }

  override hasSameKey(leaf: number, other: number): boolean {
    return this.leafKeyId[leaf] === this.leafKeyId[other];
  }

  override containerKey(container: number): string {
    return this.keys.nameOf(this.containerKeyId[container] ?? 0);
  }

  /** Lets the scanner read, and reads for it what it leaves to us: it knows neither names that are new nor escapes. */
  private scan(): void {
    const { source } = this;
    const window = new ScanWindow(source);
    scanner.open();
    for (let reason = scanner.scan(); reason !== DONE; reason = scanner.scan()) {
      const start = scanner.awkwardStart();
      if (reason === FULL) this.takeOver();
      else if (reason === MORE) window.moveTo(scanner.position());
      else if (reason === AWKWARD_LITERAL) window.goOn(this.literal(start));
      else if (reason === INVALID) throw notJson();
      else {
        const end = stringEnd(source, start);
        const text = decodeString(source.slice(start, end));
        if (reason === UNKNOWN_NAME) this.name(text, start, end);
        else scanner.stringIs(start, end, lookAt(text) | ESCAPED);
        window.goOn(end + 1);
      }
    }
    this.takeOver();
  }

  private name(name: string, start: number, end: number): void {
    const { keys } = this;
    const id = keys.idOf(name);
    scanner.nameIs(id, keys.useOf(id), keys.flagsOf(id), start, end);
  }

  private literal(start: number): number {
    const end = literalEnd(this.source, start);
    scanner.literalIs(start, end, !/^[a-z]/.test(this.source[start] ?? ''));
    return end;
  }

  /** What the scanner has read becomes part of the outline. */
  private takeOver(): void {
    const leaves = scanner.waitingLeaves();
    const containers = scanner.waitingContainers();
    const memory = memoryOfIntegers();
    const column = (table: number, rows: number, number: number, count: number) => {
      const start = table / BYTES + rows * number;
      return memory.subarray(start, start + count);
    };
    const leaf = (number: number) => column(LEAVES, MAX_LEAVES, number, leaves);
    this.leafKind = append(this.leafKind, this.leafCount, leaf(0));
    this.leafStart = append(this.leafStart, this.leafCount, leaf(1));
    this.leafEnd = append(this.leafEnd, this.leafCount, leaf(2));
    this.leafKeyId = append(this.leafKeyId, this.leafCount, leaf(3));
    this.leafIndex = append(this.leafIndex, this.leafCount, leaf(4));
    this.leafParent = append(this.leafParent, this.leafCount, leaf(5));
    this.leafFlags = append(this.leafFlags, this.leafCount, leaf(6));
    this.leafCount += leaves;
    const container = (number: number) => column(CONTAINERS, MAX_CONTAINERS, number, containers);
    this.containerParent = append(this.containerParent, this.containerCount, container(0));
    this.containerIndex = append(this.containerIndex, this.containerCount, container(1));
    this.containerKeyId = append(this.containerKeyId, this.containerCount, container(2));
    this.containerStart = append(this.containerStart, this.containerCount, container(3));
    this.containerCount += containers;
    for (let i = 0; i < scanner.waitingSuspects(); i++) this.suspects.push(memory[SUSPECTS / BYTES + i] ?? 0);
    scanner.taken();
  }
}
