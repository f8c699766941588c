/**
 * Numbers as people say them: an automaton over tokens that turns number words ("double seven", "eight hundred", "twenty
 * two", "oh") into atoms.
 */

import { isNumberEntry, WordSet } from '../text/lexicon.ts';
import { HOMOPHONES, HUNDRED, MAGNITUDES, singular, UNITS } from '../text/number-words.ts';
import { DIGITS, type Tokens, WORD } from '../text/tokens.ts';
import { type Atom, makeAtom } from './atom.ts';

const MAGNITUDE_SET = new WordSet(MAGNITUDES);

/**
 * The atom of the number words at a token; undefined when there are none.
 *
 * @example spokenNumber(tokenise('forty two'), 0)?.digits // '42'
 */
export function spokenNumber(tokens: Tokens, at: number): Atom | undefined {
  const entry = tokens.entries[at];
  if (entry === undefined) return undefined;
  const { words, entries } = tokens;
  const next = words[at + 1] ?? '';
  const nextEntry = entries[at + 1];
  const unit = unitAt(tokens, at);
  if (unit !== undefined) {
    if (next === HUNDRED && unit !== '0') return hundreds(tokens, at, unit);
    if (MAGNITUDE_SET.has(nextEntry) && next !== 'k') return magnitude(tokens, at, at + 1, `${unit}000`);
    return finish(tokens, makeAtom(tokens, unit, at, at, true));
  }
  if (entry.teen !== undefined) {
    if (next === HUNDRED) return hundreds(tokens, at, entry.teen);
    if (MAGNITUDE_SET.has(nextEntry)) return magnitude(tokens, at, at + 1, `${entry.teen}000`);
    return finish(tokens, makeAtom(tokens, entry.teen, at, at, true));
  }
  if (entry.ten !== undefined) return tens(tokens, at, entry.ten);
  if (entry.repeat !== undefined) return repeated(tokens, at, entry.repeat);
  return undefined;
}

/** "fifty", "fifty five", "fifty five hundred": both 55 and 505 are readings of "fifty five". */
function tens(tokens: Tokens, at: number, ten: string): Atom {
  const { words, entries } = tokens;
  const next = words[at + 1] ?? '';
  const last = at + (next === '-' ? 2 : 1);
  const digit = unitAt(tokens, last);
  if (digit !== undefined && digit !== '0') {
    if (MAGNITUDE_SET.has(entries[last + 1])) return magnitude(tokens, at, last + 1, `${ten}${digit}000`);
    const [zeros, end] = words[last + 1] === HUNDRED ? ['00', last + 1] : ['', last];
    const atom = makeAtom(tokens, ten + digit + zeros, at, end, true);
    atom.long = `${ten}0${digit}${zeros}`;
    return finish(tokens, atom);
  }
  if (MAGNITUDE_SET.has(entries[at + 1])) return magnitude(tokens, at, at + 1, `${ten}0000`);
  return finish(tokens, makeAtom(tokens, `${ten}0`, at, at, true));
}

/** "double seven", "triple 5", "double oh", "triple nines". */
function repeated(tokens: Tokens, at: number, times: number): Atom | undefined {
  const next = tokens.words[at + 1] ?? '';
  const numeralAfter = tokens.kinds[at + 1] === DIGITS && next.length === 1 ? next : undefined;
  const plain = singular(next);
  const digit =
    unitAt(tokens, at + 1) ?? numeralAfter ?? (next === 'o' ? '0' : plain === undefined ? undefined : UNITS.get(plain));
  return digit === undefined ? undefined : makeAtom(tokens, digit.repeat(times), at, at + 1, true);
}

function unitAt(tokens: Tokens, at: number): string | undefined {
  const entry = tokens.entries[at];
  if (entry === undefined) return undefined;
  if (entry.unit !== undefined || entry.likeness === undefined) return entry.unit;
  return (HOMOPHONES.has(tokens.words[at] ?? '') ? amidDigits(tokens, at) : besideDigits(tokens, at))
    ? entry.likeness
    : undefined;
}

function isPlainUnit(tokens: Tokens, at: number): boolean {
  return (
    tokens.entries[at]?.unit !== undefined || (tokens.kinds[at] === DIGITS && (tokens.words[at] ?? '').length <= 4)
  );
}

function besideDigits(tokens: Tokens, at: number): boolean {
  // "niño531": the end of a word.
  if (tokens.kinds[at - 1] === WORD && tokens.ends[at - 1] === tokens.starts[at]) return false;
  return (
    isPlainUnit(tokens, at - 1) ||
    (isPlainUnit(tokens, at + 1) && tokens.words[at + 1] !== 'oh') ||
    tokens.words[at - 1] === 'o'
  );
}

function amidDigits(tokens: Tokens, at: number): boolean {
  const unit = (i: number): boolean => tokens.kinds[i] === WORD && isPlainUnit(tokens, i);
  if (!unit(at - 1) && !unit(at + 1)) return false;
  return (unit(at - 2) && unit(at - 1) && unit(at + 1) && unit(at + 2)) || isInWholeNumber(tokens, at);
}

