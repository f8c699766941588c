/** What digits are by themselves: their grouping, prefix and check digit. */

import type { MaskSettings } from '../model/options.ts';
import type { PiiType } from '../model/pii-types.ts';
import {
  isCardPrefix,
  isItin,
  isNanp,
  isRoutingNumber,
  isSsn,
  passesLuhn,
  passesVerhoeff,
} from '../numbers/checksums.ts';
import { isInternationalPhone, isNationalPhone } from '../numbers/phone-plans.ts';
import type { Shape } from '../numbers/shape.ts';

/** A type that digits candidate. */
export interface Candidate {
  type: PiiType;
  /** Worth per digit, {@link highestScore} at most: exact shapes and passed checks beat mere length. */
  score: number;
  digits: string;
}

/** No candidate is worth more per digit. */
export const HIGHEST_SCORE = 3.2;

/** What a candidate of so many digits is worth at most, be it by shape or by words; of the digits as they stand. */
export function highestScore(length: number, plus: boolean): number {
  if (plus) return HIGHEST_SCORE;
  return length >= SHORTEST_CARD ? 3 : length >= SHORTEST_SHAPE ? 2.6 : 2.5;
}

/** What the digits show by themselves. */
export function candidateByShape(shape: Shape, settings: MaskSettings): Candidate | undefined {
  if (shape.corrected) return undefined;
  for (const digits of shape.readings) {
    const candidate = strongReading(digits, shape, settings);
    if (candidate !== undefined) return candidate;
  }
  return undefined;
}

/** Fewer digits show nothing by themselves. */
const FEWEST_TELLING = 7;
const SHORTEST_SHAPE = 9;
const SHORTEST_CARD = 13;
const DATE_LIKE = /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])/;

const SPOKEN_YEARS = /^(?:(?:19|20)\d\d){2}/;

function strongReading(digits: string, shape: Shape, settings: MaskSettings): Candidate | undefined {
  const { length } = digits;
  if (length < FEWEST_TELLING) return undefined;
  const written = !shape.spoken;
  if (shape.plus && length >= 8 && length <= 15)
    return { type: 'PHONE_NUMBER', score: isInternationalPhone(digits) ? 3.2 : 2.1, digits };
  if (length >= SHORTEST_CARD && isCardGrouping(shape) && isCardPrefix(digits) && passesLuhn(digits))
    return { type: 'CREDIT_CARD', score: 3, digits };
  if (written && length === 9 && shape.groups === '3-2-4' && shape.uniform && !shape.separators.includes('()')) {
    if (isSsn(digits)) return { type: 'US_SSN', score: 2.6, digits };
    if (isItin(digits)) return { type: 'US_ITIN', score: 2.6, digits };
  }
  if (written && length === 9 && shape.groups === '4-4-1' && shape.separators === '--' && isRoutingNumber(digits))
    return { type: 'ABA_ROUTING_NUMBER', score: 2.5, digits };
  if (
    shape.spoken &&
    digits.startsWith('00') &&
    /^00[1-9]\d{8,12}$/.test(digits) &&
    isInternationalPhone(digits.slice(2))
  )
    return { type: 'PHONE_NUMBER', score: 2.6, digits };
  // "twenty nineteen, twenty twenty and twenty twenty one"
  if (shape.spoken && SPOKEN_YEARS.test(digits) && /^2(?:-2)+$/.test(shape.groups)) return undefined;
  const national = length === 11 && digits[0] === '1' ? digits.slice(1) : digits;
  if (national.length === 10) {
    if (written && isTelephoneGrouping(shape.groups) && !/[\\_*|]/.test(shape.separators)) {
      if (shape.groups.endsWith('3-3-4') || isNanp(national)) return { type: 'PHONE_NUMBER', score: 2.6, digits };
    }
    // Without words around them other groupings count only when blanks set them apart: "95130-64212" is no phone.
    const plain = !written || /^ *$/.test(shape.separators);
    if (written && shape.groups === '10' && DATE_LIKE.test(national)) return undefined;
    if (isNanp(national) && plain) return { type: 'PHONE_NUMBER', score: 2.2, digits };
    if (length === 11 && written && isNanp(national) && /^(?:1-|4-|7-4$|11$)/.test(shape.groups))
      return { type: 'PHONE_NUMBER', score: 2.2, digits };
  }
  if (written && digits.startsWith('0') && /^0(?:0|11)[1-9]\d{7,13}$/.test(digits) && shape.groups.includes('-'))
    return { type: 'PHONE_NUMBER', score: 2.1, digits };
  if (written && length >= 7 && length <= 15 && isNationalPhone(digits, shape, settings.regions))
    return { type: 'PHONE_NUMBER', score: 2.1, digits };
  if (
    length === 12 &&
    settings.types.has('IN_AADHAAR') &&
    /^4-4-4$|^12$/.test(shape.groups) &&
    /^[2-9]/.test(digits) &&
    passesVerhoeff(digits)
  )
    return { type: 'IN_AADHAAR', score: 2.1, digits };
  if (
    length === 9 &&
    settings.types.has('CA_SIN') &&
    shape.groups === '3-3-3' &&
    shape.uniform &&
    /^[1-79]/.test(digits) &&
    passesLuhn(digits)
  )
    return { type: 'CA_SIN', score: 2.1, digits };
  return undefined;
}

/** "2221 three seven eight four 0915 …": written groups of four among spoken digits. */
const MIXED_CARD = /^(?:4|1-1-1-1)(?:-4|-1-1-1-1){3}$/;

/** One unbroken run, groups of up to four or the groups of a card, or spoken throughout. */
function isCardGrouping({ groups, spoken, mixed }: Shape): boolean {
  if (mixed) return MIXED_CARD.test(groups);
  return spoken || !groups.includes('-') || /^[1-4](?:-[1-4])+$|^4-6-[345]$|^4-4-4-4-3$|^6-\d{7,13}$/.test(groups);
}

/** Of ten digits, with a country code before them or without. */
function isTelephoneGrouping(groups: string): boolean {
  return groups.endsWith('3-3-4') || groups === '3-7' || groups === '6-4' || groups === '1-10';
}

/** Whether the digits stand in the groups of a card. */
export function isGroupedCard(shape: Shape, candidate: Candidate | undefined): boolean {
  return candidate?.type === 'CREDIT_CARD' && /^(?:4-4-4-4|4-6-5|4-6-4)$/.test(shape.groups);
}

/** Whether digits are written as nothing but their type is: a card with its check digit, "(415) 555-0132", "531-72-4409". */
export function isUnmistakable(shape: Shape, candidate: Candidate | undefined): boolean {
  switch (candidate?.type) {
    case 'CREDIT_CARD':
    case 'US_SSN':
    case 'US_ITIN':
      return true;
    case 'PHONE_NUMBER':
      return !shape.spoken && shape.groups.endsWith('3-3-4') && isNanp(candidate.digits.slice(-10));
    default:
      return false;
  }
}
