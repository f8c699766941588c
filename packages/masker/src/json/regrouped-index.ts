/** A document with some of its texts read together: the rules see one text where the document has one for each word. */
import { WORTH_READING } from '../prefilter/prefilter.ts';
import { StructuralIndex } from './structural-index.ts';

/** Words that are read as one text. */
export interface JoinedText {
  /** The leaves of the words, in order. */
  readonly leaves: readonly number[];
  /** Where each begins in the text. */
  readonly starts: readonly number[];
  readonly text: string;
  /** The prefilter's, of the whole. */
  readonly flags: number;
}

/**
 * A view of another index: the first leaf of each joined text stands for all of its words. What else the objects of the
 * later words hold comes behind all other leaves, so that it lies between no two turns.
 */
export class RegroupedIndex extends StructuralIndex {
  private readonly base: StructuralIndex;
  /** The leaf of the base for each leaf here. */
  private readonly rows: Int32Array;
  /** The leaf here for each leaf of the base. */
  private readonly places: Int32Array;
  private readonly joined = new Map<number, JoinedText>();

  /**
   * @param texts each with a leaf at least
   */
  constructor(base: StructuralIndex, texts: readonly JoinedText[]) {
    super(0, base.meanings);
    this.base = base;
    this.containerCount = base.containerCount;
    const absorbed = new Set<number>();
    const moved = new Set<number>();
    for (const { leaves } of texts) {
      const [first = -1] = leaves;
      for (const leaf of leaves) {
        if (leaf === first) continue;
        absorbed.add(leaf);
        moved.add(base.parent(leaf));
      }
    }
    this.rows = new Int32Array(base.leafCount - absorbed.size);
    this.places = new Int32Array(base.leafCount).fill(-1);
    for (const isBehind of [false, true])
      for (let leaf = 0; leaf < base.leafCount; leaf++)
        if (!absorbed.has(leaf) && moved.has(this.objectOf(leaf, moved)) === isBehind) this.append(leaf);
    for (const text of texts) {
      const place = this.places[text.leaves[0] ?? -1] ?? -1;
      for (const leaf of text.leaves) this.places[leaf] = place;
      this.joined.set(place, text);
    }
    this.findSuspects();
  }

  private append(leaf: number): void {
    this.rows[this.leafCount] = leaf;
    this.places[leaf] = this.leafCount;
    this.leafCount++;
  }

  /** The object of a word that a leaf belongs to, at most two objects further in; its own container for most. */
  private objectOf(leaf: number, objects: ReadonlySet<number>): number {
    let container = this.base.parent(leaf);
    for (let steps = 0; steps < MOST_STEPS && container > 0 && !objects.has(container); steps++)
      container = this.base.containerParent(container);
    return container;
  }

  private findSuspects(): void {
    const suspects = new Set<number>();
    for (const leaf of this.base.suspects) {
      const place = this.places[leaf] ?? -1;
      if (!this.joined.has(place)) suspects.add(place);
    }
    for (const [place, { flags }] of this.joined) if ((flags & WORTH_READING) !== 0) suspects.add(place);
    for (const place of [...suspects].sort((a, b) => a - b)) this.suspects.push(place);
  }

  private row(leaf: number): number {
    return this.rows[leaf] ?? -1;
  }

  /** The leaf of the document that a leaf stands for, or the words that it was joined of. */
  origin(leaf: number): number | JoinedText {
    return this.joined.get(leaf) ?? this.row(leaf);
  }

  override kind(leaf: number): number {
    return this.base.kind(this.row(leaf));
  }

  override parent(leaf: number): number {
    return this.base.parent(this.row(leaf));
  }

  override index(leaf: number): number {
    return this.base.index(this.row(leaf));
  }

  override flags(leaf: number): number {
    return this.joined.get(leaf)?.flags ?? this.base.flags(this.row(leaf));
  }

  override containerParent(container: number): number {
    return this.base.containerParent(container);
  }

  override containerIndex(container: number): number {
    return this.base.containerIndex(container);
  }

  override text(leaf: number): string {
    return this.joined.get(leaf)?.text ?? this.base.text(this.row(leaf));
  }

  override key(leaf: number): string {
    return this.base.key(this.row(leaf));
  }

  override hasSameKey(leaf: number, other: number): boolean {
    return this.base.hasSameKey(this.row(leaf), this.row(other));
  }

  override containerKey(container: number): string {
    return this.base.containerKey(container);
  }

  override leavesWith(words: readonly string[]): Iterable<number> {
    const leaves = new Set<number>();
    for (const leaf of this.base.leavesWith(words)) leaves.add(this.places[leaf] ?? -1);
    leaves.delete(-1);
    return leaves;
  }
}

/** Objects that the metadata of a word is wrapped in. */
const MOST_STEPS = 3;
