/** Member names that were met, by number: names repeat, so each is read and understood once. */
import { SUSPICIOUS } from '../prefilter/prefilter.ts';
import { MEASURE, OFFSET, PERSONAL, SECRET, TELLING } from '../prefilter/scanner/assembly/memory.ts';
import type { Scanner } from '../prefilter/scanner/scanner.ts';
import { isSecret, type NameMeaning, type NameMeanings } from './name-meaning.ts';
import { mayHoldAddress, senseOfMember } from './personal-members.ts';
import { isOffsetKey } from './shifted-offsets.ts';

/** The names that one scanner has met. */
export class NameTable {
  private readonly scanner: Scanner;
  private readonly meanings: NameMeanings;
  private readonly hasEntities: boolean;
  private readonly names: string[] = [];
  private readonly flags: number[] = [];
  private readonly uses: number[] = [];
  private readonly ids = new Map<string, number>();

  /** Makes the scanner forget the names of the table before. */
  constructor(scanner: Scanner, meanings: NameMeanings, hasEntities = false) {
    this.scanner = scanner;
    this.meanings = meanings;
    this.hasEntities = hasEntities;
    scanner.wasm.forget();
    this.idOf('');
  }

  /** How many names there are. */
  get size(): number {
    return this.names.length;
  }

  /** The number of a name. */
  idOf(name: string): number {
    let id = this.ids.get(name);
    if (id === undefined) {
      const meaning = this.meanings.of(name);
      // A copy: a slice would keep the whole document alive.
      id = this.names.push(Buffer.from(name, 'utf16le').toString('utf16le')) - 1;
      this.flags.push(this.scanner.lookAt(name) & SUSPICIOUS);
      const isTelling = meaning.pairValue || (!meaning.stays && meaning.kinds.length > 0);
      this.uses.push(
        isOffsetKey(name)
          ? OFFSET
          : isSecret(meaning)
            ? SECRET
            : this.isPersonal(name, meaning)
              ? PERSONAL
              : isTelling
                ? TELLING
                : MEASURE,
      );
      this.ids.set(this.nameOf(id), id);
      this.teach(id);
    }
    return id;
  }

  /** Whether a string under the name may be a name of a person or an address. */
  private isPersonal(name: string, { stays, kinds }: NameMeaning): boolean {
    return (
      this.hasEntities && !stays && kinds.length === 0 && (senseOfMember(name) !== undefined || mayHoldAddress(name))
    );
  }

  nameOf(id: number): string {
    return this.names[id] ?? '';
  }

  /** What the prefilter says of the name itself. */
  flagsOf(id: number): number {
    return this.flags[id] ?? 0;
  }

  /** {@link MEASURE}, {@link TELLING}, {@link SECRET} or {@link OFFSET}. */
  useOf(id: number): number {
    return this.uses[id] ?? MEASURE;
  }

  /** The scanner knows the name from now on, while there is room; one that is written with escapes it would not find. */
  private teach(id: number): void {
    const { scanner } = this;
    const name = this.nameOf(id);
    const room = /["\\]/.test(name) ? 0 : scanner.wasm.roomForName(id, name.length);
    if (room === 0) return;
    scanner.memory().write(name, room, 'utf16le');
    scanner.wasm.learn(id, name.length, this.useOf(id), this.flagsOf(id) !== 0);
  }
}
