import type { TermKind } from '../../model/type-table.ts';
import { passesLuhn } from '../../numbers/checksums.ts';
import type { Shape } from '../../numbers/shape.ts';
import { isSigned, type PiiTypeDescriptor, reading, ungrouped, type Worth, worth } from '../descriptor.ts';

/**
 * Whether issuer prefix and length go together (ISO/IEC 7812 ranges of the large schemes and UATP).
 *
 * @example isCardPrefix('4111111111111111') // true
 */
export function isCardPrefix(digits: string): boolean {
  const length = digits.length;
  switch (digits[0]) {
    case '1':
      return length === 15;
    case '2':
      return length === 16 && /^2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)/.test(digits);
    case '3':
      return length === 16
        ? /^35/.test(digits)
        : length === 15
          ? /^3[47]/.test(digits)
          : length === 14 && /^3(?:0|[689])/.test(digits);
    case '4':
      return length === 13 || length === 16 || length === 19;
    case '5':
      return length === 16 || (length >= 13 && length <= 19 && /^5[068]/.test(digits));
    case '6':
      return length === 16 || (length >= 13 && length <= 19 && /^6(?:01|2|3|4|5|7)/.test(digits));
    default:
      return false;
  }
}

/** As a number is printed on a card. */
const IN_GROUPS = /^(?:4-4-4-4|4-6-5|4-6-4)$/;

/** Numbers of payment cards: by issuer, length and check digit, or of any digits beside card words. */
export const cardNumber: PiiTypeDescriptor<'CREDIT_CARD'> = {
  name: 'CREDIT_CARD',
  replacement: '[CREDIT_CARD]',
  enabled: 'by default',
  foundBy: '13 to 19 digits with issuer prefix and check digit; 12 to 19 beside card words, whatever the check digit',
  announcedBy: [
    {
      kind: 'CARD',
      answer: 'short',
      plain: 'phrases',
      inNames: 'anywhere',
      isTalk: undefined,
      phrases: `
        card
        cards
        card number
        credit card
        credit card number
        debit card
        debit
        credit
        cc
        cc number
        cc no
        visa
        mastercard
        master card
        amex
        american express
        discover
        diners
        diners club
        jcb
        maestro
        long number
        the long number
        sixteen digits
        sixteen digit
        16 digits
        16 digit
        16digit
        fifteen digits
        15 digits
        front of the card
        front of your card
        card on file
        payment card
        pan
        new card
        other card
        number on the card
        number on the front
        number across the front
        card details
        card info
        plastic
        tarjeta
        tarjeta de crédito
        carte
        kreditkarte
        kartennummer
        bank card
        charge card
        mc
        corporate card
      `,
    },
  ],
  linking: 'never',
  spelling: ungrouped,
  spansTurns: true,
  readBack: true,
  underAnyName: (text, { start }) => /^\d{4}[ -]/.test(text.slice(start)),
  texts: [],
  codes: [],
  date: undefined,
  digits: {
    byShape: { from: 13, to: 19, highest: 3, score: scoreByShape },
    byWords: { CARD: scoreAsCard },
    lastFourOf: [],
    follows: undefined,
    // Right after "tracking" a number without groups is one of a parcel, whatever its check digit.
    outweighsTopic: ({ groups }, _digits, attached) => !attached || IN_GROUPS.test(groups),
    outweighsExclusion: ({ groups }) => IN_GROUPS.test(groups),
    isAmount: undefined,
    whenCorrected: (digits) => digits.length >= 15 && isCardPrefix(digits) && passesLuhn(digits),
    extent: undefined,
  },
};

function scoreByShape(digits: string, shape: Shape): number | undefined {
  return !isSigned(shape, digits) && isCardGrouping(shape) && isCardPrefix(digits) && passesLuhn(digits)
    ? 3
    : undefined;
}

/** "2221 three seven eight four 0915 …": written groups of four among spoken digits. */
const MIXED_CARD = /^(?:4|1-1-1-1)(?:-4|-1-1-1-1){3}$/;

/** One unbroken run, groups of up to four or the groups of a card, or spoken throughout. */
function isCardGrouping({ groups, spoken, mixed }: Shape): boolean {
  if (mixed) return MIXED_CARD.test(groups);
  return spoken || !groups.includes('-') || /^[1-4](?:-[1-4])+$|^4-6-[345]$|^4-4-4-4-3$|^6-\d{7,13}$/.test(groups);
}

/** Beside card words: a mistyped digit does not free the number. */
function scoreAsCard(shape: Shape, _kinds: readonly TermKind[], whole: boolean): Worth | undefined {
  return (
    worth(2.3, reading(shape, 15, 16)) ??
    worth(1.8, reading(shape, 12, 19)) ??
    // "06 39 98 12 34" is a telephone number of France.
    (whole && shape.groups !== '2-2-2-2-2' ? worth(1.2, reading(shape, 8, 11)) : undefined)
  );
}
