/** Personal data in one text: every rule over the normalised form, overlaps resolved once. */
import { armsOf } from './arms.ts';
import { type Classified, classifyCorrected, classifyRun } from './classify.ts';
import { findDates, isMonth } from './dates.ts';
import { findSpokenEmails, findTypedEmails } from './email.ts';
import { findIbanParts, findIbanShapes, findIbans } from './iban.ts';
import { findIpAddresses, findMacAddresses, findSpokenIps } from './internet.ts';
import { type NormalText, normalise } from './normalise.ts';
import { type Atom, findRuns, LOOSE_GAP } from './numbers.ts';
import { findOptIns } from './opt-in.ts';
import type { MaskSettings } from './options.ts';
import { findPasswords } from './secrets.ts';
import { splice } from './splice.ts';
import { findTerms, type Term } from './terms.ts';
import { type Tokens, tokenise } from './tokens.ts';
import type { PiiType, Span } from './types.ts';
import type { TermKind } from './vocabulary.ts';

/** A span and the value it stands for in one spelling: digits only, lower case. */
export interface Match extends Span {
  canonical: string;
  /** Replaces the span as it is, instead of the type's name: for what is masked inside a nested document. */
  replacement?: string;
}

/** One text, taken apart once. */
export interface Utterance {
  normal: NormalText;
  tokens: Tokens;
  terms: Term[];
  runs: Atom[][];
}

/** Takes a text apart: normalised form, tokens, phrases, runs of digits. */
export function takeApart(text: string): Utterance {
  const normal = normalise(text);
  const tokens = tokenise(normal.text);
  const terms = findTerms(tokens);
  return { normal, tokens, terms, runs: findRuns(tokens, terms) };
}

/**
 * Personal data in one text.
 *
 * @param prior what the text's surroundings ask for, nearest first: an earlier turn's question, the name of the key
 */
export function detect(text: string, settings: MaskSettings, prior: readonly TermKind[] = []): Match[] {
  return detectIn(takeApart(text), settings, prior);
}

/** {@link detect} on a text that was taken apart before. Offsets are those of the original text. */
export function detectIn(utterance: Utterance, settings: MaskSettings, prior: readonly TermKind[] = []): Match[] {
  const { normal } = utterance;
  let found = search(utterance, settings, prior);
  // What is glued to a match stands free once the match is replaced: look again at what is left.
  for (let round = 0; round < MAX_ROUNDS && found.some((match) => isGlued(normal.text, match)); round++) {
    const more = search(takeApart(blanked(normal.text, found)), settings, prior).filter(
      (match) => !found.some((other) => other.start < match.end && other.end > match.start),
    );
    if (more.length === 0) break;
    found = [...found, ...more].sort((a, b) => a.start - b.start);
  }
  return normal.starts === undefined ? found : found.map((match) => toOriginal(normal, match));
}

const MAX_ROUNDS = 3;

function isGlued(text: string, { start, end }: Span): boolean {
  return /[\p{L}\p{N}]/u.test(text[start - 1] ?? '') || /[\p{L}\p{N}]/u.test(text[end] ?? '');
}

/** The matches of one text; asking whether a span is taken stays cheap when there are many. */
class Found {
  readonly matches: Match[] = [];
  private readonly taken: Uint8Array;

  constructor(length: number) {
    this.taken = new Uint8Array(length);
  }

  touches({ start, end }: Pick<Span, 'start' | 'end'>): boolean {
    if (this.matches.length === 0) return false;
    for (let at = start; at < end; at++) if (this.taken[at] === 1) return true;
    return false;
  }

  add(match: Match): void {
    this.matches.push(match);
    this.taken.fill(1, match.start, match.end);
  }

  /** Where the next match after `start` begins, up to `end`. */
  nextStart(start: number, end: number): number {
    const next = this.taken.subarray(start, end).indexOf(1);
    return next < 0 ? end : start + next;
  }
}

/** The text with opaque signs of the same length in place of what was found. */
function blanked(text: string, found: readonly Span[]): string {
  return splice(text, found, ({ start, end }) => `[${']'.repeat(end - start - 1)}`);
}

function search(utterance: Utterance, settings: MaskSettings, prior: readonly TermKind[]): Match[] {
  const { tokens, terms, runs } = utterance;
  const { text } = tokens;
  const found = new Found(text.length);
  const add = (spans: readonly Span[]): void => {
    for (const wanted of spans) {
      if (!settings.types.has(wanted.type)) continue;
      const span = clipped(wanted, found);
      if (span === undefined || found.touches(span)) continue;
      found.add({ ...span, canonical: text.slice(span.start, span.end).replace(/[\s-]/g, '').toLowerCase() });
    }
  };

  if (text.includes('@')) add(findTypedEmails(text));
  const emailContext = prior.includes('EMAIL') || terms.some((term) => term.kind === 'EMAIL');
  add(findSpokenEmails(tokens, emailContext));
  add(findIbans(text));
  if (prior.includes('IBAN')) add(findIbanParts(text));
  add(findIpAddresses(text));
  if (prior.includes('IP') || terms.some((term) => term.kind === 'IP')) add(findSpokenIps(tokens, runs));
  if (settings.types.has('MAC_ADDRESS')) add(findMacAddresses(text));
  if (terms.some((term) => term.kind === 'PASSWORD' || term.kind === 'PIN')) add(findPasswords(tokens, terms));
  if (settings.optIn) add(findOptIns(text, settings, prior));
  addDates(utterance, prior, settings, found);
  const accounts = findIbanShapes(text);
  for (let i = 0; i < runs.length; i++) addRun(utterance, i, prior, settings, found, accounts);
  return found.matches.sort((a, b) => a.start - b.start);
}

