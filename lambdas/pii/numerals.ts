/** Numerals: what they are part of, told by the signs and letters that touch them. */
import { type Atom, makeAtom } from './atom.ts';
import type { Tokens } from './tokens.ts';

const CURRENCIES = new Set(['$', '€', '£', '¥', '₹', 'usd', 'eur', 'gbp', 'cad', 'rs', 'us$']);

const GLUE_BEFORE = /[A-Za-z_#^=]$/;

/** The atom of the digits at a token. */
export function numeral(tokens: Tokens, at: number): Atom {
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

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9';
}

function isHex(text: string): boolean {
  return /^[0-9a-fA-F]{2}$/.test(text);
}
