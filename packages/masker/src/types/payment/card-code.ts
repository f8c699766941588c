import { type PiiTypeDescriptor, reading, ungrouped, worth } from '../descriptor.ts';
import { isExpiry } from './card-expiry.ts';

/** The code on a card: by words, or right after its number. */
export const cardCode: PiiTypeDescriptor<'CREDIT_CARD_CVV'> = {
  name: 'CREDIT_CARD_CVV',
  replacement: '[CARD_CVV]',
  enabled: 'by default',
  foundBy: 'context',
  announcedBy: [
    {
      kind: 'CVV',
      answer: 'short',
      plain: 'words',
      inNames: 'anywhere',
      isTalk: undefined,
      phrases: `
        cvv
        c v v
        cvv2
        cvc
        c v c
        cvc2
        cid
        csc
        c s c
        security code
        card security code
        card code
        card verification
        verification value
        three digits
        three digit
        three digit code
        3 digits
        3 digit
        3 digit code
        back of the card
        back of your card
        on the back
        number on the back
        digits on the back
        code on the back
        last three
        last three digits
        four digits on the front
        4 digits on the front
        signature strip
        signature panel
        three numbers on the back
        back is
        code on the front
        four on the front
        three on the back
        four on front
        security digits
        security number
        cvn
        cv code
        ccv
        c c v
      `,
    },
  ],
  linking: 'never',
  spelling: ungrouped,
  spansTurns: true,
  readBack: true,
  underAnyName: 'never',
  texts: [],
  codes: [],
  date: undefined,
  digits: {
    byShape: undefined,
    byWords: {
      // "09 27" answers the other half of "expiry and security code?".
      CVV: (shape, kinds) =>
        shape.groups === '2-2' ||
        (kinds.includes('EXPIRY') && shape.readings.some((digits) => digits.length > 3 && isExpiry(digits)))
          ? undefined
          : worth(2.2, reading(shape, 3, 4)),
      // "exp 11/28 code 604": the code of the card.
      PIN: (shape, kinds) =>
        shape.length === 3 && (kinds.includes('EXPIRY') || kinds.includes('CARD'))
          ? worth(2.1, shape.digits)
          : undefined,
    },
    lastFourOf: [],
    follows: (previous, digits) =>
      (previous === 'CREDIT_CARD' || previous === 'CREDIT_CARD_EXPIRY') && /^\d{3,4}$/.test(digits) ? 1.4 : undefined,
    outweighsTopic: undefined,
    outweighsExclusion: undefined,
    isAmount: (digits, kinds) => digits.length === 3 && kinds[0] === 'CVV',
    whenCorrected: undefined,
    extent: undefined,
  },
};
