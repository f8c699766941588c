/**
 * Finds the personal data of a whole document: every suspicious leaf with what its key and the turns around it say,
 * numbers split over turns and words, read-backs, documents inside strings.
 */
import { endsInDigits, isAcknowledgement, startsWithDigits } from './continuation.ts';
import { Turns } from './conversation.ts';
import { detect, detectIn, type Match, takeApart } from './detect.ts';
import { findSpokenEmails, findTypedEmails } from './email.ts';
import { SUSPICIOUS } from './gates.ts';
import { isPairName, isPairValue, type KeyMeaning, keyMeaning } from './keys.ts';
import type { Atom } from './numbers.ts';
import type { MaskSettings, MaskTools } from './options.ts';
import { KEY, NUMBER, type Outline, STRING } from './outline.ts';
import { DEPENDS_LONG, glance, HARMLESS, MATTERS } from './quick.ts';
import { answeredPassword } from './secrets.ts';
import { tokenise } from './tokens.ts';
import type { PiiType, Span } from './types.ts';
import type { TermKind } from './vocabulary.ts';
import { WordLists, wordListOf } from './word-lists.ts';

/** What was found in each leaf; spans in order, without overlaps. */
export type Findings = Map<number, Match[]>;

/** Finds what is inside a string that is itself a JSON document; undefined when it is none. */
export type NestedSearch = (json: string) => Match[] | undefined;

/** Values that are remembered to recognise them when they are read back. */
const MAX_REMEMBERED = 24;
const READ_BACK_REACH = 10;
const MAX_CHAIN = 16;

/** Types whose values are digits, so that turns can share them. */
const DIGIT_TYPES: ReadonlySet<PiiType> = new Set([
  'PHONE_NUMBER',
  'US_SSN',
  'US_SSN_LAST4',
  'US_ITIN',
  'CREDIT_CARD',
  'CREDIT_CARD_CVV',
  'CREDIT_CARD_EXPIRY',
  'CREDIT_CARD_LAST4',
  'DATE_OF_BIRTH',
  'US_BANK_NUMBER',
  'ABA_ROUTING_NUMBER',
  'PIN',
  'CA_SIN',
  'IN_AADHAAR',
  'US_PASSPORT',
  'US_DRIVER_LICENSE',
]);

interface Remembered {
  digits: string;
  type: PiiType;
  turn: number;
}

/** The findings of a document. */
export function analyse(
  outline: Outline,
  settings: MaskSettings,
  nested?: NestedSearch,
  entities?: MaskTools['entities'],
): Findings {
  const analysis = new Analysis(outline, settings, nested);
  const found = analysis.run();
  if (entities !== undefined && entities.size > 0) analysis.addEntities(entities);
  return found;
}

class Analysis {
  private readonly outline: Outline;
  private readonly settings: MaskSettings;
  private readonly nested: NestedSearch | undefined;
  private readonly turns: Turns;
  private readonly findings: Findings = new Map();
  private readonly chained = new Set<number>();
  private remembered: Remembered[] = [];
  private turnNumber = 0;
  private lastRemembered = -100;

  constructor(outline: Outline, settings: MaskSettings, nested: NestedSearch | undefined) {
    this.outline = outline;
    this.settings = settings;
    this.nested = nested;
    this.turns = new Turns(outline);
  }

  run(): Findings {
    const { outline, settings } = this;
    const wordLeaves: number[] = [];
    for (const leaf of outline.suspects) {
      const kind = outline.leafKind[leaf];
      if (kind === KEY) this.record(leaf, detect(outline.text(leaf), this.settings));
      else if (kind === NUMBER) this.number(leaf);
      else if (wordListOf(outline, leaf) >= 0) wordLeaves.push(leaf);
      else this.string(leaf);
    }
    const lists = new WordLists(outline, this.turns, settings, this.findings, (at, matches) =>
      this.record(at, matches),
    );
    lists.apply(wordLeaves);
    return this.findings;
  }

