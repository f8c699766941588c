/**
 * Finds the personal data of a whole document: every suspicious leaf with what its key and the turns around it say,
 * numbers split over turns and words, read-backs, documents inside strings.
 */
import { detect, detectIn, type Match } from './detect.ts';
import { DEPENDS, LONG_DIGITS, MATTERS } from './gates.ts';
import { joinTurns } from './joined-turns.ts';
import { isPairName, type KeyMeaning, keyMeaning } from './keys.ts';
import type { MaskSettings, MaskTools } from './options.ts';
import { KEY, NUMBER, type Outline, STRING } from './outline.ts';
import { ReadBacks } from './read-backs.ts';
import { type Findings, Search } from './search.ts';
import { joinSplitEmail, maskAnsweredPassword } from './split-values.ts';
import type { TermKind } from './vocabulary.ts';
import { listOf, WordLists, wordListOf } from './word-lists.ts';

/** Finds what is inside a string that is itself a JSON document; undefined when it is none. */
export type NestedSearch = (json: string) => Match[] | undefined;

/** The findings of a document. */
export function analyse(
  outline: Outline,
  settings: MaskSettings,
  nested?: NestedSearch,
  entities?: MaskTools['entities'],
): Findings {
  const analysis = new Analysis(new Search(outline, settings), nested);
  analysis.run();
  if (entities !== undefined && entities.size > 0) analysis.addEntities(entities);
  return analysis.search.findings;
}

class Analysis {
  readonly search: Search;
  private readonly nested: NestedSearch | undefined;
  private readonly readBacks: ReadBacks;
  /** Leaves that were read together with others; absent as long as there are none. */
  private joined: Set<number> | undefined;
  private lastList = -1;
  private isWordList = false;

  constructor(search: Search, nested: NestedSearch | undefined) {
    this.search = search;
    this.nested = nested;
    this.readBacks = new ReadBacks(search);
  }

  run(): void {
    const { search } = this;
    const { outline, settings } = search;
    const wordLeaves: number[] = [];
    for (const leaf of outline.suspects) {
      const kind = outline.kind(leaf);
      if (kind === KEY) search.record(leaf, detect(outline.text(leaf), settings));
      else if (kind === NUMBER) this.number(leaf);
      else if (this.isWord(leaf)) wordLeaves.push(leaf);
      else this.string(leaf);
    }
    if (wordLeaves.length > 0 || search.findings.size > 0) new WordLists(search).apply(wordLeaves);
  }

  /** Whether a leaf is one of a list of single words; leaves of one list follow each other. */
  private isWord(leaf: number): boolean {
    const list = listOf(this.search.outline, leaf);
    if (list !== this.lastList) {
      this.lastList = list;
      this.isWordList = wordListOf(this.search.outline, leaf) >= 0;
    }
    return this.isWordList;
  }

  /** Adds what an entity detector found, where nothing else was found before. */
  addEntities(entities: NonNullable<MaskTools['entities']>): void {
    const { search } = this;
    const { outline, settings } = search;
    for (let leaf = 0; leaf < outline.leafCount; leaf++) {
      if (outline.kind(leaf) !== STRING) continue;
      const text = outline.text(leaf);
      for (const span of entities.get(text) ?? []) {
        if (settings.types.has(span.type))
          search.record(leaf, [{ ...span, canonical: text.slice(span.start, span.end).toLowerCase() }]);
      }
    }
  }

  private number(leaf: number): void {
    const { outline, settings } = this.search;
    const meaning = meaningOf(outline, leaf);
    if (meaning.stays || meaning.kinds.length === 0) return;
    const text = outline.text(leaf);
    if (!/^\d{3,19}$/.test(text)) return;
    const match = detect(text, settings, meaning.kinds).find((found) => found.start === 0 && found.end === text.length);
    if (match !== undefined) this.search.record(leaf, [match]);
  }

