/** Finds the phrases of the vocabulary in a tokenised text. */

import type { TermKind } from '../model/type-table.ts';
import { announcementOf, type PhraseNode } from './lexicon.ts';
import { DIGITS, PUNCTUATION, type Tokens } from './tokens.ts';

/** A phrase that says something about a number near it; tokens `first` to `last`, inclusive. */
export interface Term {
  kind: TermKind;
  first: number;
  last: number;
  words: number;
}

/** Names that may end in a digit. */
const VALUES_AHEAD = new Set(['cvv', 'cvc']);
/** Signs that may stand between the words of a phrase. */
const INSIDE_PHRASES = new Set(['-', '.', '#', '/', '_']);

/** Between a phrase that announces and what the number is for: "the phone number for the order". */
const LINKS = new Set(['for', 'on', 'with']);
const DETERMINERS = new Set(['the', 'this', 'that', 'your', 'my', 'our', 'an', 'a']);
/** "the phone number for the order": the order is what the number is for. */
function isPurpose(words: readonly string[], at: number, before: Term | undefined): boolean {
  return (
    before !== undefined &&
    before.last === at - 3 &&
    DETERMINERS.has(words[at - 1] ?? '') &&
    LINKS.has(words[at - 2] ?? '') &&
    isPlain(words, before)
  );
}

/** Whether a phrase names a value so plainly that what follows is only what it is for. */
function isPlain(words: readonly string[], { kind, last, words: length }: Term): boolean {
  const plain = announcementOf(kind)?.plain ?? 'never';
  if (plain === 'words') return true;
  return plain === 'phrases' ? length > 1 : plain !== 'never' && plain.includes(words[last] ?? '');
}

/** "the serial number on the back": where it stands. */
function isPlace(words: readonly string[], at: number, before: Term | undefined): boolean {
  return words[at] === 'on' && before?.kind === 'EXCLUSION' && before.last === at - 1;
}

/**
 * The terms of a text in order; at each place the longest phrase wins, and phrases do not overlap.
 *
 * @example findTerms(tokenise('my card number')).map(({ kind }) => kind) // ['CARD']
 */
export function findTerms(tokens: Tokens): Term[] {
  const terms: Term[] = [];
  const { count, entries, kinds, words } = tokens;
  for (let at = 0; at < count; at++) {
    let node: PhraseNode | undefined = entries[at]?.phrase;
    if (node === undefined) continue;
    let best = node.kinds.length > 0 ? node : undefined;
    let last = at;
    let length = 1;
    let bestLength = 1;
    for (let i = at + 1; i < count && node.next !== undefined; i++) {
      const word = words[i] ?? '';
      // "cvv2" is the name, "cvv 2 2 1" the value.
      if (kinds[i] === DIGITS && VALUES_AHEAD.has(words[at] ?? '') && tokens.starts[i] !== tokens.ends[i - 1]) break;
      const next: PhraseNode | undefined = node.next.get(word);
      if (next === undefined) {
        // "d.o.b.", "one-time", "account #"
        if (kinds[i] === PUNCTUATION && INSIDE_PHRASES.has(word)) continue;
        break;
      }
      node = next;
      length++;
      if (node.kinds.length > 0) {
        best = node;
        last = i;
        bestLength = length;
      }
    }
    if (best === undefined) continue;
    for (const kind of best.kinds)
      if (
        !(kind === 'EXCLUSION' && isPurpose(words, at, terms.at(-1))) &&
        !(kind === 'CVV' && isPlace(words, at, terms.at(-1)))
      )
        terms.push({ kind, first: at, last, words: bestLength });
    at = last;
  }
  return terms;
}

/**
 * Whether one of the terms is of a kind.
 *
 * @example hasKind(findTerms(tokenise('my card number')), 'CARD') // true
 */
export function hasKind(terms: readonly Term[], kind: TermKind): boolean {
  for (const term of terms) if (term.kind === kind) return true;
  return false;
}