  /** Adds what an entity detector found, where nothing else was found before. */
  addEntities(entities: NonNullable<MaskTools['entities']>): void {
    const { outline, settings } = this;
    for (let leaf = 0; leaf < outline.leafCount; leaf++) {
      if (outline.leafKind[leaf] !== STRING) continue;
      const text = outline.text(leaf);
      for (const span of entities.get(text) ?? []) {
        if (settings.types.has(span.type))
          this.record(leaf, [{ ...span, canonical: text.slice(span.start, span.end).toLowerCase() }]);
      }
    }
  }

  private record(leaf: number, matches: readonly Match[]): void {
    if (matches.length === 0) return;
    const known = this.findings.get(leaf) ?? [];
    for (const match of matches) {
      if (match.end > match.start && !known.some((other) => other.start < match.end && other.end > match.start))
        known.push(match);
    }
    known.sort((a, b) => a.start - b.start);
    this.findings.set(leaf, known);
  }

  // --- numbers and keys ---------------------------------------------------------------------------------------------

  private meaning(leaf: number): KeyMeaning {
    const { outline } = this;
    let key = outline.key(leaf);
    const parent = outline.leafParent[leaf] ?? 0;
    if (key === '' && parent > 0) key = outline.containerKey(parent);
    if (isPairValue(key)) {
      const name = this.pairName(leaf, parent);
      if (name !== undefined) {
        const named = keyMeaning(name);
        if (named.stays || named.kinds.length > 0) return named;
      }
      const own = keyMeaning(key);
      const above = keyMeaning(outline.containerKey(parent));
      if (above.kinds.length > 0 && own.kinds.length === 0) return above;
      return own;
    }
    return keyMeaning(key);
  }

  /** The name beside a value: `{"name": "orderNumber", "value": …}`. */
  private pairName(leaf: number, parent: number): string | undefined {
    const { outline } = this;
    for (const step of [-1, 1]) {
      for (
        let other = leaf + step, looked = 0;
        other >= 0 && other < outline.leafCount && looked < 6;
        other += step, looked++
      ) {
        if (outline.leafParent[other] !== parent || outline.leafKind[other] !== STRING) continue;
        const name = outline.text(other);
        if (isPairName(outline.key(other)) && name.length <= 48) return name;
      }
    }
    return undefined;
  }

  private number(leaf: number): void {
    const meaning = this.meaning(leaf);
    if (meaning.stays || meaning.kinds.length === 0) return;
    const text = this.outline.text(leaf);
    if (!/^\d{3,19}$/.test(text)) return;
    const match = detect(text, this.settings, strictly(meaning.kinds)).find(
      (found) => found.start === 0 && found.end === text.length,
    );
    if (match !== undefined) this.record(leaf, [match]);
  }

  // --- strings ------------------------------------------------------------------------------------------------------

  private string(leaf: number): void {
    const { outline, settings } = this;
    const text = outline.text(leaf);
    if (this.nested !== undefined && text.length > 4 && mayBeDocument(text)) {
      const inner = this.nested(text);
      if (inner !== undefined) {
        this.record(leaf, inner);
        return;
      }
    }
    const meaning = this.meaning(leaf);
    if (meaning.stays) {
      this.record(leaf, carriers(text, settings));
      return;
    }
    if (meaning.kinds.length > 0) {
      this.record(leaf, this.keyed(text, meaning.kinds));
      return;
    }
    this.turnNumber++;
    if (!this.worthwhile(leaf, text)) return;
    const utterance = this.turns.utterance(leaf);
    const question = this.turns.openQuestion(leaf);
    if (!this.chained.has(leaf)) this.chain(leaf);
    const matches = detectIn(utterance, settings, question);
    this.record(leaf, matches);
    this.readBack(leaf);
    for (const match of this.findings.get(leaf) ?? []) this.remember(match);
    this.splitEmail(leaf);
    if (settings.types.has('PASSWORD')) this.passwordAnswer(leaf);
  }

