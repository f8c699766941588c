/**
 * Finds the personal data of a whole document: every suspicious leaf with what its key and the turns around it say,
 * numbers split over turns and words, read-backs, documents inside strings.
 */

import { joinTurns } from '../conversation/joined-turns.ts';
import { ReadBacks } from '../conversation/read-backs.ts';
import { maskRenewedPasswords } from '../conversation/renewed-passwords.ts';
import { type Findings, Search } from '../conversation/search.ts';
import { maskBirthdayParts } from '../conversation/split-dates.ts';
import { joinSplitEmail, maskAnswer, maskAnsweredPassword } from '../conversation/split-values.ts';
import { listOf, WordLists, wordListOf } from '../conversation/word-lists.ts';
import { detect, detectIn } from '../detect/detect.ts';
import { isPairName, isSecret, LONGEST_NAME } from '../json/name-meaning.ts';
import { type NamedPart, namedParts } from '../json/named-parts.ts';
import { isSentence } from '../json/sentence.ts';
import { KEY, NUMBER, STRING, type StructuralIndex } from '../json/structural-index.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import type { Match } from '../model/match.ts';
import type { MaskSettings, MaskTools } from '../model/options.ts';
import { outside } from '../model/outside.ts';
import { inOrder } from '../model/span-set.ts';
import { DEPENDS, LONG_DIGITS, MATTERS, SUSPICIOUS } from '../prefilter/prefilter.ts';
import { maskAddresses } from '../records/record-addresses.ts';
import { maskNames } from '../records/record-names.ts';
import { RecordTexts } from '../records/record-texts.ts';
import { TYPES } from '../types/registry.ts';
import { ListNames } from './list-names.ts';
import { meaningOf, siblingOf } from './member-meaning.ts';
import { carriers, digitsOf, keyed } from './member-values.ts';
import { mayBeNested } from './nested-text.ts';

/** Finds what is inside a string that is itself a JSON document; undefined when it is none. */
export type NestedSearch = (json: string) => Match[] | undefined;

/**
 * What was found in a document, by leaf.
 *
 * @param nested looks into a document inside a string
 * @param entities what a detector of names and addresses has found, by text
 * @param lexicon of names and addresses, where those are wanted
 * @example of `{"text":"mail ann@example.com"}` -> leaf 0: one EMAIL_ADDRESS
 */
export function analyse(
  structure: StructuralIndex,
  settings: MaskSettings,
  nested?: NestedSearch,
  entities?: MaskTools['entities'],
  lexicon?: Lexicon,
): Findings {
  const analysis = new Analysis(new Search(structure, settings), nested);
  analysis.run(entities, lexicon);
  return analysis.search.findings;
}

class Analysis {
  readonly search: Search;
  private readonly nested: NestedSearch | undefined;
  private readonly readBacks: ReadBacks;
  /** Leaves that were read together with others; absent as long as there are none. */
  private joined: Set<number> | undefined;
  private readonly lists: ListNames;
  private lastList = -1;
  private isWordList = false;

  constructor(search: Search, nested: NestedSearch | undefined) {
    this.search = search;
    this.nested = nested;
    this.readBacks = new ReadBacks(search);
    this.lists = new ListNames(search.structure);
  }

  run(entities: MaskTools['entities'], lexicon: Lexicon | undefined): void {
    const { search } = this;
    const { structure, settings } = search;
    const wordLeaves: number[] = [];
    for (const leaf of structure.suspects) {
      settings.checkpoint();
      const kind = structure.kind(leaf);
      if (kind === KEY) search.record(leaf, detect(structure.text(leaf), settings));
      else if (kind === NUMBER) this.number(leaf);
      else if ((structure.flags(leaf) & SUSPICIOUS) === 0) this.unsuspected(leaf);
      else if (this.isWord(leaf)) wordLeaves.push(leaf);
      else this.string(leaf);
    }
    // Before names are looked for: what is an e-mail address in a list of words is no name with something behind it.
    if (wordLeaves.length > 0 || search.findings.size > 0) new WordLists(search).apply(wordLeaves);
    if (lexicon !== undefined) {
      const texts = new RecordTexts(search, lexicon);
      if (settings.types.has('STREET_ADDRESS')) maskAddresses(texts);
      if (settings.types.has('PERSON')) maskNames(texts);
    }
    if (entities !== undefined && entities.size > 0) this.addEntities(entities);
    const addsNames = lexicon !== undefined || (entities !== undefined && entities.size > 0);
    if (addsNames && search.findings.size > 0) new WordLists(search).apply(wordLeaves);
  }

