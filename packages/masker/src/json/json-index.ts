/** The structural index of a JSON text, scanned without building a tree. */

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
import { type Scanner, ScanWindow } from '../prefilter/scanner/scanner.ts';
import { decodeString, literalEnd, NotJson, stringEnd } from './lexer.ts';
import type { NameMeanings } from './name-meaning.ts';
import type { NameTable } from './name-table.ts';
import { append, NUMBER, STRING, StructuralIndex } from './structural-index.ts';

/** Bytes of an integer. */
const BYTES = 4;

/** Words that are searched for one by one. */
const MOST_SEARCHED = 12;

/** Leaves there is room for at first. */
const FIRST_LEAVES = 1 << 10;

/** The structural index of a document that is JSON text, made by the scanner and used again for the next document. */
export class JsonIndex extends StructuralIndex {
  source = '';
  private readonly scanner: Scanner;
  private names: NameTable;

  /** An empty one, with room for a document. */
  constructor(scanner: Scanner, names: NameTable, meanings: NameMeanings) {
    super(FIRST_LEAVES, meanings);
    this.scanner = scanner;
    this.names = names;
  }

  /**
   * Reads a document in place of the one before.
   *
   * @throws NotJson when the text is not JSON
   */
  read(source: string, names: NameTable): void {
    this.reset();
    this.source = source;
    this.names = names;
    this.scan();
  }

  /** Lets go of the document. */
  clear(): void {
    this.source = '';
  }

  /** Leaves there is room for. */
  get room(): number {
    return this.leaves.length / LEAF_FIELDS;
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

  /** Offset in the source where it ends. */
  end(leaf: number): number {
    return this.leaves[leaf * LEAF_FIELDS + LEAF_END] as number;
  }

  override key(leaf: number): string {
    return this.names.nameOf(this.name(leaf));
  }

  override hasSameKey(leaf: number, other: number): boolean {
    return this.name(leaf) === this.name(other);
  }

  private name(leaf: number): number {
    return this.leaves[leaf * LEAF_FIELDS + LEAF_NAME] as number;
  }

  override containerKey(container: number): string {
    return this.names.nameOf(this.containers[container * CONTAINER_FIELDS + CONTAINER_NAME] as number);
  }

  override leavesWith(words: readonly string[]): Iterable<number> {
    const found = new Set<number>();
    if (words.length > MOST_SEARCHED) {
      // So many searches would cost more than reading everything.
      for (let leaf = 0; leaf < this.leafCount; leaf++) found.add(leaf);
      return found;
    }
    for (const word of words)
      for (const form of [word, word.slice(0, 1).toUpperCase() + word.slice(1), word.toUpperCase()])
        for (let at = this.source.indexOf(form); at >= 0; at = this.source.indexOf(form, at + form.length)) {
          const leaf = this.leafAt(at);
          if (leaf >= 0) {
            found.add(leaf);
            at = Math.max(at, this.end(leaf) - form.length);
          }
        }
    return found;
  }

  /** The leaf whose text is at an offset of the source; -1 for none. */
  private leafAt(offset: number): number {
    let [low, high] = [0, this.leafCount];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.end(middle) > offset) high = middle;
      else low = middle + 1;
    }
    return low < this.leafCount && this.start(low) <= offset ? low : -1;
  }

  /** Where a container opens in the source. */
  containerStart(container: number): number {
    return this.containers[container * CONTAINER_FIELDS + CONTAINER_START] as number;
  }

  /** Lets the scanner read, and reads for it what it leaves to us: it knows neither names that are new nor escapes. */
  private scan(): void {
    const { source, scanner } = this;
    const { wasm } = scanner;
    const window = new ScanWindow(scanner, source);
    wasm.open();
    for (let reason = wasm.scan(); reason !== DONE; reason = wasm.scan()) {
      const start = wasm.awkwardStart();
      if (reason === FULL) this.takeOver();
      else if (reason === MORE) window.moveTo(wasm.position());
      else if (reason === AWKWARD_LITERAL) window.goOn(this.readLiteral(start));
      else if (reason === INVALID) throw new NotJson();
      else {
        const end = stringEnd(source, start);
        const text = decodeString(source.slice(start, end));
        if (reason === UNKNOWN_NAME) this.readName(text, start, end);
        else wasm.stringIs(start, end, scanner.lookAt(text) | ESCAPED);
        window.goOn(end + 1);
      }
    }
    this.takeOver();
  }

  private readName(name: string, start: number, end: number): void {
    const { names } = this;
    const id = names.idOf(name);
    this.scanner.wasm.nameIs(id, names.useOf(id), names.flagsOf(id), start, end);
  }

  private readLiteral(start: number): number {
    const end = literalEnd(this.source, start);
    this.scanner.wasm.literalIs(start, end, !/^[a-z]/.test(this.source[start] ?? ''));
    return end;
  }

  /** What the scanner has read becomes part of the index. */
  private takeOver(): void {
    const { wasm } = this.scanner;
    const memory = this.scanner.integers();
    const rows = (address: number, count: number) => memory.subarray(address / BYTES, address / BYTES + count);
    const leaves = wasm.waitingLeaves();
    this.leaves = append(this.leaves, this.leafCount * LEAF_FIELDS, rows(LEAVES, leaves * LEAF_FIELDS));
    this.leafCount += leaves;
    const containers = wasm.waitingContainers();
    const opened = rows(CONTAINERS, containers * CONTAINER_FIELDS);
    this.containers = append(this.containers, this.containerCount * CONTAINER_FIELDS, opened);
    this.containerCount += containers;
    const first = SUSPECTS / BYTES;
    const suspects = wasm.waitingSuspects();
    for (let at = first; at < first + suspects; at++) this.suspects.push(memory[at] as number);
    wasm.taken();
  }
}
