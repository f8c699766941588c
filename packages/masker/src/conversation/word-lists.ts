/** Lists of single words beside a text: what was found in the text is applied to them, or they are read as one. */
import { detect } from '../detect/detect.ts';
import { STRING, type StructuralIndex } from '../json/structural-index.ts';
import type { Match } from '../model/match.ts';
import type { TermKind } from '../model/type-table.ts';
import { takeApart } from '../numbers/utterance.ts';
import type { Search } from './search.ts';

/** Members that hold a turn word by word. */
export const WORD_LIST_KEYS: ReadonlySet<string> = new Set([
  'words',
  'tokens',
  'wordTimings',
  'wordList',
  'word_timings',
  'pronunciations',
]);
const WORD_KEY = /^(?:text|word|value|content|token|punctuatedWord|punctuated_word|w|displayText|t)$/;
const TEXT_KEY = /^(?:text|transcript|displayText|utterance|content|message|body|display|t)$/;
/** Leaves searched for the text beside a list that comes after it. */
const TEXT_REACH = 4000;
/** Words of the list before that may hold the question. */
const QUESTION_WORDS = 40;

/**
 * The array of single words a leaf belongs to, or -1.
 *
 * @example of the leaf "four" in `{"words":[{"text":"four"},{"text":"one"}]}` -> the container of `words`
 */
export function wordListOf(structure: StructuralIndex, leaf: number): number {
  const list = listOf(structure, leaf);
  return list > 0 && WORD_LIST_KEYS.has(structure.containerKey(list)) ? list : -1;
}

/**
 * The container that would be the list of words if the leaf were one of them; 0 for none.
 *
 * @example of the leaf "four" in `{"pieces":[{"text":"four"}]}` -> the container of `pieces`
 */
export function listOf(structure: StructuralIndex, leaf: number): number {
  const parent = structure.parent(leaf);
  if (parent === 0 || structure.index(leaf) >= 0) return parent;
  return structure.containerParent(parent);
}

/** Masks the word lists of a document once its texts are done. */
export class WordLists {
  private readonly done = new Set<number>();
  private readonly search: Search;

  constructor(search: Search) {
    this.search = search;
  }

  /** Lists that hold a suspicious word, then lists beside a text in which something was found. */
  apply(suspiciousWords: readonly number[]): void {
    for (const leaf of suspiciousWords) this.list(wordListOf(this.search.structure, leaf), leaf);
    for (const leaf of [...this.search.findings.keys()]) {
      const parent = this.search.structure.parent(leaf);
      for (const step of [1, -1]) {
        for (
          let other = leaf + step, looked = 0;
          other >= 0 && other < this.search.structure.leafCount && looked < 8;
          other += step, looked++
        ) {
          const list = listOf(this.search.structure, other);
          // Most leaves beside a text are elsewhere: that is told without a look at names.
          if (this.search.structure.containerParent(list) !== parent || wordListOf(this.search.structure, other) < 0)
            continue;
          this.list(list, other);
          break;
        }
      }
    }
  }

  private list(list: number, anchor: number): void {
    if (this.done.has(list)) return;
    this.done.add(list);
    const leaves = this.leavesOf(list, anchor);
    const first = leaves[0];
    if (first === undefined) return;
    const texts = leaves.map((leaf) => this.search.structure.text(leaf));
    const segment = this.textBeside(list, first);
    const places = segment < 0 ? undefined : align(this.search.structure.text(segment), texts);
    if (places !== undefined) {
      this.project(leaves, texts, places, this.search.found(segment));
      return;
    }
    const question = segment < 0 ? this.question(list, first) : this.search.turns.openQuestion(segment);
    const starts: number[] = [];
    let offset = 0;
    for (const text of texts) {
      starts.push(offset);
      offset += text.length + 1;
    }
    this.project(leaves, texts, starts, detect(texts.join(' '), this.search.settings, question));
  }

