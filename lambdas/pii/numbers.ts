/**
 * Digits as people write and say them: an automaton over tokens that turns numerals and number words ("double seven",
 * "eight hundred", "twenty two", "oh") into atoms, and neighbouring atoms into runs.
 */
import { lookUp } from './lexicon.ts';
import type { Term } from './terms.ts';
import { DIGITS, PUNCTUATION, type Tokens, WORD } from './tokens.ts';
import type { TermKind } from './vocabulary.ts';

/** One numeral or spoken number and the digits it stands for. */
export interface Atom {
  digits: string;
  /** Other reading of "twenty five": 205 instead of 25. */
  long?: string;
  /** First and last token, inclusive. */
  first: number;
  last: number;
  start: number;
  end: number;
  spoken: boolean;
  /** Part of an amount ("two hundred and five", "$415", "1,234,567", "3.5"): never part of an identifier. */
  quantity: boolean;
  /** Letters touch it ("B2", "10-rc1"): part of a code. */
  glued: boolean;
  /** A colon ties it to other digits ("08:00"). */
  clock: boolean;
  /** A plus sign or the word "plus" stands before it. */
  plus: boolean;
  /** Signs that hide the digits before it: "**** 4242", "xx4242". */
  tail: boolean;
  /** How the gap to the previous atom of the run reads. */
  gap: Gap;
}

export const NO_GAP = 0;
/** Only signs that are written inside numbers. */
export const TIGHT_GAP = 1;
/** A comma, a line break, a filler word. */
export const LOOSE_GAP = 2;
/** "no, sorry": what follows starts over. */
export const CORRECTION_GAP = 3;
export type Gap = typeof NO_GAP | typeof TIGHT_GAP | typeof LOOSE_GAP | typeof CORRECTION_GAP;

const MAGNITUDES = new Set(['thousand', 'million', 'billion', 'trillion', 'grand', 'k']);
const CURRENCIES = new Set(['$', '€', '£', '¥', '₹', 'usd', 'eur', 'gbp', 'cad', 'rs', 'us$']);
const FILLERS = new Set([
  'uh',
  'uhh',
  'um',
  'umm',
  'er',
  'erm',
  'ah',
  'eh',
  'hm',
  'hmm',
  'mm',
  'like',
  'so',
  'then',
  'and',
  'okay',
  'ok',
  'yeah',
  'yes',
  'yep',
  'right',
  'well',
  'followed',
  'by',
  'dash',
  'hyphen',
  'minus',
  'slash',
  'space',
  'dot',
  'point',
  'period',
  'comma',
  'stroke',
  'next',
  'another',
  'again',
  'plus',
  'got',
  'it',
  'you',
  'know',
  'let',
  'me',
  'see',
  'just',
  'a',
  'sec',
  'second',
  'thats',
  'is',
  'its',
  'paren',
  'parentheses',
  'open',
  'close',
  'area',
  'code',
  'last',
  'the',
  'rest',
  'of',
  'number',
  'digits',
]);
const CORRECTIONS = new Set([
  'no',
  'sorry',
  'wait',
  'scratch',
  'actually',
  'correction',
  'mean',
  'oops',
  'rather',
  'nope',
  'strike',
]);
const TIGHT = /^[\s\-./()_~*+•·|\\]{0,8}$/;

/** Whether a word (lower case) can belong to a spoken number. */
export function isNumberWord(word: string): boolean {
  const entry = lookUp(word);
  return (
    entry !== undefined &&
    (entry.unit !== undefined || entry.teen !== undefined || entry.ten !== undefined || entry.repeat !== undefined)
  );
}

/** Whether a word may stand between the digits of one number. */
export function isFiller(word: string): boolean {
  return FILLERS.has(word) || CORRECTIONS.has(word);
}

/** The runs of a text: atoms that may belong to one number, in order. Number words inside `terms` are no atoms. */
export function findRuns(tokens: Tokens, terms: readonly Term[] = []): Atom[][] {
  const atoms = findAtoms(tokens, terms);
  const runs: Atom[][] = [];
  let run: Atom[] = [];
  for (const atom of atoms) {
    const previous = run.at(-1);
    const gap = previous === undefined ? undefined : gapBetween(tokens, previous, atom);
    if (gap === undefined || run.length >= 60) {
      if (run.length > 0) runs.push(run);
      run = [];
    } else atom.gap = gap;
    run.push(atom);
  }
  if (run.length > 0) runs.push(run);
  return runs;
}

