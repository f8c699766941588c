/** What a record knows of its people: names in its members and texts, masked wherever they occur in it. */
import { holdsPeople, namesNoPeople, senseOfMember } from '../json/personal-members.ts';
import { LETTERS, MASK, type Word } from '../lexicon/words.ts';
import type { Reason } from '../model/match.ts';
import { answeredName, asksForName, spelledNames } from '../people/answers.ts';
import { cueAt } from '../people/cues.ts';
import { isOthers } from '../people/extent.ts';
import { findPeople } from '../people/find-people.ts';
import { isFirst, isOrdinary, isPlace, isStrong, isTitle, mayBeName } from '../people/person-words.ts';
import type { Name } from '../people/signature.ts';
import { matchesOf, spellingOf } from './entity-matches.ts';
import { isAgents, KeptNames } from './kept-names.ts';
import { isWholeName } from './name-members.ts';
import type { RecordTexts } from './record-texts.ts';

/** Turns in which the answer to a question for a name may come. */
const ANSWER_REACH = 4;
/** Names that are remembered of one record. */
const MOST_KNOWN = 256;
/** Letters of a part of a name that is looked for by itself. */
const SHORTEST_PART = 2;

/** Masks the names of people in a document. */
export function maskNames(texts: RecordTexts): void {
  new RecordNames(texts).run();
}

class RecordNames {
  private readonly texts: RecordTexts;
  /** Parts of names, and the whole name each stands for. */
  private readonly known = new Map<string, string>();
  private readonly kept: KeptNames;
  /** Members that hold a name and nothing else. */
  private readonly whole = new Set<number>();

  constructor(texts: RecordTexts) {
    this.texts = texts;
    this.kept = new KeptNames(texts.search);
  }

  run(): void {
    const { members, naming, asking } = this.texts;
    for (const leaf of members) this.member(leaf);
    // An answer is known as a whole; a text by itself may show a part of it only.
    for (const leaf of asking) if (!this.whole.has(leaf)) this.answers(leaf);
    for (const leaf of naming) if (!this.whole.has(leaf) && !namesNoPeople(this.keyOf(leaf))) this.text(leaf);
    if (this.known.size === 0) return;
    for (const leaf of this.mentions()) if (!this.whole.has(leaf)) this.repeated(leaf);
  }

  private keyOf(leaf: number): string {
    return this.texts.search.structure.key(leaf);
  }

  /** A member that holds a name as a whole is masked as one. */
  private member(leaf: number): void {
    const { structure } = this.texts.search;
    const key = structure.key(leaf);
    const container = structure.containerKey(structure.parent(leaf));
    const own = senseOfMember(key);
    if (own === undefined) return;
    const sense = own === 'who' && key === 'name' && holdsPeople(container) ? 'named' : own;
    const words = this.texts.wordsOf(leaf);
    if (!isWholeName(words, sense)) return;
    this.whole.add(leaf);
    const letters = words.flatMap((word, index) => (word.kind === LETTERS ? [index] : []));
    const name = { first: letters[0] ?? 0, last: letters.at(-1) ?? 0, sure: true };
    if (this.kept.isOn && (isAgents(key) || isAgents(container) || this.kept.isAgentsTurn(leaf)))
      this.kept.keep(words, name);
    else this.record(leaf, words, [name], { rule: 'name' });
  }

  private text(leaf: number): void {
    const words = this.texts.wordsOf(leaf);
    const names = findPeople(words);
    this.record(leaf, words, names, { rule: 'words' });
    this.record(leaf, words, spelledNames(words, names, false), { rule: 'sequence' });
  }

  /** Names in the turns that answer a question of this one. */
  private answers(leaf: number): void {
    const { structure, turns } = this.texts.search;
    if (!asksForName(structure.text(leaf))) return;
    const asker = turns.speaker(leaf);
    let isAnswered = false;
    let next = turns.neighbour(leaf, 1);
    for (let looked = 0; next >= 0 && looked < ANSWER_REACH; looked++, next = turns.neighbour(next, 1)) {
      if (asker !== '' && turns.speaker(next) === asker) {
        if (looked > 0 && asksForName(structure.text(next))) return;
        continue;
      }
      const words = this.texts.wordsOf(next);
      const name: Name | undefined = isAnswered ? undefined : answeredName(words);
      const names = name === undefined ? [] : [name];
      isAnswered ||= name !== undefined || hasPerson(words);
      this.record(next, words, names, { rule: 'answer' });
      if (name !== undefined) this.record(next, words, findPeople(words, true), { rule: 'answer' });
      this.record(next, words, spelledNames(words, names, true), { rule: 'answer' });
    }
  }