  private string(leaf: number): void {
    const { search } = this;
    const { outline, settings, turns } = search;
    const flags = outline.flags(leaf);
    const meaning = meaningOf(outline, leaf);
    const isTurn = !meaning.stays && meaning.kinds.length === 0;
    if (isTurn && (flags & (MATTERS | DEPENDS)) === 0 && !settings.optIn && !this.isJoined(leaf)) {
      this.readBacks.nextTurn();
      return;
    }
    const text = outline.text(leaf);
    if (this.nested !== undefined && mayBeDocument(text)) {
      const inner = this.nested(text);
      if (inner !== undefined) {
        search.record(leaf, inner);
        return;
      }
    }
    if (meaning.stays) search.record(leaf, carriers(text, settings));
    else if (!isTurn) search.record(leaf, keyed(text, meaning.kinds, settings));
    else {
      this.readBacks.nextTurn();
      if (!this.isWorthwhile(leaf, text, flags)) return;
      const utterance = turns.utterance(leaf);
      const question = turns.openQuestion(leaf);
      if (!this.isJoined(leaf)) this.join(leaf);
      search.record(leaf, detectIn(utterance, settings, question));
      this.readBacks.mask(leaf);
      for (const match of search.found(leaf)) this.readBacks.remember(match);
      joinSplitEmail(search, leaf);
      maskAnsweredPassword(search, leaf);
    }
  }

  private join(leaf: number): void {
    const joined = joinTurns(this.search, leaf);
    if (joined === undefined) return;
    this.joined ??= new Set();
    for (const other of joined.leaves) this.joined.add(other);
    for (const match of joined.matches) this.readBacks.remember(match);
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

/** Objects between a telling name and its value. */
const MAX_WRAPPERS = 3;

/** What the name of a leaf, or the name beside it, says about it. */
function meaningOf(outline: Outline, leaf: number): KeyMeaning {
  let key = outline.key(leaf);
  const parent = outline.parent(leaf);
  // Elements of a list, and of a list in it, bear the name of the list.
  for (let list = parent; key === '' && list > 0; list = outline.containerParent(list))
    key = outline.containerKey(list);
  const own = keyMeaning(key);
  if (!own.pairValue) return own;
  const name = pairName(outline, leaf, parent);
  if (name !== undefined) {
    const named = keyMeaning(name);
    if (named.stays || named.kinds.length > 0) return named;
  }
  let container = parent;
  // `ssn: {value: {interpretedValue: …}}`
  for (let steps = 0; steps < MAX_WRAPPERS && keyMeaning(outline.containerKey(container)).pairValue; steps++)
    container = outline.containerParent(container);
  const above = keyMeaning(outline.containerKey(container));
  return above.kinds.length > 0 && own.kinds.length === 0 ? above : own;
}

/** The name beside a value: `{"name": "orderNumber", "value": …}`. */
function pairName(outline: Outline, leaf: number, parent: number): string | undefined {
  for (const step of [-1, 1]) {
    for (
      let other = leaf + step, looked = 0;
      other >= 0 && other < outline.leafCount && looked < 6;
      other += step, looked++
    ) {
      if (outline.parent(other) !== parent || outline.kind(other) !== STRING) continue;
      const name = outline.text(other);
      if (isPairName(outline.key(other)) && name.length <= 48) return name;
    }
  }
  return undefined;
}

/** A value under a telling key: `"ssn": "531724409"`. */
function keyed(text: string, kinds: readonly TermKind[], settings: MaskSettings): Match[] {
  if (kinds.includes('PASSWORD') && settings.types.has('PASSWORD') && text !== '' && !/^\[[A-Z0-9_:]+\]$/.test(text))
    return [{ type: 'PASSWORD', start: 0, end: text.length, canonical: text }];
  return detect(text, settings, kinds);
}

/** `@`, plain, encoded or full-width; the colon of `tel:` and `sms:`. */
const CARRIER_SIGN = /[@\uff20]|%40|&#|&commat|(?:tel|sms):/i;
const GROUPED_DIGITS = /\d{4}[ -]\d{4,6}[ -]\d{4}/;

/** What is masked even under a key that stays: addresses and numbers that carry their own sign. */
function carriers(text: string, settings: MaskSettings): Match[] {
  if (!CARRIER_SIGN.test(text) && !GROUPED_DIGITS.test(text)) return [];
  return detect(text, settings).filter(
    (match) =>
      match.type === 'EMAIL_ADDRESS' ||
      (match.type === 'CREDIT_CARD' && /^\d{4}[ -]/.test(text.slice(match.start))) ||
      (match.type === 'PHONE_NUMBER' && /tel:\s?\+?$|sms:\s?\+?$/i.test(text.slice(0, match.start))),
  );
}

const DOCUMENT_START = /^\s{0,64}[[{]/;

/** Whether a string begins like a JSON document. */
function mayBeDocument(text: string): boolean {
  const code = text.charCodeAt(0);
  return (code <= 0x20 || code === 0x5b || code === 0x7b) && DOCUMENT_START.test(text);
}
