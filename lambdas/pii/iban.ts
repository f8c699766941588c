/** International bank account numbers: country, length and check digits. */
import { passesMod97 } from './checksums.ts';
import type { Span } from './types.ts';

/** Length per country (SWIFT IBAN registry). */
const LENGTHS = new Map<string, number>();
for (const entry of (
  'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 ' +
  'GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 ' +
  'MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 ' +
  'TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
).split(' '))
  LENGTHS.set(entry.slice(0, 2), Number(entry.slice(2)));

const HEAD = /(?<![A-Za-z0-9])([A-Z]{2}|[a-z]{2})[ -]?\d[ -]?\d(?=[ -]?[A-Za-z0-9])/g;

const LETTERS_AND_DIGIT = /[A-Za-z]{2}[ -]?\d/;
const CAPITALS_AND_DIGITS = /[A-Z]\d\d/;

/** Account numbers whose check digits are right, or that the word IBAN announces. */
export function findIbans(text: string): Span[] {
  const spans: Span[] = [];
  if (!LETTERS_AND_DIGIT.test(text)) return spans;
  for (const match of text.matchAll(HEAD)) {
    const start = match.index;
    const length = LENGTHS.get((match[1] ?? '').toUpperCase());
    if (length === undefined || (spans.at(-1)?.end ?? 0) > start) continue;
    const taken = take(text, start, length);
    if (taken === undefined) continue;
    const { iban, end } = taken;
    const oneCase = iban === iban.toUpperCase() || iban === iban.toLowerCase();
    const announced = /iban\b[^.!?]{0,24}$/i.test(text.slice(Math.max(0, start - 40), start));
    if ((oneCase && passesMod97(iban.toUpperCase())) || (announced && /\d{8}/.test(iban)))
      spans.push({ type: 'IBAN_CODE', start, end });
  }
  return spans;
}

const PART = /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[ -]?[A-Z\d]{3,4}){1,7}(?![A-Za-z0-9])/g;

/** The first part of an account number that goes on in a later turn, where one was asked for. */
export function findIbanParts(text: string): Span[] {
  const spans: Span[] = [];
  for (const match of text.matchAll(PART)) {
    if (LENGTHS.has(match[0].slice(0, 2).toUpperCase()))
      spans.push({ type: 'IBAN_CODE', start: match.index, end: match.index + match[0].length });
  }
  return spans;
}

/** `length` letters and digits from `start`, single blanks or dashes between them; nothing may follow directly. */
function take(text: string, start: number, length: number): { iban: string; end: number } | undefined {
  let iban = '';
  let at = start;
  let separator = '';
  for (; at < text.length && iban.length < length; at++) {
    const character = text[at] ?? '';
    if (/[A-Za-z0-9]/.test(character)) iban += character;
    else if (
      (character === ' ' || character === '-') &&
      /[A-Za-z0-9]/.test(text[at - 1] ?? '') &&
      (separator === '' || separator === character)
    )
      separator = character;
    else return undefined;
  }
  return iban.length < length || /[A-Za-z0-9]/.test(text[at] ?? '') ? undefined : { iban, end: at };
}

const SHAPE =
  /(?<![A-Za-z0-9])[A-Z] ?[A-Z]\d\d(?:[ -]?[A-Za-z0-9]{3,4}){2,7}(?:[ -]?[A-Za-z0-9]{1,3}){0,2}(?![A-Za-z0-9])/g;

/** Stretches written like an IBAN whose check digits are wrong: their digits are not to be read as anything else. */
export function findIbanShapes(text: string): { start: number; end: number }[] {
  const shapes: { start: number; end: number }[] = [];
  if (!CAPITALS_AND_DIGITS.test(text)) return shapes;
  for (const match of text.matchAll(SHAPE)) {
    if (LENGTHS.has(match[0].replace(' ', '').slice(0, 2)) && /\d{3}/.test(match[0]))
      shapes.push({ start: match.index, end: match.index + match[0].length });
  }
  return shapes;
}
