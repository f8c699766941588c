/** Which words reach a run of digits, nearest first. */

import type { TermKind } from '../model/type-table.ts';
import { type Atom, digitCount } from '../numbers/atom.ts';
import { announcementOf, WordSet } from '../text/lexicon.ts';
import type { Term } from '../text/terms.ts';
import { DIGITS, endsLine, type Tokens, WORD } from '../text/tokens.ts';
import { wordsOf } from '../text/word-groups.ts';
import { type Exclusion, exclusionOf, isNameOfId } from './exclusions.ts';

/** What the surroundings say. */
export interface Context {
  /** Kinds of term by nearness. */
  kinds: readonly TermKind[];
  /** A phrase names the run as something else: "order 4471220", or an earlier turn has asked for it. */
  excluded: boolean;
  /** That phrase is the name of an id: "order number". What is written like nothing else is free by such a one only. */
  named: boolean;
  /** An earlier turn holds an exclusion: what is written like nothing else is masked all the same. */
  closed: boolean;
}

/** How many tokens a phrase before a number reaches, and one after it. */
const REACH_BEFORE = 14;
const REACH_AFTER = 9;

/** Between a phrase that announces and its number: "my card number, sorry, is …", not a clause of its own. */
const LINKS = new WordSet(
  wordsOf({
    being: 'is was are be thats its it whats',
    pronouns: 'my the our his her their your this that these those one i you',
    prepositions: 'on for in as by of to',
    articles: 'an a',
    conjunctions: 'and which also so',
    hedges: 'sorry mean way actually would there go good not',
    numbers: 'number full digits same called',
    accounts: 'card account best',
    signs: ', - . ( ) "',
  }),
);
/** Digits of a value that answers a phrase in its own line. */
const SHORTEST_ANSWER = 3;

/**
 * What reaches a run: words before it by nearness, then words after it, then what earlier turns left open.
 *
 * @param run the run at `index`, or the part of it that is asked about
 * @example of "my card number is 4111 …" -> kinds ['CARD'], not excluded
 */
export function contextOf(
  tokens: Tokens,
  terms: readonly Term[],
  runs: readonly (readonly Atom[])[],
  index: number,
  prior: readonly TermKind[],
  run: readonly Atom[] = runs[index] ?? [],
): Context {
  const first = run[0]?.first ?? 0;
  const last = run.at(-1)?.last ?? 0;
  const kinds: TermKind[] = [];
  let exclusion: Exclusion = 'none';
  let isCounted = false;
  let closed = false;
  let nearest = REACH_BEFORE + 1;
  /** Where "ending in" begins while nothing else has been said about the number. */
  let ending = -1;

  const after = termsAfter(tokens, terms, last);
  if (after.length > 0 && after.some((term) => term.kind === 'UNIT' && term.first - last === 1))
    isCounted = shortRun(run);

  for (let i = firstAfter(terms, first - 1) - 1; i >= 0 && !isCounted && exclusion === 'none'; i--) {
    const term = terms[i];
    if (term === undefined || term.last >= first) continue;
    const distance = plainWords(tokens, term.last + 1, first);
    if (distance > REACH_BEFORE) break;
    if (term.kind === 'UNIT' || isTalk(tokens, term)) continue;
    if (isAnsweredAbove(tokens, term.last, first)) break;
    if (isNamedBefore(tokens, term, terms[i - 1])) continue;
    if (term.kind === 'EXCLUSION') {
      if (kinds.length === 0) exclusion = exclusionOf(tokens, term, first, digitCount(run));
      // "my ticket ends in 4412"
      else if (ending >= 0) exclusion = exclusionOf(tokens, term, ending, digitCount(run));
      if (kinds.length === 0) continue;
      break;
    }
    ending = term.kind === 'LAST4' && kinds.length === 0 ? term.first : -1;
    nearest = Math.min(nearest, distance);
    kinds.push(term.kind);
  }

  if (after.length > 0) {
    const trailing = after.filter((term) => term.kind !== 'UNIT' && term.kind !== 'EXCLUSION').map((term) => term.kind);
    if (nearest > 3) kinds.unshift(...trailing);
    else kinds.push(...trailing);
    const name = after.find((term) => term.kind === 'EXCLUSION');
    if (kinds.length === 0 && name !== undefined && IS.test(tokens.words[last + 1] ?? ''))
      exclusion = isNameOfId(tokens, name) ? 'id' : 'noun';
  }
  // An open question of an earlier turn counts after the words of this one, unless this one is about something else.
  if (!isCounted && exclusion === 'none') {
    for (const kind of prior) {
      if (kind === 'EXCLUSION' || kind === 'TOPIC') {
        closed = kinds.length === 0;
        if (closed && kind === 'EXCLUSION') exclusion = prior.includes('TOPIC') ? 'noun' : 'id';
        break;
      }
      if (!kinds.includes(kind)) kinds.push(kind);
    }
  }
  return { kinds, excluded: isCounted || exclusion !== 'none', named: isCounted || exclusion === 'id', closed };
}

