/** Member names that were met, by number: names repeat, so each is read and understood once. */
import { lookAt, SUSPICIOUS } from './gates.ts';
import { isPairValue, keyMeaning } from './keys.ts';
import { isOffsetKey } from './shifted-offsets.ts';

/** What a number is under a key: of no interest, perhaps personal, a place in a text. */
export const MEASURE = 0;
export const TELLING = 1;
export const OFFSET = 2;

const SLOTS = 1 << 10;
/** A book with more names than this is not handed on to the next document. */
const MAX_SHARED = 2_048;

export class KeyBook {
  readonly texts: string[] = [];
  /** What the gates say of the name itself. */
  readonly flags: number[] = [];
  /** What a number under the name is. */
  readonly numbers: number[] = [];
  private readonly ids = new Map<string, number>();
  private readonly slots = new Int32Array(SLOTS);

  constructor() {
    this.idOf('');
  }

  /**
   * The number of the name in `units[start, end)`, mostly without cutting it out.
   *
   * @param hash of these units, any that spreads
   */
  find(units: Uint16Array, start: number, end: number, hash: number): number {
    const slot = (hash ^ (hash >>> 10) ^ (hash >>> 20)) & (SLOTS - 1);
    const known = this.slots[slot] ?? 0;
    const text = this.texts[known] ?? '';
    if (known !== 0 && text.length === end - start && equals(text, units, start)) return known;
    let name = '';
    for (let at = start; at < end; at += 1_024)
      name += String.fromCharCode(...units.subarray(at, Math.min(end, at + 1_024)));
    const id = this.idOf(name);
    this.slots[slot] = id;
    return id;
  }

  /** The number of a name. */
  idOf(name: string): number {
    let id = this.ids.get(name);
    if (id === undefined) {
      const meaning = keyMeaning(name);
      id = this.texts.push(name) - 1;
      this.flags.push(lookAt(name) & SUSPICIOUS);
      const isTelling = isPairValue(name) || (!meaning.stays && meaning.kinds.length > 0);
      this.numbers.push(isOffsetKey(name) ? OFFSET : isTelling ? TELLING : MEASURE);
      this.ids.set(name, id);
    }
    return id;
  }

  private static shared = new KeyBook();

  /** The book for a new document: that of the documents before it, unless they had too many names. */
  static forDocument(): KeyBook {
    if (KeyBook.shared.texts.length > MAX_SHARED) KeyBook.shared = new KeyBook();
    return KeyBook.shared;
  }
}

function equals(text: string, units: Uint16Array, start: number): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== units[start + i]) return false;
  return true;
}
