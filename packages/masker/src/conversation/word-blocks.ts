/**
 * Lists with an object for each word, as a transcript at word level has them: `{"channelName": "CLIENT", "text": "four"}`,
 * and the next one holds "one". What a speaker says in one go is read as one turn, whatever the list is called.
 */
import { type JoinedText, RegroupedIndex } from '../json/regrouped-index.ts';
import { STRING, type StructuralIndex } from '../json/structural-index.ts';
import type { Match } from '../model/match.ts';
import type { Scanner } from '../prefilter/scanner/scanner.ts';
import { type Findings, NONE_FOUND } from './search.ts';
import { ALTERNATIVE_KEYS, Turns } from './turns.ts';
import { partsOf, WORD_LIST_KEYS } from './word-lists.ts';

/** Members that hold one word each. A `value` is left out: what it is, the name beside it says. */
const WORD_KEYS = new Set(
  'text word content token punctuatedWord punctuated_word displayText display_text transcript utterance body'.split(
    ' ',
  ),
);
/** Fewer are no conversation word by word, but a few short messages. */
const FEWEST_WORDS = 4;
/** Of the texts of such a list, one in so many may be more than a word: "$ 20", "New York". */
const PHRASES = 8;
const BLANK_INSIDE = /\S\s+\S/;

/** The texts under one name in one list. */
interface Column {
  readonly leaves: number[];
  phrases: number;
}

/**
 * The document with its word-level lists read as turns; undefined when it has none, as nearly always.
 *
 * @example of `[{"text":"my"},{"text":"pin"},{"text":"is"},{"text":"4471"}]` -> one turn, "my pin is 4471"
 */
export function joinWordBlocks(structure: StructuralIndex, scanner: Scanner): RegroupedIndex | undefined {
  // Where no word alone is worth a look there is no value, either: that spares nearly every document the search.
  if (!structure.suspects.some((leaf) => isWordOfList(structure, leaf) && !BLANK_INSIDE.test(structure.text(leaf))))
    return undefined;
  const columns = columnsOf(structure).filter(isWordLevel);
  if (columns.length === 0) return undefined;
  const turns = new Turns(structure);
  const texts = columns.flatMap(({ leaves }) => joinBySpeaker(structure, turns, leaves, scanner));
  return new RegroupedIndex(structure, texts);
}

/**
 * What was found in the regrouped document, by the leaves of the document itself: each word that a match covers is masked.
 *
 * @example of a PIN in "my pin is 4471", read from four words -> a PIN in the fourth
 */
export function toWords(regrouped: RegroupedIndex, found: Findings): Findings {
  const findings: Findings = new Map();
  for (const [leaf, matches] of found) {
    const origin = regrouped.origin(leaf);
    if (typeof origin === 'number') findings.set(origin, matches);
    else addParts(findings, origin, matches);
  }
  return findings;
}

function addParts(findings: Findings, { leaves, starts, text }: JoinedText, matches: readonly Match[]): void {
  const ends = leaves.map((_, i) => (starts[i + 1] ?? text.length + 1) - 1);
  const parts = partsOf(matches, starts, ends);
  for (const [i, leaf] of leaves.entries()) {
    const here = parts[i] ?? NONE_FOUND;
    if (here.length > 0) findings.set(leaf, [...here]);
  }
}

function isWordOfList(structure: StructuralIndex, leaf: number): boolean {
  if (structure.kind(leaf) !== STRING || structure.index(leaf) >= 0) return false;
  const parent = structure.parent(leaf);
  return structure.containerIndex(parent) >= 0 && WORD_KEYS.has(structure.key(leaf));
}

function columnsOf(structure: StructuralIndex): Column[] {
  const columns = new Map<number, Map<string, Column>>();
  for (let leaf = 0; leaf < structure.leafCount; leaf++) {
    if (!isWordOfList(structure, leaf)) continue;
    const list = structure.containerParent(structure.parent(leaf));
    const name = structure.containerKey(list);
    // Those are read with the text beside them; of several readings each stands for itself.
    if (WORD_LIST_KEYS.has(name) || ALTERNATIVE_KEYS.test(name)) continue;
    const byKey = columns.get(list) ?? new Map<string, Column>();
    const column = byKey.get(structure.key(leaf)) ?? { leaves: [], phrases: 0 };
    column.leaves.push(leaf);
    if (BLANK_INSIDE.test(structure.text(leaf))) column.phrases++;
    columns.set(list, byKey.set(structure.key(leaf), column));
  }
  return [...columns.values()].flatMap((byKey) => [...byKey.values()]);
}

function isWordLevel({ leaves, phrases }: Column): boolean {
  return leaves.length >= FEWEST_WORDS && phrases * PHRASES <= leaves.length;
}

function joinBySpeaker(
  structure: StructuralIndex,
  turns: Turns,
  leaves: readonly number[],
  scanner: Scanner,
): JoinedText[] {
  const groups: number[][] = [];
  let before: string | undefined;
  for (const leaf of leaves) {
    const speaker = turns.speaker(leaf);
    const group = groups.at(-1);
    if (group !== undefined && speaker === before) group.push(leaf);
    else groups.push([leaf]);
    before = speaker;
  }
  return groups.map((group) => joined(structure, group, scanner));
}

function joined(structure: StructuralIndex, leaves: readonly number[], scanner: Scanner): JoinedText {
  const words = leaves.map((leaf) => structure.text(leaf));
  const starts: number[] = [];
  let offset = 0;
  for (const word of words) {
    starts.push(offset);
    offset += word.length + 1;
  }
  const text = words.join(' ');
  return { leaves, starts, text, flags: scanner.lookAt(text) };
}