  /** Whether a text can hold anything, given what is around it: most numbers of a conversation are dismissed here. */
  private worthwhile(leaf: number, text: string): boolean {
    if (this.settings.optIn || this.chained.has(leaf)) return true;
    const first = glance(text);
    if (first === MATTERS || first === HARMLESS) return first === MATTERS;
    return this.repeats(text) || this.turns.wasAsked(leaf, first === DEPENDS_LONG) || this.turns.goesOn(leaf, text);
  }

  /** Whether digits of the text occur in a value found a few turns ago. */
  private repeats(text: string): boolean {
    if (this.turnNumber - this.lastRemembered > READ_BACK_REACH) return false;
    for (const run of text.match(/\d(?:[\d .()-]{0,24}\d)?/g) ?? []) {
      const digits = run.replace(/\D/g, '');
      if (digits.length >= 3 && this.remembered.some((known) => known.digits.includes(digits))) return true;
    }
    return false;
  }

  /** A value under a telling key: `"ssn": "531724409"`. */
  private keyed(text: string, kinds: readonly TermKind[]): Match[] {
    const { settings } = this;
    if (kinds.includes('PASSWORD') && settings.types.has('PASSWORD') && text !== '' && !/^\[[A-Z0-9_:]+\]$/.test(text))
      return [{ type: 'PASSWORD', start: 0, end: text.length, canonical: text }];
    return detect(text, settings, strictly(kinds));
  }

  // --- numbers over several turns -------------------------------------------------------------------------------------

  /** Joins a turn that ends in digits with the turns that go on with them, and looks at the whole. */
  private chain(leaf: number): void {
    const { turns, settings } = this;
    const first = turns.utterance(leaf);
    if (!endsInDigits(first.tokens, first.runs) || turns.isAlternative(leaf)) return;
    const speaker = turns.speaker(leaf);
    const links = [leaf];
    let spoken = digitsOf(first.runs);
    let skipped = 0;
    for (
      let next = turns.neighbour(leaf, 1);
      next >= 0 && links.length < MAX_CHAIN && skipped < 4;
      next = turns.neighbour(next, 1)
    ) {
      const flags = this.outline.leafFlags[next] ?? 0;
      if ((flags & SUSPICIOUS) === 0) {
        if (!isAcknowledgement(this.outline.text(next), flags)) break;
        skipped++;
        continue;
      }
      const { tokens, runs, terms } = turns.utterance(next);
      const other = turns.speaker(next);
      const digits = digitsOf(runs);
      if (digits === '') {
        if (
          tokens.count > 8 ||
          terms.some((term) => term.kind !== 'UNIT' && term.kind !== 'NUMBER') ||
          tokens.words.includes('?')
        )
          break;
        skipped++;
        continue;
      }
      if (other !== speaker && other !== '' && speaker !== '') {
        if (!spoken.includes(digits) || terms.some((term) => term.kind !== 'UNIT')) break;
        continue;
      }
      if (!startsWithDigits(tokens, runs)) break;
      if (spoken.length >= 3 && digits.length > spoken.length && digits.startsWith(spoken)) {
        this.abandonedStart(leaf, next);
        return;
      }
      links.push(next);
      spoken += digits;
      skipped = 0;
      if (!endsInDigits(tokens, runs)) break;
    }
    if (links.length < 2) return;
    const texts = links.map((link) => this.outline.text(link));
    const matches = detect(texts.join('\n'), settings, turns.openQuestion(leaf));
    let offset = 0;
    for (const [index, link] of links.entries()) {
      const length = texts[index]?.length ?? 0;
      const here: Match[] = [];
      for (const match of matches) {
        const start = Math.max(match.start, offset) - offset;
        const end = Math.min(match.end, offset + length) - offset;
        const crosses = match.start < offset || match.end > offset + length;
        if (start < end && crosses && DIGIT_TYPES.has(match.type))
          here.push({ ...match, ...trimmed(texts[index] ?? '', start, end) });
        else if (start < end && !crosses && DIGIT_TYPES.has(match.type)) here.push({ ...match, start, end });
      }
      this.record(link, here);
      this.chained.add(link);
      offset += length + 1;
    }
    for (const match of matches) this.remember(match);
  }