/** A password that runs into another match ends before it. */
function clipped(span: Span, found: Found): Span | undefined {
  if (span.type !== 'PASSWORD') return span;
  const end = found.nextStart(span.start, span.end);
  return end === span.end ? span : end > span.start + 1 ? { ...span, end: end - 1 } : undefined;
}

function toOriginal(normal: NormalText, match: Match): Match {
  return {
    ...match,
    start: normal.starts?.[match.start] ?? match.start,
    end: normal.ends?.[match.end - 1] ?? match.end,
  };
}

const SPOKEN_DATE_CHAR = /[a-z]/i;

/** Dates count as a birthday or a card's expiry when the words say so. */
function addDates(utterance: Utterance, prior: readonly TermKind[], settings: MaskSettings, found: Found): void {
  const { tokens, terms } = utterance;
  const kindsAround = (kind: TermKind): boolean => prior.includes(kind) || terms.some((term) => term.kind === kind);
  const birth = kindsAround('DOB');
  const expiry = kindsAround('EXPIRY');
  if (!birth && !expiry) return;
  for (const date of findDates(tokens)) {
    const atom: Atom = {
      digits: '',
      first: date.first,
      last: date.last,
      start: date.start,
      end: date.end,
      spoken: SPOKEN_DATE_CHAR.test(tokens.text.slice(date.start, date.end)),
      quantity: false,
      glued: false,
      clock: false,
      plus: false,
      tail: false,
      gap: 0,
    };
    const arms = armsOf(tokens, terms, [[atom]], 0, prior);
    const kind = arms.kinds.find((candidate) => candidate === 'DOB' || candidate === 'EXPIRY');
    const nearestOther = arms.kinds.find((candidate) => candidate !== 'NUMBER' && candidate !== 'LAST4');
    if (
      kind === undefined ||
      arms.vetoed ||
      // A card's expiry names no day.
      (kind === 'EXPIRY' && date.day && date.year && !arms.kinds.includes('CARD')) ||
      (nearestOther !== kind && nearestOther !== 'CARD' && nearestOther !== 'CVV' && nearestOther !== 'PHONE')
    )
      continue;
    const type: PiiType = kind === 'DOB' ? 'DATE_OF_BIRTH' : 'CREDIT_CARD_EXPIRY';
    const span: Span = { type, start: date.start, end: date.end };
    if (settings.types.has(type) && !found.touches(span))
      found.add({ ...span, canonical: tokens.text.slice(date.start, date.end).toLowerCase() });
  }
  if (expiry) addMonthExpiries(utterance, settings, found);
}

/** "September 27" beside an expiry word reads as month and year. */
function addMonthExpiries(utterance: Utterance, settings: MaskSettings, found: Found): void {
  const { tokens, runs } = utterance;
  if (!settings.types.has('CREDIT_CARD_EXPIRY')) return;
  for (const run of runs) {
    const first = run[0];
    const last = run.at(-1);
    if (first === undefined || last === undefined || first.first === 0) continue;
    const month = tokens.words[first.first - 1] === 'of' ? first.first - 2 : first.first - 1;
    if (!isMonth(tokens.words[month] ?? '') || run.length > 3) continue;
    const span: Span = { type: 'CREDIT_CARD_EXPIRY', start: tokens.starts[month] ?? 0, end: last.end };
    if (!found.touches(span)) found.add({ ...span, canonical: tokens.text.slice(span.start, span.end).toLowerCase() });
  }
}

function digitCount(run: readonly Atom[]): number {
  return run.reduce((sum, atom) => sum + atom.digits.length, 0);
}

/** The parts of a run that may hold a number: without what was found already, calendar dates, and an amount at its end. */
function readable({ tokens }: Utterance, run: readonly Atom[], found: Found): Atom[][] {
  const last = run.at(-1);
  const isAmount = (atom: Atom): boolean =>
    atom === last &&
    atom.gap === LOOSE_GAP &&
    atom.digits.length <= 4 &&
    tokens.entries[atom.last + 1]?.phrase?.kinds.includes('UNIT') === true;
  const atoms = run.filter((atom) => !isAmount(atom));
  for (let i = 0; i + 2 < atoms.length; i++) {
    const parts = atoms.slice(i, i + 3);
    const [first, , third] = parts;
    if (first === undefined || third === undefined || first.spoken || third.last - first.first !== 4) continue;
    if (
      WRITTEN_DATE.test(tokens.text.slice(first.start, third.end)) &&
      !/[-/.]\d|\d/.test(tokens.text.slice(third.end, third.end + 2)) &&
      !/\d[-/.]?$/.test(tokens.text.slice(0, first.start).slice(-2))
    )
      for (const part of parts) part.clock = true;
  }
  const parts: Atom[][] = [[]];
  for (const atom of atoms) {
    if (found.touches(atom)) parts.push([]);
    else parts.at(-1)?.push(atom);
  }
  return parts;
}