/** Digits of numbers that are whole: a social security number, a telephone number, a card. */
const WHOLE = new Set([9, 10, 16]);
const LONGEST_WHOLE = 16;

/** Before a number that a homophone begins: "my number is for one five …". */
const BEFORE_NUMBERS = new Set(['is', 'its', 'number', 'phone', 'cell', 'card', 'social', 'ssn', ':', ',', '.']);

/** "for one five five five five oh won three too": with the words that sound like digits it is a whole number. */
function isInWholeNumber({ count, entries, kinds, words }: Tokens, at: number): boolean {
  const isUnit = (i: number): boolean => entries[i]?.unit !== undefined;
  const counts = (i: number): boolean => isUnit(i) || entries[i]?.likeness !== undefined;
  let first = at;
  while (at - first < LONGEST_WHOLE && counts(first - 1)) first--;
  let last = at;
  while (last - first <= LONGEST_WHOLE && counts(last + 1)) last++;
  // "the number for two one two …", "… one four two for my mother": mere prepositions.
  if (first > 0 && !BEFORE_NUMBERS.has(words[first - 1] ?? '')) while (first < last && !isUnit(first)) first++;
  if (last < count - 1 && kinds[last + 1] === WORD) while (last > first && !isUnit(last)) last--;
  let units = 0;
  for (let i = first; i <= last; i++) if (isUnit(i)) units++;
  const length = last - first + 1;
  return at >= first && at <= last && WHOLE.has(length) && 2 * units > length;
}

function finish(tokens: Tokens, atom: Atom): Atom {
  const after = tokens.words[atom.last + 1] ?? '';
  // "the three digits on the back" counts them.
  if (after === 'percent' || after === 'digit' || after === 'digits') atom.quantity = true;
  return atom;
}

/** "eight hundred" is 800; "two hundred and thirty four" is an amount; "one hundred twenty three" is 10023 or 123. */
function hundreds(tokens: Tokens, at: number, lead: string): Atom {
  const after = tokens.words[at + 2] ?? '';
  const rest = restOfHundred(tokens, after === 'and' ? at + 3 : at + 2);
  const atom = makeAtom(tokens, `${lead}00`, at, at + 1, true);
  const isCounted = rest !== undefined && MAGNITUDE_SET.has(tokens.entries[rest.last + 1]);
  if (
    after === 'and' ||
    isCounted ||
    MAGNITUDE_SET.has(tokens.entries[at + 2]) ||
    after === 'dollars' ||
    after === 'percent'
  ) {
    atom.quantity = true;
    atom.last = amountEnd(tokens, at + 2) - 1;
    atom.end = tokens.ends[atom.last] ?? atom.end;
    if (rest !== undefined && rest.last === atom.last) atom.digits = lead + rest.digits;
    return atom;
  }
  if (rest === undefined || isNumberEntry(tokens.entries[rest.last + 1])) return atom;
  const whole = makeAtom(tokens, `${lead}00${rest.digits}`, at, rest.last, true);
  whole.long = lead + rest.digits;
  return finish(tokens, whole);
}

/** "twenty three", "twelve" after "hundred". */
function restOfHundred({ entries, words }: Tokens, at: number): { digits: string; last: number } | undefined {
  const entry = entries[at];
  const unit = entry?.ten === undefined ? undefined : entries[at + 1]?.unit;
  const last = unit === undefined || unit === '0' ? at : at + 1;
  // "eight hundred fifty five hundred": two of them.
  if (words[last + 1] === HUNDRED) return undefined;
  if (entry?.teen !== undefined) return { digits: entry.teen, last };
  return entry?.ten === undefined ? undefined : { digits: entry.ten + (last > at ? unit : '0'), last };
}

/** "two thousand", "forty five thousand three hundred": an amount, except as the digits of a year or a number. */
function magnitude(tokens: Tokens, first: number, last: number, digits: string): Atom {
  const isThousand = tokens.words[last] === 'thousand';
  const after = tokens.words[last + 1] ?? '';
  const atom = makeAtom(tokens, digits, first, last, true);
  atom.quantity = !isThousand || digits.length !== 4 || after === 'and' || tokens.words[last + 2] === HUNDRED;
  if (atom.quantity) {
    atom.last = amountEnd(tokens, last + 1) - 1;
    atom.end = tokens.ends[atom.last] ?? atom.end;
  }
  return atom;
}

function amountEnd(tokens: Tokens, from: number): number {
  let at = from;
  while (at < tokens.count && at - from < 12) {
    const word = tokens.words[at] ?? '';
    const entry = tokens.entries[at];
    if (word !== 'and' && word !== HUNDRED && !MAGNITUDE_SET.has(entry) && !isNumberEntry(entry)) break;
    at++;
  }
  while (at > from && tokens.words[at - 1] === 'and') at--;
  return at;
}
