/** What one turn asks for: the kinds it names and does not answer itself. */

import { isNameOfId } from '../detect/exclusions.ts';
import type { TermKind } from '../model/type-table.ts';
import { WordSet } from '../text/lexicon.ts';
import { normalise } from '../text/normalise.ts';
import { findTerms, type Term } from '../text/terms.ts';
import { DIGITS, type Tokens, tokenise } from '../text/tokens.ts';

/** Of a turn that asks for the number of an order or the like. */
export const EXCLUSION_ONLY: readonly TermKind[] = ['EXCLUSION'];
/** Of one that asks for an order without saying that its number is meant: "your tracking?" */
export const NOUN_ONLY: readonly TermKind[] = ['EXCLUSION', 'TOPIC'];
/** Of one that only talks of an order. */
export const TOPIC_ONLY: readonly TermKind[] = ['TOPIC'];

export interface Phrases {
  tokens: Tokens;
  terms: readonly Term[];
}

/**
 * The phrases of a text, without taking its numbers apart.
 *
 * @example phrasesOf('what is your card number').terms.map(({ kind }) => kind) // ['CARD']
 */
export function phrasesOf(text: string): Phrases {
  const tokens = tokenise(normalise(text).text);
  return { tokens, terms: findTerms(tokens) };
}

/**
 * The kinds that are named and not answered in the same turn, last first.
 *
 * @example requestsIn(phrasesOf('what is your card number')) // ['CARD']
 */
export function requestsIn({ tokens, terms }: Phrases): readonly TermKind[] {
  const kinds: TermKind[] = [];
  let isMentioned = false;
  for (let i = terms.length - 1; i >= 0; i--) {
    const term = terms[i] as Term;
    const { kind, last } = term;
    const isSent = kind === 'PIN' && isSentSomewhere(tokens, term);
    if (kind === 'UNIT' || kinds.includes(kind) || isAnswered(tokens, isSent ? endOfSentence(tokens, last) : last))
      continue;
    if (kind === 'EMAIL' && hasAddress(tokens, last)) continue;
    // "that one has expired"
    if (kind === 'EXPIRY' && tokens.words[last] === 'expired') continue;
    if (kind === 'EXCLUSION') {
      // "I ordered a phone, what is your number?"
      if (kinds.length > 0) break;
      // "date of birth and zip?"
      if (i > 0 && asksBoth(tokens, terms[i - 1] as Term, term)) continue;
      if (asksFor(tokens, term)) return isNameOfId(tokens, term) ? EXCLUSION_ONLY : NOUN_ONLY;
      // "what is the code on the back? I am placing the order"
      isMentioned = true;
      continue;
    }
    if (tokens.count - last > 40) break;
    // "I've sent a code to the number ending in 12": where it was sent to is not asked for.
    if (isSent) dropDestination(kinds, tokens, terms, i);
    kinds.push(kind);
  }
  return kinds.length === 0 && isMentioned ? TOPIC_ONLY : kinds;
}

/** Between two things that are asked for at once. */
const JOINING = new WordSet('and or plus , & the your a also with'.split(' '));
const LONGEST_JOINT = 4;

/** "date of birth and zip", "your phone number and the order number": the value of the first is asked for, too. */
function asksBoth({ entries, words }: Tokens, first: Term, second: Term): boolean {
  const { kind } = first;
  if (kind === 'EXCLUSION' || kind === 'UNIT' || second.first - first.last > LONGEST_JOINT + 1) return false;
  let isJoined = false;
  for (let at = first.last + 1; at < second.first; at++) {
    if (!JOINING.has(entries[at])) return false;
    if (words[at] === 'and' || words[at] === ',' || words[at] === 'plus' || words[at] === '&') isJoined = true;
  }
  return isJoined;
}

const SENDING = new WordSet('sent send sending texted emailed text messaged message'.split(' '));
const SENDING_REACH = 5;

