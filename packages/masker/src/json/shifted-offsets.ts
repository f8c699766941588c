/**
 * Character offsets and lengths that a record carries beside its texts (`transcriptBlocks[].offset`, `length`,
 * `annotations[].offset`): masking changes the length of a text, so they are moved along.
 */
import type { Match } from '../model/match.ts';
import { NUMBER, STRING, type StructuralIndex } from './structural-index.ts';

const TEXT_KEY = /^(?:text|transcript|body|content|message)$/;
/** Members of one object that are looked at around its text. */
const REACH = 16;

/**
 * Whether a number under this key may be an offset into a text.
 *
 * @example isOffsetKey('offset') // true
 */
export function isOffsetKey(key: string): boolean {
  return key === 'offset' || key === 'length';
}

/** A text with its place in the whole: lengths in UTF-16 code units, before and after masking. */
interface Block {
  text: number;
  offset: number | undefined;
  length: number;
  maskedLength: number;
  matches: readonly Match[];
}

/**
 * The new values, as JSON text by leaf, of the offsets and lengths that masking shifts.
 *
 * @param replacementLength UTF-16 code units of what a match becomes
 * @example of blocks at 0 ("my number 212-555-0142!") and 24, the phone replaced by 14 units -> "26" for the second
 */
export function shiftedOffsets(
  structure: StructuralIndex,
  found: ReadonlyMap<number, readonly Match[]>,
  replacementLength: (match: Match) => number,
): Map<number, string> {
  const shifted = new Map<number, string>();
  const offsets = offsetLeaves(structure);
  if (offsets.size === 0) return shifted;
  const arrays = new Set<number>();
  for (const leaf of found.keys()) {
    if (structure.kind(leaf) === STRING && TEXT_KEY.test(structure.key(leaf)) && structure.index(leaf) < 0) {
      const parent = structure.parent(leaf);
      arrays.add(structure.containerIndex(parent) < 0 ? -parent : structure.containerParent(parent));
    }
  }
  const byList = grouped(offsets.keys(), (container) => structure.containerParent(container));
  const byOwner = grouped(byList.keys(), (list) => structure.containerParent(list));
  const textsByOwner = grouped(arrays, (array) => ownerOf(structure, array));
  for (const array of arrays) {
    const containers = array < 0 ? [-array] : (byList.get(array) ?? []);
    const blocks = blocksOf(structure, found, replacementLength, containers, offsets);
    for (const block of blocks) {
      const length = offsets.get(structure.parent(block.text))?.length;
      if (
        length !== undefined &&
        structure.text(length) === String(block.length) &&
        block.maskedLength !== block.length
      )
        shifted.set(length, String(block.maskedLength));
    }
    if (!runOn(blocks)) continue;
    const owner = ownerOf(structure, array);
    // Lists beside the texts count in them, too, unless there is more than one list of texts.
    const lists = textsByOwner.get(owner)?.length === 1 ? (byOwner.get(owner) ?? []) : [array];
    for (const list of lists) {
      for (const container of byList.get(list) ?? []) {
        const offset = offsets.get(container)?.offset;
        if (offset === undefined) continue;
        const before = structure.text(offset);
        const after = String(moved(Number(before), blocks, replacementLength));
        if (after !== before) shifted.set(offset, after);
      }
    }
  }
  return shifted;
}

function ownerOf(structure: StructuralIndex, array: number): number {
  return array > 0 ? structure.containerParent(array) : 0;
}

function grouped(numbers: Iterable<number>, groupOf: (number: number) => number): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const number of numbers) {
    const group = groupOf(number);
    const known = groups.get(group);
    if (known === undefined) groups.set(group, [number]);
    else known.push(number);
  }
  return groups;
}

interface OffsetLeaves {
  offset?: number;
  length?: number;
}

/** The offset and length leaves by the object they stand in. */
function offsetLeaves(structure: StructuralIndex): Map<number, OffsetLeaves> {
  const leaves = new Map<number, OffsetLeaves>();
  for (let leaf = 0; leaf < structure.leafCount; leaf++) {
    if (structure.kind(leaf) !== NUMBER) continue;
    const key = structure.key(leaf);
    if (!isOffsetKey(key) || !/^\d{1,12}$/.test(structure.text(leaf))) continue;
    const parent = structure.parent(leaf);
    const known = leaves.get(parent) ?? {};
    known[key as 'offset' | 'length'] = leaf;
    leaves.set(parent, known);
  }
  return leaves;
}

/** The texts of some objects in order. */
function blocksOf(
  structure: StructuralIndex,
  found: ReadonlyMap<number, readonly Match[]>,
  replacementLength: (match: Match) => number,
  containers: readonly number[],
  offsets: ReadonlyMap<number, OffsetLeaves>,
): Block[] {
  const blocks: Block[] = [];
  for (const container of containers) {
    const numbers = offsets.get(container);
    const anchor = numbers?.offset ?? numbers?.length ?? 0;
    const text = textNear(structure, container, anchor);
    if (text < 0) continue;
    const matches = found.get(text) ?? [];
    const { length } = structure.text(text);
    const maskedLength = matches.reduce(
      (sum, match) => sum + replacementLength(match) - (match.end - match.start),
      length,
    );
    blocks.push({
      text,
      offset: numbers?.offset === undefined ? undefined : Number(structure.text(numbers.offset)),
      length,
      maskedLength,
      matches,
    });
  }
  return blocks.sort((a, b) => a.text - b.text);
}

function textNear(structure: StructuralIndex, container: number, anchor: number): number {
  for (let distance = 1; distance <= REACH; distance++) {
    for (const leaf of [anchor - distance, anchor + distance]) {
      if (
        structure.parent(leaf) === container &&
        leaf < structure.leafCount &&
        structure.kind(leaf) === STRING &&
        TEXT_KEY.test(structure.key(leaf))
      )
        return leaf;
    }
  }
  return -1;
}

/** Whether the offsets count characters of texts that follow one another; times and byte counts do not fit. */
function runOn(blocks: readonly Block[]): boolean {
  if (blocks.some((block) => block.offset === undefined) || blocks[0]?.offset !== 0) return false;
  for (let i = 1; i < blocks.length; i++) {
    const gap = (blocks[i]?.offset ?? 0) - (blocks[i - 1]?.offset ?? 0) - (blocks[i - 1]?.length ?? 0);
    if (gap < 0 || gap > 2) return false;
  }
  return true;
}

/** Where a character of the original texts stands in the masked ones; inside a match, where its replacement begins. */
function moved(offset: number, blocks: readonly Block[], replacementLength: (match: Match) => number): number {
  let delta = 0;
  for (const block of blocks) {
    const start = block.offset ?? 0;
    if (offset < start) break;
    if (offset >= start + block.length) {
      delta += block.maskedLength - block.length;
      continue;
    }
    for (const match of block.matches) {
      if (match.start >= offset - start) break;
      if (match.end > offset - start) return start + match.start + delta;
      delta += replacementLength(match) - (match.end - match.start);
    }
    break;
  }
  return offset + delta;
}
