/** Account numbers that are spelled: "n l six one i n g b oh four …", "g for golf, bravo, five five …". */
import { passesMod97 } from './checksums.ts';
import { ibanLength } from './iban.ts';
import { isFiller } from './numbers.ts';
import { spokenNumber } from './spoken-numbers.ts';
import { DIGITS, PUNCTUATION, type Tokens, WORD } from './tokens.ts';
import type { Span } from './types.ts';

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

/** "n w b k six oh one six …": the answer is nothing but characters, so it goes on with what was said before. */
function restOfIban(tokens: Tokens): Span[] {
  let text = '';
  let first = -1;
  let last = -1;
  for (let at = 0; at < tokens.count; ) {
    const piece = charactersAt(tokens, at);
    if (piece === undefined) {
      if (!mayStandBetween(tokens, at)) return [];
      at++;
      continue;
    }
    if (first < 0) first = at;
    text += piece.text;
    last = piece.last;
    at = last + 1;
  }
  if (text.length < SHORTEST_REST || !/[a-z]/.test(text) || !/\d/.test(text)) return [];
  return [{ type: 'IBAN_CODE', start: tokens.starts[first] ?? 0, end: tokens.ends[last] ?? 0 }];
}

/** The last token of the number that begins at a token; -1 for none. */
function endFrom(tokens: Tokens, first: number, shortest: number): number {
  let text = '';
  let last = -1;
  let length = Number.POSITIVE_INFINITY;
  for (let at = first; at < tokens.count && text.length < length; ) {
    const piece = charactersAt(tokens, at);
    if (piece === undefined) {
      if (last < 0 || !mayStandBetween(tokens, at)) break;
      at++;
      continue;
    }
    text += piece.text;
    if (!/^[a-z]{1,2}$|^[a-z]{2}\d/.test(text)) return -1;
    if (text.length >= 2) length = ibanLength(text.slice(0, 2)) ?? 0;
    last = piece.last;
    at = last + 1;
  }
  if (!/^[a-z]{2}\d\d/.test(text) || length === 0) return -1;
  return text.length >= shortest || (text.length === length && passesMod97(text.toUpperCase())) ? last : -1;
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