/** "I've sent a code to …" */
function isSentSomewhere({ entries, words }: Tokens, { first, last }: Term): boolean {
  if (!words.slice(last + 1, endOfSentence({ words }, last)).some((word) => word === 'to' || word === 'ending'))
    return false;
  for (let at = last; at >= Math.max(0, first - SENDING_REACH); at--) if (SENDING.has(entries[at])) return true;
  return false;
}

/** Tokens of a sentence that are looked at. */
const LONGEST_SENTENCE = 40;

/** The last token of the sentence that a token is in. */
function endOfSentence({ words }: Pick<Tokens, 'words'>, from: number): number {
  let at = from;
  while (at < words.length - 1 && at - from < LONGEST_SENTENCE && !/^[.?!,]$/.test(words[at] ?? '')) at++;
  return at;
}

/** Takes back the kinds that phrases of the same sentence, after the one at `index`, have asked for. */
function dropDestination(kinds: TermKind[], tokens: Tokens, terms: readonly Term[], index: number): void {
  const term = terms[index] as Term;
  const end = endOfSentence(tokens, term.last);
  for (const { kind, first } of terms.slice(index + 1)) {
    const at = first < end ? kinds.indexOf(kind) : -1;
    if (at >= 0) kinds.splice(at, 1);
  }
}

/** What makes of an order the number of one. */
const NUMBERING_WORDS = 'number numbers no num id ids code codes reference ref ends'.split(' ');
const REQUESTING_WORDS =
  'what whats which give need provide enter read tell got share confirm four digits number'.split(' ');
const NUMBERING = new WordSet([...NUMBERING_WORDS, '#', ':']);
const REQUESTING = new WordSet(REQUESTING_WORDS);
/** One of them, or an apostrophe that may hide one. */
const MAY_ASK = new RegExp(`[#:'\u2019]|\\b(?:${[...NUMBERING_WORDS, ...REQUESTING_WORDS].join('|')})\\b`, 'i');
/** Characters of a text that may have so few tokens that it is a request. */
const LONGEST_REQUEST_TEXT = 48;
/**
 * Whether a text that talks of orders and the like may ask for the number of one: never false where it does.
 *
 * @example mayAsk('what is the order number') // true
 */
export function mayAsk(text: string): boolean {
  return text.length <= LONGEST_REQUEST_TEXT || MAY_ASK.test(text);
}

/** "is there a balance": asks for no number. */
const CHECKING = new WordSet('is are was were does did'.split(' '));
const DETERMINING = new WordSet('is are was the a an your my that this me us with have of'.split(' '));
/** Tokens of a turn that has no other purpose than what it names: "and the tracking?" */
const LONGEST_REQUEST = 5;
/** Tokens between "what" and what it asks for. */
const REQUEST_REACH = 4;

/** "what is the order number?", "your tracking?", not "let me look up your order". */
function asksFor({ count, entries }: Tokens, { first, last }: Term): boolean {
  if (count <= LONGEST_REQUEST && !CHECKING.has(entries[0])) return true;
  for (let at = first; at <= last + 1; at++) if (NUMBERING.has(entries[at])) return true;
  for (let at = first - 1; at >= Math.max(0, first - REQUEST_REACH); at--) {
    if (REQUESTING.has(entries[at])) return true;
    if (!DETERMINING.has(entries[at])) return false;
  }
  return false;
}

/** Whether an address follows, written or spoken. */
function hasAddress({ words }: Tokens, last: number): boolean {
  return words.includes('@', last + 1) || words.includes('dot', last + 1);
}

/** Whether a number, or what the masker put in its place, follows in the same turn. */
function isAnswered({ count, kinds, words, entries }: Tokens, last: number): boolean {
  let spoken = 0;
  for (let at = last + 1; at < count; at++) {
    if (words[at] === '[]' || (kinds[at] === DIGITS && (words[at] ?? '').length > 2)) return true;
    const entry = entries[at];
    if (entry?.unit !== undefined || entry?.teen !== undefined || entry?.ten !== undefined) spoken++;
  }
  return spoken > 2;
}