  /** "my social is 531 72" - "sorry?" - "531 72 4409": the start of what is then said in full. */
  private abandonedStart(leaf: number, restart: number): void {
    const { turns, settings } = this;
    const { runs, normal, terms } = turns.utterance(leaf);
    const run = runs.at(-1) ?? [];
    const digits = digitsOf(runs);
    const asked = [...terms]
      .reverse()
      .map((term) => term.kind)
      .filter((kind) => kind !== 'UNIT');
    const whole = detectIn(turns.utterance(restart), settings, [...asked, ...turns.openQuestion(leaf)]).find((match) =>
      match.canonical.startsWith(digits),
    );
    const [first, last] = [run[0], run.at(-1)];
    if (whole === undefined || first === undefined || last === undefined) return;
    const start = normal.starts?.[first.start] ?? first.start;
    const end = normal.ends?.[last.end - 1] ?? last.end;
    this.record(leaf, [{ type: whole.type, start, end, canonical: digits }]);
    this.chained.add(leaf);
  }

  private remember(match: Match): void {
    const digits = match.canonical.replace(/\D/g, '');
    if (digits.length < 3 || /^(?:EMAIL|IP_|DATE|PASSWORD|IBAN)/.test(match.type)) return;
    this.lastRemembered = this.turnNumber;
    this.remembered.push({ digits, type: match.type, turn: this.turnNumber });
    if (this.remembered.length > MAX_REMEMBERED) this.remembered.shift();
  }

  /** Masks digits that repeat a value found before: "four one one one", "so that is 4409". */
  private readBack(leaf: number): void {
    if (this.remembered.length === 0) return;
    const { runs, normal, terms } = this.turns.utterance(leaf);
    const found = this.findings.get(leaf) ?? [];
    for (const run of runs) {
      const digits = run.map((atom) => atom.digits).join('');
      if (digits.length < 3 || run.some((atom) => atom.quantity || atom.glued || atom.clock)) continue;
      const [first, last] = [run[0], run.at(-1)];
      if (first === undefined || last === undefined) continue;
      const start = normal.starts?.[first.start] ?? first.start;
      const end = normal.ends?.[last.end - 1] ?? last.end;
      if (found.some((match) => match.start < end && match.end > start)) continue;
      const vetoed = terms.some(
        (term) =>
          (term.kind === 'VETO' && term.last < first.first && first.first - term.last < 5) ||
          (term.kind === 'UNIT' && term.first - last.last === 1),
      );
      const value = this.remembered.find(
        (known) =>
          (known.digits.length >= 7 && digits === known.digits) ||
          (!vetoed &&
            this.turnNumber - known.turn <= READ_BACK_REACH &&
            (known.digits.length < 7 ? digits === known.digits : known.digits.includes(digits))),
      );
      if (value !== undefined && this.settings.types.has(value.type))
        this.record(leaf, [{ type: value.type, start, end, canonical: digits }]);
    }
  }

  // --- addresses and passwords over two turns ---------------------------------------------------------------------------

  /** "john.smith" and "@gmail.com" in two turns. */
  private splitEmail(leaf: number): void {
    const { turns, outline, settings } = this;
    if (!settings.types.has('EMAIL_ADDRESS')) return;
    const { tokens } = turns.utterance(leaf);
    const head = tokens.words[0] ?? '';
    if (head !== '@' && head !== 'at' && head !== 'dot' && head !== '.') {
      const tail = tokens.words[tokens.count - 1] ?? '';
      if (tail === '@' || tail === 'at' || tail === 'dot' || tail === 'underscore') {
        const next = turns.neighbour(leaf, 1);
        if (next >= 0) this.joinEmail(leaf, next);
      }
      return;
    }
    const speaker = turns.speaker(leaf);
    let previous = turns.neighbour(leaf, -1);
    for (let looked = 0; previous >= 0 && looked < 3; looked++, previous = turns.neighbour(previous, -1)) {
      if (turns.speaker(previous) === speaker) break;
    }
    if (previous >= 0 && outline.leafKind[previous] === STRING) this.joinEmail(previous, leaf);
  }

