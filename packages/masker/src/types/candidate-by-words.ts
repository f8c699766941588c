/** What the words around digits make of them. */

import type { PiiType } from '../model/pii-types.ts';
import type { TermKind } from '../model/term-kind.ts';
import { isItin, isNanp, isRoutingNumber, isSsn } from '../numbers/checksums.ts';
import type { Shape } from '../numbers/shape.ts';
import { type Candidate, HIGHEST_SCORE } from './candidate-by-shape.ts';

/** Whether the words of one kind make these digits personal. */
export function candidateByWords(
  kind: TermKind,
  shape: Shape,
  kinds: readonly TermKind[],
  whole: boolean,
): Candidate | undefined {
  if (shape.corrected && kind !== 'PHONE' && kind !== 'NUMBER') return undefined;
  if (shape.tail && shape.length === 4) return as(lastFourOf(kinds), 2.4, shape.digits);
  switch (kind) {
    case 'PHONE':
      if (shape.corrected || isDottedQuad(shape)) return undefined;
      return (
        // A trunk zero begins the whole of a national number.
        (whole && !shape.spoken && shape.digits.startsWith('0')
          ? as('PHONE_NUMBER', 2.5, reading(shape, 9, 13))
          : undefined) ??
        as(
          'PHONE_NUMBER',
          2.4,
          shape.readings.find((digits) => digits.length === 10 && isNanp(digits)),
        ) ??
        as('PHONE_NUMBER', 2.1, reading(shape, 10, 11)) ??
        as('PHONE_NUMBER', whole ? 1.6 : 1.3, reading(shape, 7, 15))
      );
    case 'NUMBER':
      if (shape.corrected) return undefined;
      // "my social … the number is": nine digits are what the other word says.
      if (kinds.includes('SSN') && reading(shape, 9, 9) !== undefined) return as('US_SSN', 2.3, reading(shape, 9, 9));
      return (
        as('PHONE_NUMBER', 2.1, reading(shape, 10, 11)) ??
        as('PHONE_NUMBER', 1.3, reading(shape, 9, 13)) ??
        (shape.groups === '3-4' || (shape.spoken && whole) ? as('PHONE_NUMBER', 1.2, reading(shape, 7, 7)) : undefined)
      );
    case 'SSN':
      return (
        as('US_SSN', 2.5, reading(shape, 9, 9)) ??
        as('US_SSN_LAST4', 2, reading(shape, 4, 4)) ??
        (whole ? as('US_SSN', 1.2, reading(shape, 5, 8)) : undefined)
      );
    case 'TAX': {
      const digits = reading(shape, 9, 9);
      if (digits === undefined) return undefined;
      return isItin(digits) ? as('US_ITIN', 2.5, digits) : isSsn(digits) ? as('US_SSN', 2.3, digits) : undefined;
    }
    case 'CARD':
      return (
        as('CREDIT_CARD', 2.3, reading(shape, 15, 16)) ??
        as('CREDIT_CARD', 1.8, reading(shape, 12, 19)) ??
        (whole ? as('CREDIT_CARD', 1.2, reading(shape, 8, 11)) : undefined)
      );
    case 'LAST4':
      return as(lastFourOf(kinds), 2.4, reading(shape, 4, 5));
    case 'CVV':
      // "09 27" answers the other half of "expiry and security code?".
      if (
        shape.groups === '2-2' ||
        (kinds.includes('EXPIRY') && shape.readings.some((digits) => digits.length > 3 && isExpiry(digits)))
      )
        return undefined;
      // A security code of six digits is sent, not printed.
      return as('CREDIT_CARD_CVV', 2.2, reading(shape, 3, 4)) ?? as('PIN', 2.1, reading(shape, 6, 6));
    case 'EXPIRY':
      return as('CREDIT_CARD_EXPIRY', 2.3, shape.readings.find(isExpiry));
    case 'DOB':
      return as(
        'DATE_OF_BIRTH',
        2.2,
        shape.readings.find((digits) => isBirthDate(digits) && (digits.length > 3 || shape.groups === '1-2')),
      );
    case 'BANK':
      if (kinds.includes('ROUTING') && shape.length === 9 && isRoutingNumber(shape.digits))
        return as('ABA_ROUTING_NUMBER', 2.4, shape.digits);
      return as('US_BANK_NUMBER', whole ? 2.1 : 1.5, reading(shape, 6, 17));
    case 'IBAN':
      // Nothing else has so many digits.
      return whole ? as('IBAN_CODE', shape.length > 20 ? HIGHEST_SCORE : 1.5, reading(shape, 6, 30)) : undefined;
    case 'ROUTING':
      return (
        as('ABA_ROUTING_NUMBER', 2.4, reading(shape, 9, 9)) ??
        (whole ? as('ABA_ROUTING_NUMBER', 1.2, reading(shape, 8, 8)) : undefined)
      );
    case 'PIN':
      // "exp 11/28 code 604": the code of the card.
      if (shape.length === 3 && (kinds.includes('EXPIRY') || kinds.includes('CARD')))
        return as('CREDIT_CARD_CVV', 2.1, shape.digits);
      return as('PIN', 2.1, reading(shape, 4, 8));
    case 'SIN':
      return as('CA_SIN', 2.5, reading(shape, 9, 9));
    case 'AADHAAR':
      return as('IN_AADHAAR', 2.5, reading(shape, 12, 12));
    case 'PASSPORT':
      return as('US_PASSPORT', 2.2, reading(shape, 8, 9));
    case 'LICENSE':
      return as('US_DRIVER_LICENSE', 2, reading(shape, 6, 13));
    default:
      return undefined;
  }
}

/** The first reading of a length from `low` to `high`. */
function reading({ readings }: Shape, low: number, high: number): string | undefined {
  for (const digits of readings) if (digits.length >= low && digits.length <= high) return digits;
  return undefined;
}

function as(type: PiiType, score: number, digits: string | undefined): Candidate | undefined {
  return digits === undefined ? undefined : { type, score, digits };
}

/** "10.4.5.21": an address or a version. */
function isDottedQuad(shape: Shape): boolean {
  return shape.groupCount === 4 && shape.separators === '...' && /^[1-3](?:-[1-3]){3}$/.test(shape.groups);
}

function lastFourOf(kinds: readonly TermKind[]): PiiType {
  for (const kind of kinds) {
    if (kind === 'SSN' || kind === 'TAX') return 'US_SSN_LAST4';
    if (kind === 'CARD') return 'CREDIT_CARD_LAST4';
    if (kind === 'BANK') return 'US_BANK_NUMBER';
    if (kind === 'PHONE') return 'PHONE_NUMBER';
  }
  return 'CREDIT_CARD_LAST4';
}

/** MMYY, MMYYYY, YYYYMM, or the MYY of "nine twenty seven". */
export function isExpiry(digits: string): boolean {
  if (digits.length < 3 || digits.length > 6) return false;
  return /^(?:(?:0[1-9]|1[0-2])(?:20)?[1-4]\d|[1-9][2-4]\d|[1-9]20[2-4]\d|20[2-4]\d(?:0[1-9]|1[0-2]))$/.test(digits);
}

function isBirthDate(digits: string): boolean {
  return (
    /^(?:(?:0?[1-9]|1[0-2])(?:0?[1-9]|[12]\d|3[01])(?:(?:19|20)?\d{2})?|(?:0?[1-9]|[12]\d|3[01])(?:0?[1-9]|1[0-2])(?:(?:19|20)?\d{2})?|(?:19|20)\d{2}(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))?)$/.test(
      digits,
    ) && digits.length >= 3
  );
}