/** Index of the first term that begins after a token. */
function firstAfter(terms: readonly Term[], token: number): number {
  let low = 0;
  let high = terms.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((terms[middle]?.first ?? 0) > token) high = middle;
    else low = middle + 1;
  }
  return low;
}

const NONE: readonly Term[] = [];

/** "447 is the order number" */
const IS = /^(?:is|was|thats|its)$/;

function termsAfter(tokens: Tokens, terms: readonly Term[], last: number): readonly Term[] {
  const next = firstAfter(terms, last);
  if (next === terms.length) return NONE;
  const after: Term[] = [];
  let from = last + 1;
  for (let i = next; i < terms.length; i++) {
    const term = terms[i];
    if (term === undefined || term.first - last > REACH_AFTER || !isLinked(tokens, from, term.first, LINKS)) break;
    if (isTalk(tokens, term)) continue;
    from = term.last + 1;
    after.push(term);
    // "4409 are the last four of my social"
    if (term.kind !== 'UNIT' && term.kind !== 'LAST4') break;
  }
  return after;
}

/** "the call dropped", "this text", "my subscription expires": what the word announces is not meant. */
function isTalk({ words }: Tokens, { kind, first, last }: Term): boolean {
  return announcementOf(kind)?.isTalk?.(words, first, last) === true;
}

function isLinked(tokens: Tokens, from: number, to: number, links: WordSet): boolean {
  for (let i = from; i < to; i++) {
    // "is your Acme login code": whose code it is
    if (!links.has(tokens.entries[i]) && !(links === LINKS && i > from && tokens.words[i - 1] === 'your')) return false;
  }
  return true;
}

/** "pin 4471\n5520118": the number in the line above is what a phrase of that line announces. */
function isAnsweredAbove(tokens: Tokens, phrase: number, number: number): boolean {
  let line = number - 1;
  while (line >= phrase && !endsLine(tokens, line)) line--;
  let spoken = 0;
  for (let at = line; at > phrase; at--) {
    const word = tokens.words[at] ?? '';
    if (word === '[]' || (tokens.kinds[at] === DIGITS && word.length >= SHORTEST_ANSWER)) return true;
    if (tokens.entries[at]?.unit !== undefined && ++spoken >= SHORTEST_ANSWER) return true;
  }
  return false;
}

/** "policy number", "gift card number", "tracking code is": the number is that of the exclusion. */
function isNamedBefore({ words }: Tokens, { kind, first }: Term, before: Term | undefined): boolean {
  if (before?.kind !== 'EXCLUSION' || before.last !== first - 1) return false;
  return kind === 'NUMBER' || (kind === 'PIN' && words[first] === 'code');
}

/** "12 units", "forty five minutes": amounts are short; "415 555 0132 days" is a slip of the pen. */
function shortRun(run: readonly Atom[]): boolean {
  return digitCount(run) <= 7;
}

/** Words between, numbers and signs left out: masking a number in between must not bring the phrase nearer. */
function plainWords({ kinds, entries }: Tokens, from: number, to: number): number {
  let words = 0;
  for (let i = from; i < to; i++) {
    const entry = entries[i];
    if (
      kinds[i] === WORD &&
      entry?.unit === undefined &&
      entry?.teen === undefined &&
      entry?.ten === undefined &&
      entry?.repeat === undefined
    )
      words++;
  }
  return words;
}
