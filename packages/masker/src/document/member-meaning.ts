/** What the names around a value say of it: its own, that of the pair it belongs to, that of the object around it. */

import { phrasesOf, requestsIn } from '../conversation/requests.ts';
import { isPairName, LONGEST_NAME, type NameMeaning } from '../json/name-meaning.ts';
import { isSentence } from '../json/sentence.ts';
import { STRING, type StructuralIndex } from '../json/structural-index.ts';
import type { ListNames } from './list-names.ts';

/** Objects between a telling name and its value. */
const MAX_WRAPPERS = 3;

/**
 * What the name of a leaf, or the name beside it, says about it.
 *
 * @example of the leaf "731" in `{"name":"cvv","value":"731"}` -> kinds ['CVV']
 */
export function meaningOf(structure: StructuralIndex, leaf: number, lists: ListNames): Omit<NameMeaning, 'pairValue'> {
  const parent = structure.parent(leaf);
  const key = structure.key(leaf) || lists.nameOf(parent);
  const own = structure.meanings.of(key);
  if (!own.pairValue) return own;
  const name = pairName(structure, leaf);
  if (name !== undefined) {
    const named = meaningOfName(structure, name);
    if (named.stays || named.kinds.length > 0) return named;
  }
  let container = parent;
  // `ssn: {value: {interpretedValue: …}}`
  for (
    let steps = 0;
    steps < MAX_WRAPPERS && structure.meanings.of(structure.containerKey(container)).pairValue;
    steps++
  )
    container = structure.containerParent(container);
  const above = structure.meanings.of(structure.containerKey(container));
  return above.kinds.length > 0 && own.kinds.every((kind) => kind === 'NUMBER') ? above : own;
}

/** What a name says, or a question: "Please enter your PIN", "What is your date of birth and the order you call about?" */
function meaningOfName(structure: StructuralIndex, name: string): Omit<NameMeaning, 'pairValue'> {
  if (isSentence(name)) {
    const asked = requestsIn(phrasesOf(name)).filter((kind) => kind !== 'TOPIC');
    if (asked.length > 0) return asked[0] === 'EXCLUSION' ? { stays: true, kinds: [] } : { stays: false, kinds: asked };
  }
  return name.length > LONGEST_NAME ? { stays: false, kinds: [] } : structure.meanings.of(name);
}

/** The name beside a value: `{"name": "orderNumber", "value": …}`; of several the nearest that says something. */
function pairName(structure: StructuralIndex, leaf: number): string | undefined {
  const says = (other: number): boolean => {
    const { stays, kinds } = meaningOfName(structure, structure.text(other));
    return stays || kinds.length > 0;
  };
  const other = siblingOf(structure, leaf, isPairName, says);
  return other < 0 ? undefined : structure.text(other);
}

/** Strings, and leaves at all, that are looked at on either side. */
const SIBLING_STRINGS = 6;
const SIBLING_LEAVES = 60;

/**
 * The nearest string of the same object under a key that fits, those before it first; -1 for none.
 *
 * @param says whether a string is the one that is wanted
 * @example of the leaf "731" in `{"name":"cvv","value":"731"}`, isPairName -> the leaf "cvv"
 */
export function siblingOf(
  structure: StructuralIndex,
  leaf: number,
  fits: (key: string) => boolean,
  says: (leaf: number) => boolean = () => true,
): number {
  const parent = structure.parent(leaf);
  for (const step of [-1, 1]) {
    const stop = Math.min(structure.leafCount, Math.max(-1, leaf + step * SIBLING_LEAVES));
    // Of numbers a scanned document has the telling ones only, so they do not count.
    for (let other = leaf + step, strings = 0; other !== stop && strings < SIBLING_STRINGS; other += step) {
      if (structure.kind(other) !== STRING) continue;
      strings++;
      if (structure.parent(other) === parent && fits(structure.key(other)) && says(other)) return other;
    }
  }
  return -1;
}