function gapBetween(tokens: Tokens, before: Atom, after: Atom): Gap | undefined {
  if (after.plus || before.quantity || after.quantity || before.clock || after.clock) return undefined;
  if (after.first === before.last + 1) {
    const space = tokens.text.slice(before.end, after.start);
    return space.length > 4 && !/^\s{1,8}$/.test(space) ? undefined : space.includes('\n') ? LOOSE_GAP : TIGHT_GAP;
  }
  const count = after.first - before.last - 1;
  if (count > 7) return undefined;
  const between = tokens.text.slice(before.end, after.start);
  if (between.length <= 8 && TIGHT.test(between)) return between.includes('\n') ? LOOSE_GAP : TIGHT_GAP;
  let words = 0;
  let correction = false;
  for (let i = before.last + 1; i < after.first; i++) {
    const word = tokens.words[i] ?? '';
    if (tokens.kinds[i] === PUNCTUATION) {
      if (!/^[-.,/()_~*…—]$/.test(word)) return undefined;
    } else if (CORRECTIONS.has(word)) correction = true;
    else if (word === 'i' || FILLERS.has(word) || /^(?:u+h+|u+m+|e+r+m*|h+m+|m+)$/.test(word)) words++;
    else return undefined;
  }
  return words > 6 ? undefined : correction ? CORRECTION_GAP : LOOSE_GAP;
}

/** Phrases whose number words count digits: "last four", "the three digits", "six digit code". */
const COUNTING: ReadonlySet<TermKind> = new Set(['LAST4', 'CVV', 'PIN', 'CARD', 'SSN']);

function findAtoms(tokens: Tokens, terms: readonly Term[]): Atom[] {
  const atoms: Atom[] = [];
  let next = 0;
  for (let at = 0; at < tokens.count; ) {
    while (next < terms.length && (terms[next]?.last ?? 0) < at) next++;
    const term = terms[next];
    if (term !== undefined && term.first <= at && term.words > 1 && COUNTING.has(term.kind)) {
      at = term.last + 1;
      continue;
    }
    const atom =
      tokens.kinds[at] === DIGITS ? numeral(tokens, at) : tokens.kinds[at] === WORD ? spoken(tokens, at) : undefined;
    if (atom === undefined) at++;
    else {
      atoms.push(atom);
      at = atom.last + 1;
    }
  }
  return atoms;
}

function makeAtom(tokens: Tokens, digits: string, first: number, last: number, isSpoken: boolean): Atom {
  const before = tokens.words[first - 1];
  const touching = (tokens.ends[first - 1] ?? -1) >= (tokens.starts[first] ?? 0) - (isSpoken ? 2 : 1);
  return {
    digits,
    first,
    last,
    start: tokens.starts[first] ?? 0,
    end: tokens.ends[last] ?? 0,
    spoken: isSpoken,
    quantity: false,
    glued: false,
    clock: false,
    plus: (before === '+' && touching) || (before === 'plus' && first > 0),
    tail: false,
    gap: NO_GAP,
  };
}

