/**
 * The flat form of a document that the rules work on: its leaves (strings, numbers, suspicious keys) and containers in
 * document order. A tree and a JSON text both yield one, so both are masked by the same code.
 */
import { KEY, NUMBER, STRING } from './assembly/memory.ts';
import { SUSPICIOUS } from './gates.ts';

export { KEY, NUMBER, STRING };

/** Room for `count` integers that grows by doubling. */
export function grown(array: Int32Array): Int32Array {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}

/** An array with more integers from a place on, in the same array or, where it has no room for them, in a larger one. */
export function append(array: Int32Array, at: number, more: Int32Array): Int32Array {
  let room = array;
  while (room.length < at + more.length) room = grown(room);
  room.set(more, at);
  return room;
}

/** Leaves and containers as parallel arrays; container 0 is the place of the root value. */
export abstract class Outline {
  leafCount = 0;
  leafKind: Int32Array;
  /** Container of the leaf. */
  leafParent: Int32Array;
  /** Position in an array, -1 in an object. */
  leafIndex: Int32Array;
  /** What the gates say of it: whether a rule may find something, what it asks for. */
  leafFlags: Int32Array;

  containerCount = 0;
  containerParent: Int32Array;
  containerIndex: Int32Array;

  /** Suspicious leaves in order. */
  readonly suspects: number[] = [];

  /** @param leaves how many leaves are expected; more are welcome */
  constructor(leaves: number) {
    this.leafKind = new Int32Array(leaves);
    this.leafParent = new Int32Array(leaves);
    this.leafIndex = new Int32Array(leaves);
    this.leafFlags = new Int32Array(leaves);
    this.containerParent = new Int32Array(leaves);
    this.containerIndex = new Int32Array(leaves);
  }

  /** Makes room for another document. */
  protected reset(): void {
    this.leafCount = 0;
    this.containerCount = 0;
    this.suspects.length = 0;
  }

  /** The text of a string or key, the source text of a number. */
  abstract text(leaf: number): string;
  /** The member name of a leaf; '' in an array. */
  abstract key(leaf: number): string;
  abstract hasSameKey(leaf: number, other: number): boolean;
  /** The member name of a container; '' in an array. */
  abstract containerKey(container: number): string;

  protected addLeaf(kind: number, parent: number, index: number, flags: number): number {
    const leaf = this.leafCount++;
    if (leaf >= this.leafKind.length) {
      this.leafKind = grown(this.leafKind);
      this.leafParent = grown(this.leafParent);
      this.leafIndex = grown(this.leafIndex);
      this.leafFlags = grown(this.leafFlags);
    }
    this.leafKind[leaf] = kind;
    this.leafParent[leaf] = parent;
    this.leafIndex[leaf] = index;
    this.leafFlags[leaf] = flags;
    if ((flags & SUSPICIOUS) !== 0) this.suspects.push(leaf);
    return leaf;
  }

  protected addContainer(parent: number, index: number): number {
    const container = this.containerCount++;
    if (container >= this.containerParent.length) {
      this.containerParent = grown(this.containerParent);
      this.containerIndex = grown(this.containerIndex);
    }
    this.containerParent[container] = parent;
    this.containerIndex[container] = index;
    return container;
  }

  /** JSON Pointer of a leaf. */
  path(leaf: number): string {
    const parts: string[] = [];
    const parent = this.leafParent[leaf] ?? 0;
    if (parent > 0) {
      parts.push(
        this.leafKind[leaf] === KEY ? this.text(leaf) : this.segment(this.leafIndex[leaf] ?? -1, this.key(leaf)),
      );
      for (let at = parent; at > 1; at = this.containerParent[at] ?? 0) {
        parts.push(this.segment(this.containerIndex[at] ?? -1, this.containerKey(at)));
      }
    }
    return parts
      .reverse()
      .map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`)
      .join('');
  }

  private segment(index: number, key: string): string {
    return index >= 0 ? String(index) : key;
  }
}
