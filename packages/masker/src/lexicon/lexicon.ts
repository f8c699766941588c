/** The words that names and addresses are told by, as one table of hashes without any string. */
import { hashWord, opensAddresses, opensNames } from './word-class.ts';

/** The first bytes of the table: "PLX" and the version of its form. */
const MAGIC = 0x31584c50;
/** Bytes before the rest: magic, entries, combinations of classes, words that open names, and addresses. */
const HEADER = 20;
/** Buckets by the upper half of a hash. */
const BUCKETS = 1 << 16;
const LOW_HALF = 0xffff;

/**
 * A lexicon over the bytes that {@link encodeLexicon} made; they are read where they lie.
 *
 * Form, little-endian: header; hashes that open names, those that open addresses, four bytes each; combinations of classes, two bytes each; how many entries each bucket has, a byte each;
 * lower halves of the hashes, two bytes each; number of each entry's combination, a byte each.
 */
export class Lexicon {
  /** Hashes of the words that make a text worth reading for names. */
  readonly naming: Uint32Array;
  /** Hashes of those that do so for addresses, with a number. */
  readonly placing: Uint32Array;
  private readonly combinations: Uint16Array;
  private readonly starts = new Uint32Array(BUCKETS + 1);
  private readonly halves: Uint16Array;
  private readonly classes: Uint8Array;

  /** @throws RangeError when the bytes are no lexicon of this form */
  constructor(bytes: Uint8Array) {
    // Views of more than one byte need a place in memory that is a multiple of four.
    const own = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
    const { buffer, byteOffset } = own;
    const view = new DataView(buffer, byteOffset, own.byteLength);
    if (own.byteLength < HEADER || view.getUint32(0, true) !== MAGIC)
      throw new RangeError('The bytes are not the lexicon of names.');
    const [entries = 0, combinations = 0, naming = 0, placing = 0] = [4, 8, 12, 16].map((at) =>
      view.getUint32(at, true),
    );
    const sums = HEADER + (naming + placing) * 4;
    const buckets = sums + combinations * 2;
    const halves = buckets + BUCKETS;
    if (own.byteLength !== halves + entries * 3) throw new RangeError('The lexicon of names is cut off.');
    this.naming = new Uint32Array(buffer, byteOffset + HEADER, naming);
    this.placing = new Uint32Array(buffer, byteOffset + HEADER + naming * 4, placing);
    this.combinations = new Uint16Array(buffer, byteOffset + sums, combinations);
    const { starts } = this;
    for (let bucket = 0, start = 0; bucket < BUCKETS; bucket++) {
      start += own[buckets + bucket] as number;
      starts[bucket + 1] = start;
    }
    this.halves = new Uint16Array(buffer, byteOffset + halves, entries);
    this.classes = own.subarray(halves + entries * 2);
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
  const naming = entries.filter(({ bits }) => opensNames(bits));
  const placing = entries.filter(({ bits }) => opensAddresses(bits));
  const sums = HEADER + (naming.length + placing.length) * 4;
  const buckets = sums + kinds.length * 2;
  const halves = buckets + BUCKETS;
  const bytes = new Uint8Array(halves + entries.length * 3);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, entries.length, true);
  view.setUint32(8, kinds.length, true);
  view.setUint32(12, naming.length, true);
  view.setUint32(16, placing.length, true);
  for (const [at, { hash }] of [...naming, ...placing].entries()) view.setUint32(HEADER + at * 4, hash, true);
  for (const [number, bits] of kinds.entries()) view.setUint16(sums + number * 2, bits, true);
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