const GLUE_BEFORE = /[A-Za-z_#^=]$/;

function numeral(tokens: Tokens, at: number): Atom {
  const { text, words } = tokens;
  const atom = makeAtom(tokens, words[at] ?? '', at, at, false);
  const { start, end } = atom;
  const before = text[start - 1] ?? '';
  const after = text[end] ?? '';
  if (/[A-Za-z]/.test(after))
    atom.glued = !/^(?:x|ext)\s?\.?\s?\d/i.test(text.slice(end, end + 6)) && !gluedUnit(text, end);
  else if (after === '-' && /[A-Za-z]/.test(text[end + 1] ?? ''))
    atom.glued = /^-[A-Za-z]{1,3}(?![A-Za-z])/.test(text.slice(end, end + 6));
  if (GLUE_BEFORE.test(before)) atom.glued ||= !gluedToTellingWord(text, start);
  else if (before === '-' && /[A-Za-z]/.test(text[start - 2] ?? ''))
    atom.glued ||=
      /(?<![A-Za-z])[A-Za-z]{1,5}-$/.test(text.slice(Math.max(0, start - 7), start)) &&
      /[A-Z]-$/.test(text.slice(start - 2, start)) &&
      !/\bG-$/.test(text.slice(Math.max(0, start - 3), start));
  if (words[at]?.length === 4 && /[*xX.\u2022\u2026 -]/.test(before)) atom.tail = isTail(text, start);
  if (atom.tail) atom.glued = false;
  if (end - start >= LONG_ID && isId(words, at)) atom.glued = true;
  // "08:00", "16:9"
  if ((after === ':' && isDigit(text[end + 1])) || (before === ':' && isDigit(text[start - 2]))) atom.clock = true;
  // "$415", "€ 20", "9.99", "1,234,567", "45%"
  const previousWord = words[at - 1] ?? '';
  if (CURRENCIES.has(previousWord) && start - (tokens.ends[at - 1] ?? 0) <= 1) atom.quantity = true;
  if (after === '%' && !isHex(text.slice(end + 1, end + 3))) atom.quantity = true;
  if (before === ',' || before === '.' || after === ',' || after === '.') atom.quantity ||= inAmount(text, start, end);
  if (
    CURRENCIES.has((words[at + 1] ?? '').toLowerCase()) &&
    (tokens.starts[at + 1] ?? 0) - end <= 1 &&
    !isDigit(text[tokens.ends[at + 1] ?? 0])
  )
    atom.quantity = true;
  return atom;
}

const TELLING_GLUE =
  /(?:^|[^A-Za-z])(?:ssn|tel|ph|phone|cell|mob|mobile|fax|call|text|is|at|on|no|num|number|card|cvv|cvc|pin|exp|dob|acct|account|routing|aba|code|u|x)[_#=]?$/i;

/** "?id=4471", "&orderId=4471", "ts=1714989296": ids and times in addresses and logs. */
const QUERY_ID = /(?:^|[^A-Za-z])(?:[a-z]{0,8}(?:_id|Id|ID)|id|ref|ts|time|seq|offset)=$/;

function gluedToTellingWord(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 12), start);
  return (/[#=]$/.test(before) && !QUERY_ID.test(before)) || TELLING_GLUE.test(before);
}

/** "415-555-0132is", "4th": letters right after the digits that do not make a code of them. */
function gluedUnit(text: string, end: number): boolean {
  return /^(?:is|and|or|thx|thanks|pls|please|my|exp|cvv|cvc|dob|ssn|zip|phone|cell|tel|email)(?![A-Za-z])/i.test(
    text.slice(end, end + 7),
  );
}

/** Digits of an id that could be taken for something else. */
const LONG_ID = 9;

/** "id 4471220936", "ID: 4471220936", not the id of a caller or a taxpayer. */
function isId(words: readonly string[], at: number): boolean {
  const before = /^[:=#]$|^is$/.test(words[at - 1] ?? '') ? at - 2 : at - 1;
  return words[before] === 'id' && !/^(?:caller|tax|taxpayer)$/.test(words[before - 1] ?? '');
}

const TAIL = /(?:[*\u2022]{2,}|\.{3}|\u2026|(?<![A-Za-z])[xX]{1,12})[ -]{0,2}$/;

/** Whether the digits are what is left of a longer number: "**** **** 4242", "xx-4242", "x4242". */
function isTail(text: string, start: number): boolean {
  return TAIL.test(text.slice(Math.max(0, start - 14), start));
}

/** An amount around the digits: grouped thousands, or one decimal point that no other digit group follows. */
function inAmount(text: string, start: number, end: number): boolean {
  let from = start;
  let to = end;
  while (from > 0 && start - from < 24 && /[\d.,]/.test(text[from - 1] ?? '')) from--;
  while (to < text.length && to - end < 24 && /[\d.,]/.test(text[to] ?? '')) to++;
  const amount = text.slice(from, to).replace(/^[.,]+|[.,]+$/g, '');
  const lead = text.slice(Math.max(0, from - 2), from);
  if (/^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(amount)) return !/\d{3},\d{3},\d{3},\d{3}/.test(amount);
  if (/[$€£¥₹]\s?$/.test(lead)) return true;
  return /^\d{1,7}[.,]\d{1,2}$/.test(amount) || /^\d{1,3}\.\d{3,20}$/.test(amount);
}

function spoken(tokens: Tokens, at: number): Atom | undefined {
  const entry = tokens.entries[at];
  if (entry === undefined) return undefined;
  const { words } = tokens;
  const next = words[at + 1] ?? '';
  const unit = unitAt(tokens, at);
  if (unit !== undefined) {
    if (next === 'hundred' && unit !== '0') return hundreds(tokens, at, unit);
    if (MAGNITUDES.has(next) && next !== 'k') return magnitude(tokens, at, at + 1, `${unit}000`);
    return finish(tokens, makeAtom(tokens, unit, at, at, true));
  }
  if (entry.teen !== undefined) {
    if (next === 'hundred') return hundreds(tokens, at, entry.teen);
    if (MAGNITUDES.has(next)) return magnitude(tokens, at, at + 1, `${entry.teen}000`);
    return finish(tokens, makeAtom(tokens, entry.teen, at, at, true));
  }
  if (entry.ten !== undefined) return tens(tokens, at, entry.ten);
  if (entry.repeat !== undefined) return repeated(tokens, at, entry.repeat);
  return undefined;
}

/** "fifty", "fifty five": both 55 and 505 are readings of the latter. */
function tens(tokens: Tokens, at: number, ten: string): Atom {
  const { words } = tokens;
  const next = words[at + 1] ?? '';
  const last = at + (next === '-' ? 2 : 1);
  const digit = unitAt(tokens, last);
  if (digit !== undefined && digit !== '0') {
    if (MAGNITUDES.has(words[last + 1] ?? '')) return magnitude(tokens, at, last + 1, `${ten}${digit}000`);
    if (words[last + 1] === 'hundred') return makeAtom(tokens, `${ten}0${digit}00`, at, last + 1, true);
    const atom = makeAtom(tokens, ten + digit, at, last, true);
    atom.long = `${ten}0${digit}`;
    return finish(tokens, atom);
  }
  if (MAGNITUDES.has(next)) return magnitude(tokens, at, at + 1, `${ten}0000`);
  return finish(tokens, makeAtom(tokens, `${ten}0`, at, at, true));
}

/** "double seven", "triple 5", "double oh", "triple nines". */
function repeated(tokens: Tokens, at: number, times: number): Atom | undefined {
  const next = tokens.words[at + 1] ?? '';
  const numeralAfter = tokens.kinds[at + 1] === DIGITS && next.length === 1 ? next : undefined;
  const plural = lookUp(next.replace(/(?:(?<=x)es|s)$/, ''))?.unit;
  const digit = unitAt(tokens, at + 1) ?? numeralAfter ?? (next === 'o' ? '0' : plural);
  return digit === undefined ? undefined : makeAtom(tokens, digit.repeat(times), at, at + 1, true);
}

function unitAt(tokens: Tokens, at: number): string | undefined {
  const entry = tokens.entries[at];
  if (entry === undefined) return undefined;
  if (entry.unit !== undefined || entry.likeness === undefined) return entry.unit;
  const word = tokens.words[at] ?? '';
  const isWord =
    word === 'to' || word === 'too' || word === 'for' || word === 'fore' || word === 'ate' || word === 'won';
  return (isWord ? amidDigits(tokens, at) : besideDigits(tokens, at)) ? entry.likeness : undefined;
}

function isPlainUnit(tokens: Tokens, at: number): boolean {
  return (
    tokens.entries[at]?.unit !== undefined || (tokens.kinds[at] === DIGITS && (tokens.words[at] ?? '').length <= 4)
  );
}

function besideDigits(tokens: Tokens, at: number): boolean {
  return (
    isPlainUnit(tokens, at - 1) ||
    (isPlainUnit(tokens, at + 1) && tokens.words[at + 1] !== 'oh') ||
    tokens.words[at - 1] === 'o'
  );
}

function amidDigits(tokens: Tokens, at: number): boolean {
  const unit = (i: number): boolean => tokens.kinds[i] === WORD && isPlainUnit(tokens, i);
  return unit(at - 2) && unit(at - 1) && unit(at + 1) && unit(at + 2);
}

function finish(tokens: Tokens, atom: Atom): Atom {
  const after = tokens.words[atom.last + 1] ?? '';
  // "the three digits on the back" counts them.
  if (after === 'percent' || after === 'digit' || after === 'digits') atom.quantity = true;
  return atom;
}

/** "eight hundred" is 800; "two hundred and thirty four" is an amount. */
function hundreds(tokens: Tokens, at: number, lead: string): Atom {
  const after = tokens.words[at + 2] ?? '';
  const atom = makeAtom(tokens, `${lead}00`, at, at + 1, true);
  if (after === 'and' || MAGNITUDES.has(after) || after === 'dollars' || after === 'percent') {
    atom.quantity = true;
    atom.last = amountEnd(tokens, at + 2) - 1;
    atom.end = tokens.ends[atom.last] ?? atom.end;
  }
  return atom;
}

/** "two thousand", "forty five thousand three hundred": an amount, except as the digits of a year or a number. */
function magnitude(tokens: Tokens, first: number, last: number, digits: string): Atom {
  const isThousand = tokens.words[last] === 'thousand';
  const after = tokens.words[last + 1] ?? '';
  const atom = makeAtom(tokens, digits, first, last, true);
  atom.quantity = !isThousand || digits.length !== 4 || after === 'and' || tokens.words[last + 2] === 'hundred';
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
    if (word !== 'and' && word !== 'hundred' && !MAGNITUDES.has(word) && !isNumberWord(word)) break;
    at++;
  }
  while (at > from && tokens.words[at - 1] === 'and') at--;
  return at;
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9';
}

function isHex(text: string): boolean {
  return /^[0-9a-fA-F]{2}$/.test(text);
}
