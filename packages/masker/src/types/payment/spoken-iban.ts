/** Account numbers that are spelled: "n l six one i n g b oh four …", "g for golf, bravo, five five …". */

import type { Span } from '../../model/pii-types.ts';
import { passesMod97 } from '../../numbers/checksums.ts';
import { isFiller } from '../../numbers/runs.ts';
import { spokenNumber } from '../../numbers/spoken-numbers.ts';
import { DIGITS, PUNCTUATION, type Tokens, WORD } from '../../text/tokens.ts';
import { ibanLength } from './find-ibans.ts';

/** The letters of the radio alphabet. */
const RADIO = new Map(
  'alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike november oscar papa quebec romeo sierra tango uniform victor whiskey xray yankee zulu'
    .split(' ')
    .map((word) => [word, word[0] as string]),
);

/** Characters of what may be the first part of a number, where one is asked for. */
const SHORTEST_PART = 4;
/** Characters of an answer that goes on with one. */
const SHORTEST_REST = 6;
/** Characters of a number that is broken off or misheard. */
const SHORTEST = 10;

/**
 * Spelled account numbers. To be asked where the text or the turn before names one: letters and digits alone are no sign.
 *
 * @param isAsked the turn before asks for one: its first part counts, too
 * @example of "d e eight nine three seven zero four …" -> one IBAN_CODE over the whole
 */
export function findSpokenIbans(tokens: Tokens, isAsked: boolean): Span[] {
  const spans: Span[] = [];
  for (let at = 0; at < tokens.count; at++) {
    const end = endFrom(tokens, at, isAsked ? SHORTEST_PART : SHORTEST);
    if (end < 0) continue;
    spans.push({ type: 'IBAN_CODE', start: tokens.starts[at] ?? 0, end: tokens.ends[end] ?? 0 });
    at = end;
  }
  if (isAsked && spans.length === 0) spans.push(...restOfIban(tokens));
  return spans;
}

/** Characters that are spelled one after the other. */
interface Spelling {
  text: string;
  first: number;
  last: number;
  /** The token at which it ends: another word, or what would be one character too many. */
  next: number;
}

/**
 * The characters from a token on.
 *
 * @param goesOn whether to read on after the characters so far
 */
function spellingFrom(tokens: Tokens, from: number, goesOn: (text: string) => boolean): Spelling {
  const spelling: Spelling = { text: '', first: -1, last: -1, next: from };
  while (spelling.next < tokens.count && goesOn(spelling.text)) {
    const piece = charactersAt(tokens, spelling.next);
    if (piece === undefined) {
      if (!mayStandBetween(tokens, spelling.next)) break;
      spelling.next++;
      continue;
    }
    if (spelling.first < 0) spelling.first = spelling.next;
    spelling.text += piece.text;
    spelling.last = piece.last;
    spelling.next = piece.last + 1;
  }
  return spelling;
}

/** "n w b k six oh one six …": the answer is nothing but characters, so it goes on with what was said before. */
function restOfIban(tokens: Tokens): Span[] {
  const { text, first, last, next } = spellingFrom(tokens, 0, () => true);
  if (next < tokens.count || text.length < SHORTEST_REST || !/[a-z]/.test(text) || !/\d/.test(text)) return [];
  return [{ type: 'IBAN_CODE', start: tokens.starts[first] ?? 0, end: tokens.ends[last] ?? 0 }];
}

/** The last token of the number that begins at a token; -1 for none. */
function endFrom(tokens: Tokens, first: number, shortest: number): number {
  if (charactersAt(tokens, first) === undefined) return -1;
  const { text, last } = spellingFrom(tokens, first, (soFar) => HEAD.test(soFar) && soFar.length < lengthOf(soFar));
  if (!/^[a-z]{2}\d\d/.test(text)) return -1;
  const length = lengthOf(text);
  return length > 0 && (text.length >= shortest || (text.length === length && passesMod97(text.toUpperCase())))
    ? last
    : -1;
}

/** What a number may begin with: its country, then check digits. */
const HEAD = /^[a-z]{0,2}$|^[a-z]{2}\d/;

/** The length that the country of a number asks for; 0 for a country without, no limit before it is known. */
function lengthOf(text: string): number {
  return text.length < 2 ? Number.POSITIVE_INFINITY : (ibanLength(text.slice(0, 2)) ?? 0);
}

function mayStandBetween({ kinds, words, entries }: Tokens, at: number): boolean {
  return kinds[at] === PUNCTUATION ? words[at] === ',' || words[at] === '-' : isFiller(entries[at]);
}

/** What a token, or a few that belong together, spell; undefined for ordinary words. */
function charactersAt(tokens: Tokens, at: number): { text: string; last: number } | undefined {
  const { words, kinds } = tokens;
  const word = words[at] ?? '';
  if (kinds[at] === DIGITS) return { text: word, last: at };
  if (kinds[at] !== WORD) return undefined;
  const number = spokenNumber(tokens, at);
  if (number !== undefined) return { text: number.digits, last: number.last };
  if (/^[a-z]$/.test(word)) return { text: word, last: at + lengthOfHelp(words, at + 1) };
  const letter = RADIO.get(word);
  return letter === undefined ? undefined : { text: letter, last: at };
}

/** "g for golf", "b as in boy": tokens that only say which letter it was. */
function lengthOfHelp(words: readonly string[], at: number): number {
  if ((words[at] === 'for' || words[at] === 'like') && (words[at + 1] ?? '').length > 1) return 2;
  return words[at] === 'as' && words[at + 1] === 'in' ? 3 : 0;
}