  /** A text that is read for names and addresses only; a document of its own is searched for those. */
  private unsuspected(leaf: number): void {
    const text = this.search.structure.text(leaf);
    const inner = this.nested !== undefined && mayBeNested(text) ? this.nested(text) : undefined;
    if (inner !== undefined) this.search.record(leaf, inner);
  }

  /** Whether a leaf is one of a list of single words; leaves of one list follow each other. */
  private isWord(leaf: number): boolean {
    const list = listOf(this.search.structure, leaf);
    if (list !== this.lastList) {
      this.lastList = list;
      this.isWordList = wordListOf(this.search.structure, leaf) >= 0;
    }
    return this.isWordList;
  }

  /** Adds what an entity detector found: all of it but what was found before. */
  private addEntities(entities: NonNullable<MaskTools['entities']>): void {
    const { search } = this;
    const { structure, settings } = search;
    for (let leaf = 0; leaf < structure.leafCount; leaf++) {
      if (structure.kind(leaf) !== STRING) continue;
      const text = structure.text(leaf);
      for (const span of entities.get(text) ?? []) {
        if (!settings.types.has(span.type)) continue;
        for (const { start, end } of outside(span, search.found(leaf))) {
          const part = text.slice(start, end);
          const value = part.trim();
          if (!/[\p{L}\p{N}]/u.test(value)) continue;
          const from = start + part.indexOf(value);
          search.record(leaf, [
            {
              type: span.type,
              start: from,
              end: from + value.length,
              canonical: value.toLowerCase(),
              reason: { rule: 'detector' },
            },
          ]);
        }
      }
    }
  }

  private number(leaf: number): void {
    const { structure, settings } = this.search;
    const meaning = meaningOf(structure, leaf, this.lists);
    if (meaning.stays || meaning.kinds.length === 0) return;
    const text = structure.text(leaf);
    const digits = digitsOf(text);
    if (digits === undefined) return;
    const match = keyed(digits, meaning.kinds, settings).find(({ start, end }) => start === 0 && end === digits.length);
    if (match !== undefined) this.search.record(leaf, [{ ...match, end: text.length }]);
  }

  private string(leaf: number): void {
    const { search } = this;
    const { structure, settings, turns } = search;
    const flags = structure.flags(leaf);
    const meaning = meaningOf(structure, leaf, this.lists);
    const isNeutral = !meaning.stays && meaning.kinds.length === 0;
    // The name decides about a value, never about a sentence.
    const isTurn = isNeutral || (meaning.stays && isSentence(structure.text(leaf)));
    if (isPairName(structure.key(leaf))) this.namedPassword(leaf);
    if (isTurn && (flags & (MATTERS | DEPENDS)) === 0 && !settings.optIn && !this.isJoined(leaf)) {
      this.readBacks.nextTurn();
      return;
    }
    const text = structure.text(leaf);
    if (this.nested !== undefined && mayBeNested(text)) {
      const inner = this.nested(text);
      if (inner !== undefined) {
        search.record(leaf, inner);
        return;
      }
    }
    if (meaning.stays && !isTurn) search.record(leaf, carriers(text, settings));
    else if (!isTurn) search.record(leaf, keyed(text, meaning.kinds, settings));
    else {
      this.readBacks.nextTurn();
      if (!this.isWorthwhile(leaf, text, flags)) return;
      const utterance = turns.utterance(leaf);
      const question = turns.openQuestion(leaf);
      if (!this.isJoined(leaf) && !this.isPairValue(leaf)) this.join(leaf);
      const parts = MAY_NAME.test(text) ? namedParts(text, structure.meanings) : [];
      search.record(leaf, apart(parts.flatMap((part) => this.namedPart(text, part))));
      const matches = detectIn(utterance, settings, question);
      search.record(leaf, parts.length === 0 ? matches : withoutKept(matches, parts, text));
      this.readBacks.mask(leaf);
      for (const match of search.found(leaf)) this.readBacks.remember(match);
      joinSplitEmail(search, leaf);
      maskAnsweredPassword(search, leaf);
      maskRenewedPasswords(search, leaf);
      maskBirthdayParts(search, leaf);
    }
  }

