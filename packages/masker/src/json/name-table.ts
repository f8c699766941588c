/** Member names that were met, by number: names repeat, so each is read and understood once. */

import { lookAt, SUSPICIOUS } from '../prefilter/prefilter.ts';
import { MEASURE, OFFSET, SECRET, TELLING } from '../prefilter/scanner/assembly/memory.ts';
import { memory, scanner } from '../prefilter/scanner/scanner.ts';
import { isSecret, nameMeaning } from './name-meaning.ts';
import { isOffsetKey } from './shifted-offsets.ts';

/** A book with more names than this is not handed on to the next document. */
const MAX_SHARED = 2_048;

export class NameTable {
  private readonly names: string[] = [];
  private readonly flags: number[] = [];
  private readonly uses: number[] = [];
  private readonly ids = new Map<string, number>();

  constructor() {
    scanner.forget();
    this.idOf('');
  }

  /** The number of a name. */
  idOf(name: string): number {
    let id = this.ids.get(name);
    if (id === undefined) {
      const meaning = nameMeaning(name);
      // A copy: a slice would keep the whole document alive.
      id = this.names.push(Buffer.from(name, 'utf16le').toString('utf16le')) - 1;
      this.flags.push(lookAt(name) & SUSPICIOUS);
      const isTelling = meaning.pairValue || (!meaning.stays && meaning.kinds.length > 0);
      this.uses.push(isOffsetKey(name) ? OFFSET : isSecret(meaning) ? SECRET : isTelling ? TELLING : MEASURE);
      this.ids.set(this.nameOf(id), id);
      this.teach(id);
    }
    return id;
  }

  nameOf(id: number): string {
    return this.names[id] ?? '';
  }

  /** What the gates say of the name itself. */
  flagsOf(id: number): number {
    return this.flags[id] ?? 0;
  }

  /** {@link MEASURE}, {@link TELLING}, {@link SECRET} or {@link OFFSET}. */
  useOf(id: number): number {
    return this.uses[id] ?? MEASURE;
  }

  /** The scanner knows the name from now on, while there is room; one that is written with escapes it would not find. */
  private teach(id: number): void {
    const name = this.nameOf(id);
    const room = /["\\]/.test(name) ? 0 : scanner.roomForName(id, name.length);
    if (room === 0) return;
    memory().write(name, room, 'utf16le');
    scanner.learn(id, name.length, this.useOf(id), this.flagsOf(id) !== 0);
  }

  private static shared = new NameTable();

  /** The book for a new document: that of the documents before it, unless they had too many names. */
  static forDocument(): NameTable {
    if (NameTable.shared.names.length > MAX_SHARED) NameTable.shared = new NameTable();
    return NameTable.shared;
  }
}
