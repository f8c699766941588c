/** The outline of a JSON text, scanned without building a tree. */

import { lookAt } from '../prefilter/prefilter.ts';
import { ESCAPED } from '../prefilter/scanner/assembly/bits.ts';
import {
  AWKWARD_LITERAL,
  CONTAINER_FIELDS,
  CONTAINER_NAME,
  CONTAINER_START,
  CONTAINERS,
  DONE,
  FULL,
  INVALID,
  LEAF_END,
  LEAF_FIELDS,
  LEAF_NAME,
  LEAF_START,
  LEAVES,
  MORE,
  SUSPECTS,
  UNKNOWN_NAME,
} from '../prefilter/scanner/assembly/memory.ts';
import { memoryOfIntegers, ScanWindow, scanner } from '../prefilter/scanner/scanner.ts';
import { decodeString, literalEnd, NotJson, stringEnd } from './lexer.ts';
import { NameTable } from './name-table.ts';
import { append, NUMBER, STRING, StructuralIndex } from './structural-index.ts';

/** Bytes of an integer. */
const BYTES = 4;

/** Leaves there is room for at first, and at most in an outline that is kept for the next document. */
const FIRST_LEAVES = 1 << 10;
const MAX_KEPT_LEAVES = 1 << 16;

/** Outlines whose documents are done: their arrays serve the next ones. */
const spare: JsonIndex[] = [];

export class JsonIndex extends StructuralIndex {
  source = '';
  private keys = NameTable.forDocument();

  private constructor() {
    super(FIRST_LEAVES);
  }

  /** @throws NotJson when the text is not JSON */
  static of(source: string): JsonIndex {
    const outline = spare.pop() ?? new JsonIndex();
    outline.reset();
    outline.source = source;
    outline.keys = NameTable.forDocument();
    outline.scan();
    return outline;
  }

  /** The outline is done with: nobody may look at it any more. */
  release(): void {
    this.source = '';
    if (this.leaves.length <= MAX_KEPT_LEAVES * LEAF_FIELDS) spare.push(this);
  }

  override text(leaf: number): string {
    const raw = this.source.slice(this.start(leaf), this.end(leaf));
    const kind = this.kind(leaf);
    const isPlain = kind === STRING && (this.flags(leaf) & ESCAPED) === 0;
    return isPlain || kind === NUMBER ? raw : decodeString(raw);
  }

  /** Offset in the source: of a string's content, of a number. */
  start(leaf: number): number {
    return this.leaves[leaf * LEAF_FIELDS + LEAF_START] as number;
  }

  /** Likewise, where it ends. */
  end(leaf: number): number {
    return this.leaves[leaf * LEAF_FIELDS + LEAF_END] as number;
  }

  override key(leaf: number): string {
    return this.keys.nameOf(this.name(leaf));
  }

  override hasSameKey(leaf: number, other: number): boolean {
    return this.name(leaf) === this.name(other);
  }

  private name(leaf: number): number {
    return this.leaves[leaf * LEAF_FIELDS + LEAF_NAME] as number;
  }

  override containerKey(container: number): string {
    return this.keys.nameOf(this.containers[container * CONTAINER_FIELDS + CONTAINER_NAME] as number);
  }

  /** Where a container opens in the source. */
  containerStart(container: number): number {
    return this.containers[container * CONTAINER_FIELDS + CONTAINER_START] as number;
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
      else if (reason === AWKWARD_LITERAL) window.goOn(this.readLiteral(start));
      else if (reason === INVALID) throw new NotJson();
      else {
        const end = stringEnd(source, start);
        const text = decodeString(source.slice(start, end));
        if (reason === UNKNOWN_NAME) this.readName(text, start, end);
        else scanner.stringIs(start, end, lookAt(text) | ESCAPED);
        window.goOn(end + 1);
      }
    }
    this.takeOver();
  }

  private readName(name: string, start: number, end: number): void {
    const { keys } = this;
    const id = keys.idOf(name);
    scanner.nameIs(id, keys.useOf(id), keys.flagsOf(id), start, end);
  }

  private readLiteral(start: number): number {
    const end = literalEnd(this.source, start);
    scanner.literalIs(start, end, !/^[a-z]/.test(this.source[start] ?? ''));
    return end;
  }

  /** What the scanner has read becomes part of the outline. */
  private takeOver(): void {
    const memory = memoryOfIntegers();
    const rows = (address: number, count: number) => memory.subarray(address / BYTES, address / BYTES + count);
    const leaves = scanner.waitingLeaves();
    this.leaves = append(this.leaves, this.leafCount * LEAF_FIELDS, rows(LEAVES, leaves * LEAF_FIELDS));
    this.leafCount += leaves;
    const containers = scanner.waitingContainers();
    const opened = rows(CONTAINERS, containers * CONTAINER_FIELDS);
    this.containers = append(this.containers, this.containerCount * CONTAINER_FIELDS, opened);
    this.containerCount += containers;
    const first = SUSPECTS / BYTES;
    const suspects = scanner.waitingSuspects();
    for (let at = first; at < first + suspects; at++) this.suspects.push(memory[at] as number);
    scanner.taken();
  }
}