  /** What the name of an element or a parameter makes of its value. */
  private namedPart(text: string, { start, end, kinds, stays }: NamedPart): Match[] {
    if (stays || kinds.length === 0) return [];
    return keyed(text.slice(start, end), kinds, this.search.settings).map((match) => ({
      ...match,
      start: match.start + start,
      end: match.end + start,
    }));
  }

  /** `{"name": "password", "value": "crickets"}`, `{"question": "Password?", "answer": "crickets"}` */
  private namedPassword(leaf: number): void {
    const { search } = this;
    const { structure, settings } = search;
    const name = structure.text(leaf);
    if (name.length > LONGEST_NAME || !settings.types.has('PASSWORD') || !isSecret(structure.meanings.of(name))) return;
    const value = siblingOf(structure, leaf, (key) => structure.meanings.of(key).pairValue);
    if (value < 0) return;
    if (structure.key(leaf) === 'question') maskAnswer(search, value);
    else search.record(value, keyed(structure.text(value), ['PASSWORD'], settings));
  }

  private join(leaf: number): void {
    const joined = joinTurns(this.search, leaf);
    if (joined === undefined) return;
    this.joined ??= new Set();
    for (const other of joined.leaves) this.joined.add(other);
    for (const match of joined.matches) this.readBacks.remember(match);
  }

  /** Whether a text is the value of a pair: what the pair beside it holds is another matter. */
  private isPairValue(leaf: number): boolean {
    const { structure } = this.search;
    return structure.meanings.of(structure.key(leaf)).pairValue && siblingOf(structure, leaf, isPairName) >= 0;
  }

  private isJoined(leaf: number): boolean {
    return this.joined?.has(leaf) === true;
  }

  /** Whether a text can hold anything, given what is around it: most numbers of a conversation are dismissed here. */
  private isWorthwhile(leaf: number, text: string, flags: number): boolean {
    const { turns, settings } = this.search;
    if ((flags & MATTERS) !== 0 || settings.optIn || this.isJoined(leaf)) return true;
    if ((flags & DEPENDS) === 0) return false;
    return (
      this.readBacks.mayRepeat(text) || turns.wasAsked(leaf, (flags & LONG_DIGITS) !== 0) || turns.goesOn(leaf, text)
    );
  }
}

/** An element, or a parameter. */
const MAY_NAME = /<[A-Za-z]|[A-Za-z]=/;

/** Matches in order, without those that overlap an earlier one. */
function apart(matches: readonly Match[]): Match[] {
  let end = 0;
  return inOrder([...matches]).filter((match) => {
    if (match.start < end) return false;
    end = match.end;
    return true;
  });
}

/** The matches but those that are the value of a name that stays, as `<orderId>` does. */
function withoutKept(matches: readonly Match[], parts: readonly NamedPart[], text: string): Match[] {
  const kept = inOrder(parts.filter(({ stays, start, end }) => stays && !isSentence(text.slice(start, end))));
  let next = 0;
  return matches.filter((match) => {
    while (next < kept.length && (kept[next]?.end ?? 0) < match.end) next++;
    if ((kept[next]?.start ?? text.length) > match.start) return true;
    const { underAnyName } = TYPES[match.type];
    return underAnyName !== 'never' && underAnyName(text, match);
  });
}
