/** Whether a number goes on from one turn to the next: "the area code is 415" - "okay" - "then 555 0132". */

import type { Atom } from '../numbers/atom.ts';
import { isFiller } from '../numbers/runs.ts';
import { ASKS_ADDRESS, ASKS_LONG, ASKS_SHORT, EXCLUDES, MAY_EXCLUDE } from '../prefilter/prefilter.ts';
import { APOSTROPHE, COLON, isDigit, isLetter, isLetterOrDigit, LOWER_CASE } from '../text/ascii.ts';
import { extendWordHash, isNumberEntry, lookUpIn, WordSet } from '../text/lexicon.ts';
import { DIGITS, PUNCTUATION, type Tokens } from '../text/tokens.ts';
import { wordsOf } from '../text/word-groups.ts';

/** Tokens that may stand before or after the digits. */
const REACH = 6;

/** Words that may stand after digits which a next turn goes on with. */
const TAIL_WORDS = new WordSet(
  wordsOf({
    parts: 'the area code first part half',
    being: 'is that thats',
    links: 'then so far and for with to as in',
    assent: 'okay ok yeah yes right got it you',
    hesitations: 'um uh er',
    beginning: 'start begin',
    signs: 'comma dash',
  }),
);
/** Words that may stand before digits which go on from an earlier turn. */
const HEAD_WORDS = new WordSet(
  wordsOf({
    assent: 'yes yeah yep yup okay ok right correct sure well',
    being: 'its it is thats that are i said',
    links: 'then and so followed by after which again',
    parts: 'the rest last first next part number four digits',
    hesitations: 'uh um er no sorry',
    signs: 'dash',
  }),
);

/**
 * Whether nothing but filler words follows the last digits.
 *
 * @example of "the area code is 415, okay" -> true
 */
export function endsInDigits(tokens: Tokens, runs: readonly (readonly Atom[])[]): boolean {
  const last = runs.at(-1)?.at(-1);
  if (last === undefined || last.quantity || last.glued || last.clock) return false;
  for (let i = last.last + 1; i < tokens.count; i++) {
    if (i - last.last > REACH) return false;
    const entry = tokens.entries[i];
    if (tokens.kinds[i] !== PUNCTUATION && !TAIL_WORDS.has(entry) && !isFiller(entry)) return false;
  }
  return true;
}

/**
 * Whether nothing but filler words comes before the first digits.
 *
 * @example of "then 555 0132" -> true
 */
export function startsWithDigits(tokens: Tokens, runs: readonly (readonly Atom[])[]): boolean {
  const first = runs[0]?.[0];
  if (first === undefined || first.quantity || first.glued || first.clock) return false;
  for (let i = 0; i < first.first; i++) {
    if (i > REACH) return false;
    const entry = tokens.entries[i];
    if (tokens.kinds[i] !== PUNCTUATION && tokens.kinds[i] !== DIGITS && !HEAD_WORDS.has(entry) && !isFiller(entry))
      return false;
  }
  return true;
}

/**
 * Whether a text may end in digits, by a cheap look at its end: never false where {@link endsInDigits} is true.
 *
 * @example mayEndInDigits('the area code is 415, okay') // true
 */
export function mayEndInDigits(text: string): boolean {
  let at = text.length;
  for (let words = 0; words <= REACH; words++) {
    while (at > 0 && !isWordCode(text.charCodeAt(at - 1))) at--;
    const end = at;
    while (at > 0 && isWordCode(text.charCodeAt(at - 1))) at--;
    const use = useOf(text, at, end, TAIL_WORDS);
    if (use !== SKIP) return use === NUMBER;
  }
  return false;
}

/**
 * Whether a text may start with digits, by a cheap look at its start: never false where {@link startsWithDigits} is true.
 *
 * @example mayStartWithDigits('then 555 0132') // true
 */
export function mayStartWithDigits(text: string): boolean {
  const { length } = text;
  let at = 0;
  for (let words = 0; words <= REACH; words++) {
    while (at < length && !isWordCode(text.charCodeAt(at))) at++;
    const start = at;
    while (at < length && isWordCode(text.charCodeAt(at))) at++;
    const use = useOf(text, start, at, HEAD_WORDS);
    if (use !== SKIP) return use === NUMBER;
  }
  return false;
}

/** Letters, digits, apostrophes and colons inside of them, and everything beyond ASCII. */
function isWordCode(code: number): boolean {
  return isLetterOrDigit(code) || code >= 0x80 || code === APOSTROPHE || code === COLON;
}

const SKIP = 0;
const NUMBER = 1;
const STOP = 2;

function useOf(text: string, start: number, end: number, known: WordSet): typeof SKIP | typeof NUMBER | typeof STOP {
  if (start === end) return STOP;
  let hasDigit = false;
  // Of the word in lower case and without signs.
  let hash = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    // Beyond ASCII anything may be a digit.
    if (code >= 0x80 || isDigit(code)) hasDigit = true;
    else if (isLetter(code)) hash = extendWordHash(hash, code | LOWER_CASE);
    // "10:30" is a time.
    else if (code === COLON && isDigit(text.charCodeAt(at - 1)) && isDigit(text.charCodeAt(at + 1))) return STOP;
  }
  if (hasDigit) return NUMBER;
  const entry = lookUpIn(text, start, end, hash);
  if (isNumberEntry(entry) || entry?.likeness === '0') return NUMBER;
  return known.has(entry) || isFiller(entry) ? SKIP : STOP;
}

/** A short turn that asks for nothing: "mm-hm", "go ahead". `flags` are the prefilter's. */
export function isAcknowledgement(text: string, flags: number): boolean {
  return (
    text.length <= 48 &&
    !text.includes('?') &&
    (flags & (ASKS_SHORT | ASKS_LONG | ASKS_ADDRESS | EXCLUDES | MAY_EXCLUDE)) === 0
  );
}
