/** The words that names and addresses are told by, as one table of hashes without any string. */
import { hashWord } from './word-class.ts';

/** The first bytes of the table: "PLX" and the version of its form. */
const MAGIC = 0x31584c50;
/** Bytes before the classes: magic, entries, combinations of classes. */
const HEADER = 12;
/** Buckets by the upper half of a hash. */
const BUCKETS = 1 << 16;
const LOW_HALF = 0xffff;

/**
 * A lexicon over the bytes that {@link encodeLexicon} made; they are read where they lie.
 *
 * Form, little-endian: header; combinations of classes, two bytes each; how many entries each bucket has, a byte each;
 * lower halves of the hashes, two bytes each; number of each entry's combination, a byte each.
 */
export class Lexicon {
  private readonly combinations: Uint16Array;
  private readonly starts = new Uint32Array(BUCKETS + 1);
  private readonly halves: Uint16Array;
  private readonly classes: Uint8Array;

  /** @throws RangeError when the bytes are no lexicon of this form */
  constructor(bytes: Uint8Array) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (bytes.byteLength < HEADER || view.getUint32(0, true) !== MAGIC)
      throw new RangeError('The bytes are not the lexicon of names.');
    const entries = view.getUint32(4, true);
    const combinations = view.getUint32(8, true);
    const buckets = HEADER + combinations * 2;
    const halves = buckets + BUCKETS;
    if (bytes.byteLength !== halves + entries * 3) throw new RangeError('The lexicon of names is cut off.');
    // Copies, since two-byte views need an even place in memory.
    const copy = bytes.slice();
    this.combinations = new Uint16Array(copy.buffer, HEADER, combinations);
    for (let bucket = 0; bucket < BUCKETS; bucket++)
      this.starts[bucket + 1] = (this.starts[bucket] as number) + (copy[buckets + bucket] as number);
    this.halves = new Uint16Array(copy.buffer, halves, entries);
    this.classes = copy.subarray(halves + entries * 2);
  }

  /** Calls with the hash and the classes of every word. */
  forEach(visit: (hash: number, bits: number) => void): void {
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const end = this.starts[bucket + 1] as number;
      for (let entry = this.starts[bucket] as number; entry < end; entry++)
        visit(
          bucket * 0x10000 + (this.halves[entry] as number),
          this.combinations[this.classes[entry] as number] as number,
        );
    }
  }

  /** The classes of a folded word, as bits: "sarah" → `WORD_CLASS.STRONG_FIRST | …`; 0 for one not known. */
  classOf(word: string): number {
    const hash = hashWord(word);
    const half = hash & LOW_HALF;
    const end = this.starts[(hash >>> 16) + 1] as number;
    for (let entry = this.starts[hash >>> 16] as number; entry < end; entry++)
      if (this.halves[entry] === half) return this.combinations[this.classes[entry] as number] as number;
    return 0;
  }
}

/**
 * The bytes of a lexicon.
 *
 * @param classes bits by folded word
 * @throws RangeError when more than 256 combinations occur or a bucket has no room
 * @example new Lexicon(encodeLexicon(new Map([['sarah', 1]]))).classOf('sarah') // 1
 */
export function encodeLexicon(classes: ReadonlyMap<string, number>): Uint8Array {
  const byHash = new Map<number, number>();
  // One pair of words in some four billion has one hash: it shares what is known of either.
  for (const [word, bits] of classes) byHash.set(hashWord(word), (byHash.get(hashWord(word)) ?? 0) | bits);
  const entries = [...byHash].map(([hash, bits]) => ({ hash, bits })).sort((a, b) => a.hash - b.hash);
  const kinds = [...new Set(entries.map(({ bits }) => bits))].sort((a, b) => a - b);
  const numbers = new Map(kinds.map((bits, number) => [bits, number]));
  const buckets = HEADER + kinds.length * 2;
  const halves = buckets + BUCKETS;
  const bytes = new Uint8Array(halves + entries.length * 3);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, entries.length, true);
  view.setUint32(8, kinds.length, true);
  for (const [number, bits] of kinds.entries()) view.setUint16(HEADER + number * 2, bits, true);
  if (kinds.length > 256) throw new RangeError('The lexicon has too many combinations of classes.');
  for (const [at, { hash, bits }] of entries.entries()) {
    const bucket = buckets + (hash >>> 16);
    const count = (bytes[bucket] as number) + 1;
    if (count > 255) throw new RangeError('A bucket of the lexicon is full.');
    bytes[bucket] = count;
    view.setUint16(halves + at * 2, hash & LOW_HALF, true);
    bytes[halves + entries.length * 2 + at] = numbers.get(bits) ?? 0;
  }
  return bytes;
}