  private project(
    leaves: readonly number[],
    texts: readonly string[],
    places: readonly number[],
    matches: readonly Match[],
  ): void {
    const ends = places.map((from, index) => from + (texts[index]?.length ?? 0));
    const parts = partsOf(matches, places, ends);
    for (const [index, leaf] of leaves.entries()) this.search.record(leaf, parts[index] ?? []);
  }

  private leavesOf(list: number, anchor: number): number[] {
    const { structure } = this.search;
    let first = anchor;
    while (first > 0 && wordListOf(structure, first - 1) === list) first--;
    const leaves: number[] = [];
    for (let leaf = first; leaf < structure.leafCount && wordListOf(structure, leaf) === list; leaf++)
      if (this.isWord(leaf)) leaves.push(leaf);
    return leaves;
  }

  private isWord(leaf: number): boolean {
    const { structure } = this.search;
    return structure.kind(leaf) === STRING && (structure.index(leaf) >= 0 || WORD_KEY.test(structure.key(leaf)));
  }

  /** The text leaf that stands in the same object as the list, or -1. */
  private textBeside(list: number, firstWord: number): number {
    const { structure } = this.search;
    const owner = structure.containerParent(list);
    const isText = (leaf: number): boolean =>
      structure.kind(leaf) === STRING && structure.parent(leaf) === owner && TEXT_KEY.test(structure.key(leaf));
    for (let leaf = firstWord - 1; leaf >= 0 && firstWord - leaf < 12; leaf--) if (isText(leaf)) return leaf;
    for (let leaf = firstWord; leaf < structure.leafCount && leaf - firstWord < TEXT_REACH; leaf++) {
      if (structure.parent(leaf) < owner) break;
      if (isText(leaf)) return leaf;
    }
    return -1;
  }

  /** What the list before asks for, where segments carry words only. */
  private question(list: number, first: number): readonly TermKind[] {
    const { structure } = this.search;
    const words: string[] = [];
    for (
      let leaf = first - 1;
      leaf >= 0 && words.length < QUESTION_WORDS && first - leaf < 10 * QUESTION_WORDS;
      leaf--
    ) {
      const other = wordListOf(structure, leaf);
      if (other >= 0 && other !== list && this.isWord(leaf)) words.unshift(structure.text(leaf));
    }
    if (words.length === 0) return [];
    const { terms } = takeApart(words.join(' '));
    return terms
      .map((term) => term.kind)
      .filter((kind) => kind !== 'UNIT')
      .reverse();
  }
}

/**
 * The parts of matches on a text that each of its words holds, as matches on the word.
 *
 * @param starts where the words begin in the text, in order like the matches
 * @param ends where they end
 * @example of a PHONE_NUMBER from 3 to 15, words at 0 to 2, 3 to 8 and 9 to 15 -> none, one from 0 to 5, one from 0 to 6
 */
export function partsOf(matches: readonly Match[], starts: readonly number[], ends: readonly number[]): Match[][] {
  let next = 0;
  return starts.map((from, index) => {
    const to = ends[index] ?? from;
    while (next < matches.length && (matches[next]?.end ?? 0) <= from) next++;
    const here: Match[] = [];
    for (let i = next; (matches[i]?.start ?? to) < to; i++) {
      const match = matches[i] as Match;
      here.push({ ...match, start: Math.max(0, match.start - from), end: Math.min(to, match.end) - from });
    }
    return here;
  });
}

/** Where each word stands in the text; undefined when text and words do not go together. */
function align(text: string, words: readonly string[]): number[] | undefined {
  const lower = text.toLowerCase();
  const places: number[] = [];
  let from = 0;
  for (const word of words) {
    const at = word === '' ? from : lower.indexOf(word.toLowerCase(), from);
    // A word far ahead belongs to another place: the word itself is missing from the text.
    if (at < 0 || at - from > 24) return undefined;
    places.push(at);
    from = at + word.length;
  }
  return places;
}