  private joinEmail(before: number, after: number): void {
    const { turns, outline } = this;
    const [left, right] = [outline.text(before).trimEnd(), outline.text(after)];
    if (this.findings.get(after)?.some((match) => match.type === 'EMAIL_ADDRESS' && match.start === 0) === true) return;
    const isTyped = right.startsWith('@') || left.endsWith('@');
    const joined = left + (isTyped ? '' : ' ') + right;
    const seam = left.length + (isTyped ? 0 : 1);
    const joinedTokens = tokenise(joined);
    const context =
      turns.openQuestion(before).includes('EMAIL') ||
      turns.utterance(before).terms.some((term) => term.kind === 'EMAIL');
    const spans: Span[] = isTyped ? findTypedEmails(joined) : [];
    if (spans.length === 0) spans.push(...findSpokenEmails(joinedTokens, context || isTyped));
    for (const span of spans) {
      if (span.start >= left.length || span.end <= seam) continue;
      const canonical = joined.slice(span.start, span.end).toLowerCase();
      this.record(before, [{ type: 'EMAIL_ADDRESS', start: span.start, end: left.length, canonical }]);
      this.record(after, [{ type: 'EMAIL_ADDRESS', start: 0, end: span.end - seam, canonical }]);
    }
  }

  /** "What is your password?" - "crickets". */
  private passwordAnswer(leaf: number): void {
    const { turns, outline } = this;
    const { terms, tokens } = turns.utterance(leaf);
    if (
      !terms.some((term) => term.kind === 'PASSWORD') ||
      (this.findings.get(leaf) ?? []).some((match) => match.type === 'PASSWORD')
    )
      return;
    if (
      !/[?]|\b(?:please|what|whats|tell|say|give|provide|confirm|verify|share|spell|can|could|may)\b/i.test(tokens.text)
    )
      return;
    if (tokens.words.includes('[]')) return;
    const next = turns.neighbour(leaf, 1);
    if (
      next < 0 ||
      turns.utterance(next).terms.some((term) => term.kind === 'VETO') ||
      (turns.speaker(next) === turns.speaker(leaf) && turns.speaker(leaf) !== '')
    )
      return;
    const span = answeredPassword(turns.utterance(next).tokens);
    if (span !== undefined && turns.utterance(next).normal.starts === undefined)
      this.record(next, [{ ...span, canonical: outline.text(next).slice(span.start, span.end) }]);
  }
}

/** A key that names its value arms all lengths, so what is next to it does not matter. */
function strictly(kinds: readonly TermKind[]): readonly TermKind[] {
  return kinds;
}

/** What is masked even under a key that stays: addresses and numbers that carry their own sign. */
function carriers(text: string, settings: MaskSettings): Match[] {
  if (!/@|%40|&#|&commat|tel:|sms:|\uff20|\d{4}[ -]\d{4,6}[ -]\d{4}/i.test(text)) return [];
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

function digitsOf(runs: readonly (readonly Atom[])[]): string {
  return runs.map((run) => run.map((atom) => atom.digits).join('')).join('');
}

/** A part of a joined match without the words around its digits. */
function trimmed(text: string, start: number, end: number): { start: number; end: number } {
  const { runs, normal } = takeApart(text);
  let [low, high] = [end, start];
  for (const run of runs) {
    for (const atom of run) {
      const from = normal.starts?.[atom.start] ?? atom.start;
      const to = normal.ends?.[atom.end - 1] ?? atom.end;
      if (from >= start && to <= end) {
        low = Math.min(low, from);
        high = Math.max(high, to);
      }
    }
  }
  return low < high ? { start: low, end: high } : { start, end };
}