  /** The leaves in which a known name may stand: those that the prefilter chose, and those with a name that it cannot know. */
  private mentions(): Iterable<number> {
    const { naming, search } = this.texts;
    const leaves = new Set(naming);
    const hidden = [...this.known.keys()].filter((part) => part.length > SHORTEST_PART);
    for (const leaf of search.structure.leavesWith(hidden)) if (this.texts.mayHold(leaf)) leaves.add(leaf);
    return leaves;
  }

  /** Names of the record in a text in which nothing else announces them. */
  private repeated(leaf: number): void {
    const words = this.texts.wordsOf(leaf);
    const names: Name[] = [];
    for (let at = 0; at < words.length; at++) {
      if (!this.isKnown(words, at)) continue;
      let last = at;
      while (words[last]?.owner !== true && mayBeName(words[last + 1]) && this.known.has(words[last + 1]?.text ?? ''))
        last++;
      const first = withInitial(words, at);
      if (!isOthers(words, at, last) && !isCompanyOf(words, at, last)) names.push({ first, last, sure: false });
      at = last;
    }
    this.record(leaf, words, names, { rule: 'repetition' });
  }

  private isKnown(words: readonly Word[], at: number): boolean {
    const word = words[at] as Word;
    if (word.kind !== LETTERS || !this.known.has(word.text) || !mayBeName(word)) return false;
    if (isStrong(word) || !(isOrdinary(word) || isPlace(word))) return true;
    if (word.capital && !word.opens && !isPlace(word)) return true;
    const next = words[at + 1];
    if (next !== undefined && this.known.has(next.text) && !isOrdinary(next)) return true;
    const before = words[at - 1];
    if (before === undefined) return false;
    return (
      isTitle(before) ||
      (isFirst(word) && !isPlace(word) && cueAt(words, at - 1) === 'greeted') ||
      (this.known.has(before.text) && !isOrdinary(before)) ||
      cueAt(words, at - 1) === 'introduced'
    );
  }

  private record(leaf: number, words: readonly Word[], names: readonly Name[], reason: Reason): void {
    if (names.length === 0) return;
    const { search } = this.texts;
    if (this.kept.isOn && this.kept.isAgentsTurn(leaf))
      for (const name of names) if (this.kept.isOwnName(words, name)) this.kept.keep(words, name);
    const wanted = names.filter((name) => !this.kept.isKept(words, name));
    for (const name of wanted) if (name.sure) this.learn(words, name);
    const matches = matchesOf(
      search.structure.text(leaf),
      words,
      wanted,
      'PERSON',
      search.found(leaf),
      reason,
      (span) => {
        const spelling = spellingOf(words, span);
        return this.known.get(spelling) ?? spelling;
      },
    );
    search.record(leaf, matches);
  }

  private learn(words: readonly Word[], name: Name): void {
    const whole = spellingOf(words, name);
    for (let at = name.first; at <= name.last && this.known.size < MOST_KNOWN; at++) {
      const part = words[at] as Word;
      if (part.kind !== LETTERS || part.text.length < SHORTEST_PART || !mayBeName(part)) continue;
      if ((this.known.get(part.text) ?? '').length < whole.length) this.known.set(part.text, whole);
    }
  }
}

/** "G Lovelace", "G. Lovelace": where a known surname begins, its initial counted. */
function withInitial(words: readonly Word[], at: number): number {
  const first = words[at - 1]?.text === '.' && words[at - 1]?.glued ? at - 2 : at - 1;
  const initial = words[first];
  return initial?.kind === LETTERS &&
    initial.text.length === 1 &&
    initial.capital &&
    initial.text !== 'i' &&
    words[at]?.capital
    ? first
    : at;
}

/** "Knapp Industrial Supply": a known surname before ordinary words that have capitals, too. */
function isCompanyOf(words: readonly Word[], first: number, last: number): boolean {
  const [next, second] = [words[last + 1], words[last + 2]];
  const isOfName = (word: Word | undefined): boolean =>
    word?.kind === LETTERS && word.capital && !word.opens && isOrdinary(word);
  return first === last && isOfName(next) && isOfName(second);
}

/** Whether there is a name in a turn, or the mask of one. */
function hasPerson(words: readonly Word[]): boolean {
  return words.some(({ kind, text }) => kind === MASK && text.startsWith('[person')) || findPeople(words).length > 0;
}
