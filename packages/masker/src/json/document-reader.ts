/** Reads documents, one after the other, and remembers the names of their members. */
import type { Lexicon } from '../lexicon/lexicon.ts';
import { openScanner } from '../prefilter/prefilter.ts';
import type { Scanner } from '../prefilter/scanner/scanner.ts';
import { JsonIndex } from './json-index.ts';
import { NameMeanings } from './name-meaning.ts';
import { NameTable } from './name-table.ts';

/** A table with more names than this is not handed on to the next document. */
const MAX_SHARED = 2_048;
/** An index with room for more leaves is not kept for the next document. */
const MAX_KEPT_LEAVES = 1 << 16;

/** What one masker reads documents with: a scanner, the names it has met, indexes whose documents are done. */
export class DocumentReader {
  readonly scanner: Scanner;
  readonly meanings = new NameMeanings();
  private names: NameTable;
  private readonly hasEntities: boolean;
  private readonly spare: JsonIndex[] = [];

  /** @param lexicon of names and addresses, where those are looked for */
  constructor(lexicon?: Lexicon) {
    this.scanner = openScanner(lexicon);
    this.hasEntities = lexicon !== undefined;
    this.names = this.newTable();
  }

  private newTable(): NameTable {
    return new NameTable(this.scanner, this.meanings, this.hasEntities);
  }

  /** How many names of members are remembered. */
  get knownNames(): number {
    return this.names.size;
  }

  /**
   * The structural index of a JSON text.
   *
   * @throws NotJson when it is not JSON
   */
  read(source: string): JsonIndex {
    if (this.names.size > MAX_SHARED) this.names = this.newTable();
    const index = this.spare.pop() ?? new JsonIndex(this.scanner, this.names, this.meanings);
    index.read(source, this.names);
    return index;
  }

  /** The index is done with and must not be read any more. Its arrays serve the next document. */
  release(index: JsonIndex): void {
    index.clear();
    if (index.room <= MAX_KEPT_LEAVES) this.spare.push(index);
  }
}
