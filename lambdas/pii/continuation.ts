/** Whether a number goes on from one turn to the next: "the area code is 415" - "okay" - "then 555 0132". */
import { ASKS_LONG, ASKS_SHORT, RELEASES } from './gates.ts';
import { type Atom, isFiller, isNumberWord } from './numbers.ts';
import { DIGITS, PUNCTUATION, type Tokens } from './tokens.ts';

/** Tokens that may stand before or after the digits. */
const REACH = 6;

/** Words that may stand after digits which a next turn goes on with. */
const TAIL_WORDS = new Set(
  'is the area code then first so far okay ok and yeah right that thats for start with to begin um uh er yes comma dash part half as in got it you'.split(
    ' ',
  ),
);
/** Words that may stand before digits which go on from an earlier turn. */
const HEAD_WORDS = new Set(
  'yes yeah yep yup then its it is thats that and so okay ok right correct the rest last first next part number uh um er well no sorry again i said followed by after which dash sure four digits are'.split(
    ' ',
  ),
);

/** Whether nothing but filler words follows the last digits. */
export function endsInDigits(tokens: Tokens, runs: readonly (readonly Atom[])[]): boolean {
  const last = runs.at(-1)?.at(-1);
  if (last === undefined || last.quantity || last.glued || last.clock) return false;
  for (let i = last.last + 1; i < tokens.count; i++) {
    if (i - last.last > REACH) return false;
    const word = tokens.words[i] ?? '';
    if (tokens.kinds[i] !== PUNCTUATION && !TAIL_WORDS.has(word) && !isFiller(word)) return false;
  }
  return true;
}

/** Whether nothing but filler words comes before the first digits. */
export function startsWithDigits(tokens: Tokens, runs: readonly (readonly Atom[])[]): boolean {
  const first = runs[0]?.[0];
  if (first === undefined || first.quantity || first.glued || first.clock) return false;
  for (let i = 0; i < first.first; i++) {
    if (i > REACH) return false;
    const word = tokens.words[i] ?? '';
    if (tokens.kinds[i] !== PUNCTUATION && tokens.kinds[i] !== DIGITS && !HEAD_WORDS.has(word) && !isFiller(word))
      return false;
  }
  return true;
}

const WORD_AT_END = /[\p{L}\p{N}]+(?:['’:][\p{L}\p{N}]+)?(?=[^\p{L}\p{N}]{0,12}$)/u;
const WORD_AT_START = /^[^\p{L}\p{N}]{0,12}([\p{L}\p{N}]+(?:['’:][\p{L}\p{N}]+)?)/u;
/** A word is looked for among so many characters. */
const WORD_REACH = 64;

/** A cheap look at the end of a text: never says no where {@link endsInDigits} says yes. */
export function mayEndInDigits(text: string): boolean {
  let rest = text.slice(-WORD_REACH);
  for (let words = 0; words <= REACH + 1; words++) {
    const match = WORD_AT_END.exec(rest);
    if (match === null) return text.length > WORD_REACH;
    const use = useOf(match[0], TAIL_WORDS);
    if (use !== SKIP) return use === NUMBER;
    rest = rest.slice(0, match.index);
  }
  return false;
}

/** A cheap look at the start of a text: never says no where {@link startsWithDigits} says yes. */
export function mayStartWithDigits(text: string): boolean {
  let rest = text.slice(0, WORD_REACH);
  for (let words = 0; words <= REACH + 1; words++) {
    const match = WORD_AT_START.exec(rest);
    if (match === null) return text.length > WORD_REACH;
    const use = useOf(match[1] ?? '', HEAD_WORDS);
    if (use !== SKIP) return use === NUMBER;
    rest = rest.slice(match[0].length);
  }
  return false;
}

const SKIP = 0;
const NUMBER = 1;
const STOP = 2;

function useOf(word: string, known: ReadonlySet<string>): typeof SKIP | typeof NUMBER | typeof STOP {
  if (/\p{N}/u.test(word)) return NUMBER;
  const plain = word.toLowerCase().replaceAll(/['’]/g, '');
  if (isNumberWord(plain) || plain === 'o') return NUMBER;
  return known.has(plain) || isFiller(plain) ? SKIP : STOP;
}

/** A short turn that asks for nothing: "mm-hm", "go ahead". `flags` are what the gates say of it. */
export function isAcknowledgement(text: string, flags: number): boolean {
  return text.length <= 48 && !text.includes('?') && (flags & (ASKS_SHORT | ASKS_LONG | RELEASES)) === 0;
}
