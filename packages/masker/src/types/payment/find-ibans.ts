/** International bank account numbers: country, length and check digits. */

import type { Span } from '../../model/pii-types.ts';
import { passesMod97 } from '../../numbers/checksums.ts';
import { isDigit, isLetter, isLetterOrDigit, LOWER_CASE } from '../../text/ascii.ts';
import { DIGITS, type Tokens } from '../../text/tokens.ts';

/** Length per country (SWIFT IBAN registry). */
const LENGTHS = new Map<string, number>();
for (const entry of (
  'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 ' +
  'GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 ' +
  'MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 ' +
  'TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
).split(' '))
  LENGTHS.set(entry.slice(0, 2), Number(entry.slice(2)));

/**
 * Letters and digits of an account number of a country, given by its two letters in any case.
 *
 * @example ibanLength('de') // 22
 */
export function ibanLength(country: string): number | undefined {
  return LENGTHS.get(country.toUpperCase());
}

const CAPITALS_AND_DIGITS = /[A-Z]\d\d/;

/**
 * Account numbers whose check digits are right, or that the word IBAN announces.
 *
 * @example of "it is DE89 3704 0044 0532 0130 00" -> one IBAN_CODE from 6
 */
export function findIbans({ text, count, kinds, starts, ends, words }: Tokens): Span[] {
  const spans: Span[] = [];
  for (let token = 0; token < count; token++) {
    const start = starts[token] as number;
    if (kinds[token] === DIGITS) addIbanAt(text, start, spans);
    else if (words[token] === '[]')
      for (let at = start + 1; at < (ends[token] as number); at++)
        if (isDigit(text.charCodeAt(at)) && !isDigit(text.charCodeAt(at - 1))) addIbanAt(text, at, spans);
  }
  return spans;
}

/** Adds the account number whose first check digit is at `digit`. */
function addIbanAt(text: string, digit: number, spans: Span[]): void {
  const start = headBefore(text, digit);
  if (start < 0 || (spans.at(-1)?.end ?? 0) > start) return;
  const length = ibanLength(text.slice(start, start + 2));
  const end = length === undefined ? undefined : endAfter(text, start, length);
  if (end === undefined) return;
  const iban = text.slice(start, end).replace(/[ -]/g, '');
  const oneCase = iban === iban.toUpperCase() || iban === iban.toLowerCase();
  const announced = /iban\b[^.!?]{0,24}$/i.test(text.slice(Math.max(0, start - 40), start));
  if ((oneCase && passesMod97(iban.toUpperCase())) || (announced && /\d{8}/.test(iban)))
    spans.push({ type: 'IBAN_CODE', start, end });
}

/** Where the country of an account number stands whose first check digit is at `digit`; -1 for nowhere. */
function headBefore(text: string, digit: number): number {
  const start = digit - (isSeparator(text.charCodeAt(digit - 1)) ? 3 : 2);
  const first = text.charCodeAt(start);
  const second = text.charCodeAt(start + 1);
  // Two letters of one case.
  if (!isLetter(first) || !isLetter(second) || (first & LOWER_CASE) !== (second & LOWER_CASE)) return -1;
  if (isLetterOrDigit(text.charCodeAt(start - 1))) return -1;
  const next = afterSeparator(text, digit + 1);
  if (!isDigit(text.charCodeAt(next))) return -1;
  return isLetterOrDigit(text.charCodeAt(afterSeparator(text, next + 1))) ? start : -1;
}

function afterSeparator(text: string, at: number): number {
  return isSeparator(text.charCodeAt(at)) ? at + 1 : at;
}

const PART = /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[ -]?[A-Z\d]{3,4}){1,7}(?![A-Za-z0-9])/g;

/**
 * The first part of an account number that goes on in a later turn, where one was asked for.
 *
 * @example of "it is DE89 3704 0044" -> one IBAN_CODE from 6
 */
export function findIbanParts(text: string): Span[] {
  const spans: Span[] = [];
  for (const match of text.matchAll(PART)) {
    if (ibanLength(match[0].slice(0, 2)) !== undefined)
      spans.push({ type: 'IBAN_CODE', start: match.index, end: match.index + match[0].length });
  }
  return spans;
}

/** The end of `length` letters and digits from `start`, single blanks or dashes between them; nothing may follow directly. */
function endAfter(text: string, start: number, length: number): number | undefined {
  let at = start;
  let separator = 0;
  for (let taken = 0; taken < length; at++) {
    const code = text.charCodeAt(at);
    if (isLetterOrDigit(code)) taken++;
    else if (isSeparator(code) && isLetterOrDigit(text.charCodeAt(at - 1)) && (separator === 0 || separator === code))
      separator = code;
    else return undefined;
  }
  return isLetterOrDigit(text.charCodeAt(at)) ? undefined : at;
}

/** A blank or a dash. */
function isSeparator(code: number): boolean {
  return code === 0x20 || code === 0x2d;
}

const SHAPE =
  /(?<![A-Za-z0-9])[A-Z] ?[A-Z]\d\d(?:[ -]?[A-Za-z0-9]{3,4}){2,7}(?:[ -]?[A-Za-z0-9]{1,3}){0,2}(?![A-Za-z0-9])/g;

/**
 * Stretches written like an IBAN whose check digits are wrong: their digits are not to be read as anything else.
 *
 * @example of "DE00 3704 0044 0532 0130 00" -> one stretch over the whole
 */
export function findIbanShapes(text: string): { start: number; end: number }[] {
  const shapes: { start: number; end: number }[] = [];
  if (!CAPITALS_AND_DIGITS.test(text)) return shapes;
  for (const match of text.matchAll(SHAPE)) {
    if (LENGTHS.has(match[0].replace(' ', '').slice(0, 2)) && /\d{3}/.test(match[0]))
      shapes.push({ start: match.index, end: match.index + match[0].length });
  }
  return shapes;
}