const WRITTEN_DATE =
  /^(?:(?:0?[1-9]|[12]\d|3[01])([-/.])(?:0?[1-9]|[12]\d|3[01])\1(?:19|20)?\d\d|(?:19|20)\d\d([-/.])(?:0?[1-9]|1[0-2])\2(?:0?[1-9]|[12]\d|3[01]))$/;

const EXTENSION = /^[\s,;(]{0,4}(?:x|ext|extn|extension|anexo|доб)\.?[\s:#.]{0,3}(\d{1,7})(?!\d)\)?/i;
const EXTENSION_WORDS = new Set(['extension', 'ext', 'extn', 'x']);

function addRun(
  utterance: Utterance,
  index: number,
  prior: readonly TermKind[],
  settings: MaskSettings,
  found: Found,
  accounts: readonly Pick<Span, 'start' | 'end'>[],
): void {
  const { tokens, terms, runs } = utterance;
  const arms = armsOf(tokens, terms, runs, index, prior);
  for (const run of readable(utterance, runs[index] ?? [], found)) {
    const first = run[0];
    if (first === undefined || digitCount(run) < 3) continue;
    if (isInside(accounts, first.start)) continue;
    let parts = classifyRun(tokens.text, run, arms, settings);
    if (parts.length === 0) {
      const whole = classifyCorrected(run, arms);
      if (whole !== undefined && settings.types.has(whole.type)) parts = [whole];
    }
    for (const part of parts) addPart(utterance, run, part, index, found);
    addCorrected(run, parts, found, settings, arms.kinds);
  }
}

/** Whether a place is inside one of the spans, which are in order. */
function isInside(spans: readonly Pick<Span, 'start' | 'end'>[], at: number): boolean {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.end ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return (spans[low]?.start ?? at + 1) <= at;
}

function addPart(utterance: Utterance, run: readonly Atom[], part: Classified, index: number, found: Found): void {
  const { tokens, runs } = utterance;
  const { text } = tokens;
  const first = run[part.from];
  const last = run[part.to];
  if (first === undefined || last === undefined) return;
  let start = first.start;
  let end = last.end;
  let canonical = part.digits;
  if (part.type === 'PHONE_NUMBER') {
    // The opening bracket and the plus signs belong to the number.
    const before = /(?:\+{0,2}\s?\(?\s?\+?|\(\s?\+?\s?)$/.exec(text.slice(Math.max(0, start - 4), start))?.[0] ?? '';
    const closes = text.slice(start, end).includes(')') || !before.includes('(');
    start -= closes ? before.trimStart().length : (/\+{1,2}$/.exec(before)?.[0].length ?? 0);
    if (first.plus && tokens.words[first.first - 1] === 'plus') start = tokens.starts[first.first - 1] ?? start;
    const written = EXTENSION.exec(text.slice(end, end + 24));
    if (written !== null) {
      canonical += `x${written[1]}`;
      end += written[0].replace(/\)$/, (close) => (written[0].includes('(') ? close : '')).length;
    } else {
      const next = runs[index + 1];
      const word = last.last + 1 + (tokens.words[last.last + 1] === ',' ? 1 : 0);
      if (next !== undefined && EXTENSION_WORDS.has(tokens.words[word] ?? '') && (next[0]?.first ?? 0) - word <= 3) {
        const close = next.slice(0, 7).at(-1);
        if (close !== undefined && next.reduce((sum, atom) => sum + atom.digits.length, 0) <= 7) end = close.end;
      }
    }
  }
  if (!found.touches({ start, end })) found.add({ type: part.type, start, end, canonical });
}

/** "415 555 01, no sorry, 415 555 0123": the false start belongs to the number that follows it. */
function addCorrected(
  run: readonly Atom[],
  parts: readonly Classified[],
  found: Found,
  settings: MaskSettings,
  kinds: readonly TermKind[],
): void {
  for (const part of parts) {
    if (part.from === 0 || run[part.from]?.gap !== 3) continue;
    let from = part.from;
    while (from > 0 && !parts.some((other) => other.to === from - 1)) from--;
    const first = run[from];
    const last = run[part.from - 1];
    if (first === undefined || last === undefined || from === part.from) continue;
    const digits = run
      .slice(from, part.from)
      .map((atom) => atom.digits)
      .join('');
    if (
      digits.length < 2 ||
      (kinds.length === 0 && digits.length < 3) ||
      run.slice(from, part.from).some((atom) => atom.quantity || atom.glued)
    )
      continue;
    const span: Span = { type: part.type, start: first.start, end: last.end };
    if (settings.types.has(part.type) && !found.touches(span)) found.add({ ...span, canonical: digits });
  }
}
