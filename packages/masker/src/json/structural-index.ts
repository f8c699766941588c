/**
 * The flat form of a document that the rules work on: its leaves (strings, numbers, suspicious keys) and containers in
 * document order. A tree and a JSON text both yield one, so both are masked by the same code.
 */
import {
  CONTAINER_FIELDS,
  CONTAINER_INDEX,
  CONTAINER_PARENT,
  KEY,
  LEAF_FIELDS,
  LEAF_FLAGS,
  LEAF_INDEX,
  LEAF_KIND,
  LEAF_PARENT,
  NUMBER,
  STRING,
} from '../prefilter/scanner/assembly/memory.ts';

import type { NameMeanings } from './name-meaning.ts';

export { KEY, NUMBER, STRING };

/**
 * An array with more integers from a place on, in the same array or, where it has no room for them, in a larger one.
 *
 * @example append(Int32Array.of(1, 2), 1, Int32Array.of(3)) // Int32Array [1, 3]
 */
export function append(array: Int32Array, at: number, more: Int32Array): Int32Array {
  let room = array;
  while (room.length < at + more.length) room = grown(room);
  room.set(more, at);
  return room;
}

/** The same integers with room for twice as many. */
function grown(array: Int32Array): Int32Array {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}

/** Leaves and containers as rows of integers; container 0 is the place of the root value. */
export abstract class StructuralIndex {
  leafCount = 0;
  containerCount = 0;
  protected leaves: Int32Array;
  protected containers: Int32Array;
  /** Suspicious leaves in order. */
  readonly suspects: number[] = [];

  /** What the names of members say. */
  readonly meanings: NameMeanings;

  /** @param leaves how many leaves are expected; more are welcome */
  constructor(leaves: number, meanings: NameMeanings) {
    this.meanings = meanings;
    this.leaves = new Int32Array(leaves * LEAF_FIELDS);
    this.containers = new Int32Array(leaves * CONTAINER_FIELDS);
  }

  /** Makes room for another document. */
  protected reset(): void {
    this.leafCount = 0;
    this.containerCount = 0;
    this.suspects.length = 0;
  }

  /** {@link STRING}, {@link NUMBER} or {@link KEY}; -1 for a leaf that there is not, as in what follows. */
  kind(leaf: number): number {
    return this.leaves[leaf * LEAF_FIELDS + LEAF_KIND] ?? -1;
  }

  /** Container of the leaf. */
  parent(leaf: number): number {
    return this.leaves[leaf * LEAF_FIELDS + LEAF_PARENT] ?? -1;
  }

  /** Position in an array, -1 in an object. */
  index(leaf: number): number {
    return this.leaves[leaf * LEAF_FIELDS + LEAF_INDEX] ?? -1;
  }

  /** The prefilter's flags: whether a rule may find something, what the text asks for. */
  flags(leaf: number): number {
    return this.leaves[leaf * LEAF_FIELDS + LEAF_FLAGS] ?? 0;
  }

  /** Container of the container. */
  containerParent(container: number): number {
    return this.containers[container * CONTAINER_FIELDS + CONTAINER_PARENT] ?? -1;
  }

  /** Position in an array, -1 in an object. */
  containerIndex(container: number): number {
    return this.containers[container * CONTAINER_FIELDS + CONTAINER_INDEX] ?? -1;
  }

  /** The text of a string or key, the source text of a number. */
  abstract text(leaf: number): string;
  /** The member name of a leaf; '' in an array. */
  abstract key(leaf: number): string;
  abstract hasSameKey(leaf: number, other: number): boolean;
  /** The member name of a container; '' in an array. */
  abstract containerKey(container: number): string;

  /** The leaves whose source may hold one of some words in lower case, as it is or with capitals; in order of the words. */
  abstract leavesWith(words: readonly string[]): Iterable<number>;

  /** JSON Pointer of a leaf. */
  path(leaf: number): string {
    const parts: string[] = [];
    const parent = this.parent(leaf);
    if (parent > 0) {
      parts.push(this.kind(leaf) === KEY ? this.text(leaf) : this.segment(this.index(leaf), this.key(leaf)));
      for (let at = parent; at > 1; at = this.containerParent(at)) {
        parts.push(this.segment(this.containerIndex(at), this.containerKey(at)));
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
