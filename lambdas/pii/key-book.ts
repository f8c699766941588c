/** Member names that were met, by number: names repeat, so each is read and understood once. */
import { lookAt, SUSPICIOUS } from './gates.ts';
import { isPairValue, keyMeaning } from './keys.ts';
import { grown } from './outline.ts';
import { isOffsetKey } from './shifted-offsets.ts';

/** What a number is under a key: of no interest, perhaps personal, a place in a text. */
export const MEASURE = 0;
export const TELLING = 1;
export const OFFSET = 2;

/** A book with more names than this is not handed on to the next document. */
const MAX_SHARED = 2_048;
const QUOTE = 0x22;

export class KeyBook {
  private readonly names: string[] = [];
  private readonly flags: number[] = [];
  private readonly uses: number[] = [];
  private readonly ids = new Map<string, number>();
  /** The code units of each name, to compare with. */
  private readonly units: Uint16Array[] = [];
  /** The name that followed each name the last time. */
  private followers = new Int32Array(256);

  constructor() {
    this.idOf('');
  }

  /** The expected name after another, if it is what stands in `units[start, limit)` up to a quote; otherwise -1. */
  after(last: number, units: Uint16Array, start: number, limit: number): number {
    const expected = this.followers[last] ?? 0;
    const name = this.units[expected] as Uint16Array;
    const { length } = name;
    if (start + length >= limit) return -1;
    for (let i = 0; i < length; i++) if (name[i] !== units[start + i]) return -1;
    return units[start + length] === QUOTE ? expected : -1;
  }

  /** Expects the same name the next time; not one that is written with escapes. */
  expect(last: number, id: number): void {
    if (/["\\]/.test(this.nameOf(id))) return;
    while (last >= this.followers.length) this.followers = grown(this.followers);
    this.followers[last] = id;
  }

  /** The number of a name. */
  idOf(name: string): number {
    let id = this.ids.get(name);
    if (id === undefined) {
      const meaning = keyMeaning(name);
      // A copy: a slice would keep the whole document alive.
      id = this.names.push(Buffer.from(name, 'utf16le').toString('utf16le')) - 1;
      this.units.push(Uint16Array.from({ length: name.length }, (_, at) => name.charCodeAt(at)));
      this.flags.push(lookAt(name) & SUSPICIOUS);
      const isTelling = isPairValue(name) || (!meaning.stays && meaning.kinds.length > 0);
      this.uses.push(isOffsetKey(name) ? OFFSET : isTelling ? TELLING : MEASURE);
      this.ids.set(this.nameOf(id), id);
    }
    return id;
  }

  nameOf(id: number): string {
    return this.names[id] ?? '';
  }

  /** UTF-16 code units of a name; 0 for none. */
  lengthOf(id: number): number {
    return this.names[id]?.length ?? 0;
  }

  /** What the gates say of the name itself. */
  flagsOf(id: number): number {
    return this.flags[id] ?? 0;
  }

  /** {@link MEASURE}, {@link TELLING} or {@link OFFSET}. */
  useOf(id: number): number {
    return this.uses[id] ?? MEASURE;
  }

  private static shared = new KeyBook();

  /** The book for a new document: that of the documents before it, unless they had too many names. */
  static forDocument(): KeyBook {
    if (KeyBook.shared.names.length > MAX_SHARED) KeyBook.shared = new KeyBook();
    return KeyBook.shared;
  }
}
