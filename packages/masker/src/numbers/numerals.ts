/** Numerals: what they are part of, told by the signs and letters that touch them. */
import { COLON, isDigit, isLetter } from '../text/ascii.ts';
import { WordSet } from '../text/lexicon.ts';
import type { Tokens } from '../text/tokens.ts';
import { type Atom, makeAtom } from './atom.ts';

const CURRENCIES = new WordSet(['$', '€', '£', '¥', '₹', 'usd', 'eur', 'gbp', 'cad', 'rs']);

const HYPHEN = 0x2d;
const UNDERSCORE = 0x5f;
const PERCENT = 0x25;
const COMMA = 0x2c;
const POINT = 0x2e;

/**
 * The atom of the digits at a token.
 *
 * @example numeral(tokenise('call 415'), 1).digits // '415'
 */
export function numeral(tokens: Tokens, at: number): Atom {
  const { text, words } = tokens;
  const atom = makeAtom(tokens, words[at] ?? '', at, at, false);
  const { start, end } = atom;
  const before = text.charCodeAt(start - 1);
  const after = text.charCodeAt(end);
  atom.glued = isGluedAfter(text, start, end, after) || isGluedBefore(text, start, before);
  if (end - start === TAIL_DIGITS && isTail(text, start)) {
    atom.tail = true;
    atom.glued = false;
  }
  if (end - start >= LONG_ID && isId(words, at)) atom.glued = true;
  // "08:00", "16:9", and the port after an address that was masked
  if (
    (after === COLON && isDigit(text.charCodeAt(end + 1))) ||
    (before === COLON && (isDigit(text.charCodeAt(start - 2)) || words[at - 2] === '[]'))
  )
    atom.clock = true;
  atom.quantity = isAmount(tokens, at, before, after);
  return atom;
}

/** "4th", "10-rc1": letters after the digits make a code of them, unless they begin a word of their own. */
function isGluedAfter(text: string, start: number, end: number, after: number): boolean {
  if (isLetter(after)) return !/^(?:x|ext)\s?\.?\s?\d/i.test(text.slice(end, end + 6)) && !gluedUnit(text, end);
  return (
    after === HYPHEN &&
    isLetter(text.charCodeAt(end + 1)) &&
    /^-[A-Za-z]{1,3}(?![A-Za-z])/.test(text.slice(end, end + 6)) &&
    // "212-555-0142-H" is a number and whose it is.
    !(end - start === LINE_DIGITS && TELEPHONE_BEFORE.test(text.slice(Math.max(0, start - 9), start)))
  );
}

/** "B2", "#4471", "RC-1": so do letters and signs before them. */
function isGluedBefore(text: string, start: number, before: number): boolean {
  // "531_72_4409": the sign parts groups of digits.
  if (before === UNDERSCORE && isDigit(text.charCodeAt(start - 2))) return false;
  if (isLetter(before) || GLUE.has(before))
    return !gluedToTellingWord(text, start) && !(isWordBefore(text, start) && isWrittenLikeNothingElse(text, start));
  return (
    before === HYPHEN &&
    isLetter(text.charCodeAt(start - 2)) &&
    /(?<![A-Za-z])[A-Za-z]{1,5}-$/.test(text.slice(Math.max(0, start - 7), start)) &&
    /[A-Z]-$/.test(text.slice(start - 2, start)) &&
    !/\bG-$/.test(text.slice(Math.max(0, start - 3), start))
  );
}

/** Digits of the last group of "(212) 555-0142", and the groups before it. */
const LINE_DIGITS = 4;
const TELEPHONE_BEFORE = /\d{3}\)?[-. ]{0,2}\d{3}[-. ]$/;

/** "employee_", "señor": a word, no letters of a code. */
function isWordBefore(text: string, start: number): boolean {
  return /\p{L}{3}_?$/u.test(text.slice(Math.max(0, start - 5), start));
}

/** In the groups of a social security or a telephone number, or with the length of a card. */
function isWrittenLikeNothingElse(text: string, start: number): boolean {
  return /^(?:\d{3}([-.])(?:\d{2}|[2-9]\d{2})\1\d{4}|[2-6]\d{14,15})(?![\w-])/.test(text.slice(start, start + 20));
}

const GLUE = new Set([...'_#^='].map((sign) => sign.charCodeAt(0)));

/** "$415", "€ 20", "9.99", "1,234,567", "45%" */
function isAmount({ text, entries, starts, ends }: Tokens, at: number, before: number, after: number): boolean {
  const start = starts[at] ?? 0;
  const end = ends[at] ?? 0;
  if (start - (ends[at - 1] ?? 0) <= 1 && CURRENCIES.has(entries[at - 1])) return true;
  if (after === PERCENT && !isHex(text.slice(end + 1, end + 3))) return true;
  const isParted = before === COMMA || before === POINT || after === COMMA || after === POINT;
  if (isParted && inAmount(text, start, end)) return true;
  return (
    (starts[at + 1] ?? 0) - end <= 1 && CURRENCIES.has(entries[at + 1]) && !isDigit(text.charCodeAt(ends[at + 1] ?? 0))
  );
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

/** Digits that are shown of a longer number. */
const TAIL_DIGITS = 4;
const HIDING = new Set([...'*xX.\u2022\u2026'].map((sign) => sign.charCodeAt(0)));
const TAIL = /(?:[*\u2022]{2,}|(?<![\w)*])\*|\.{3}|\u2026|(?<![A-Za-z])[xX]{1,12})[ -]{0,2}$/;

/** Whether the digits are what is left of a longer number: "**** **** 4242", "xx-4242", "x4242". */
function isTail(text: string, start: number): boolean {
  let at = start - 1;
  for (let blanks = 0; blanks < 2 && (text[at] === ' ' || text[at] === '-'); blanks++) at--;
  return HIDING.has(text.charCodeAt(at)) && TAIL.test(text.slice(Math.max(0, start - 14), start));
}

const CURRENCY_BEFORE = /[$€£¥₹]\s?$/;

/** An amount around the digits: grouped thousands, or one decimal point that no other digit group follows. */
function inAmount(text: string, start: number, end: number): boolean {
  let from = start;
  let to = end;
  // "22, 1980": the comma parts a sentence.
  const isParted = text[start - 1] !== ',' && text[start - 1] !== '.' && !isDigit(text.charCodeAt(end + 1));
  if (isParted) return CURRENCY_BEFORE.test(text.slice(Math.max(0, start - 2), start));
  while (from > 0 && start - from < 24 && /[\d.,]/.test(text[from - 1] ?? '')) from--;
  while (to < text.length && to - end < 24 && /[\d.,]/.test(text[to] ?? '')) to++;
  const amount = text.slice(from, to).replace(/^[.,]+|[.,]+$/g, '');
  const lead = text.slice(Math.max(0, from - 2), from);
  if (/^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(amount)) return !/\d{3},\d{3},\d{3},\d{3}/.test(amount);
  if (CURRENCY_BEFORE.test(lead)) return true;
  return /^\d{1,7}[.,]\d{1,2}$/.test(amount) || /^\d{1,3}\.\d{3,20}$/.test(amount);
}

function isHex(text: string): boolean {
  return /^[0-9a-fA-F]{2}$/.test(text);
}
