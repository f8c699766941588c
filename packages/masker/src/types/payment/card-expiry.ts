import { wordsOf } from '../../text/word-groups.ts';
import { type PiiTypeDescriptor, ungrouped, worth } from '../descriptor.ts';

/** MMYY, MMYYYY, YYYYMM, or the MYY of "nine twenty seven". */
export function isExpiry(digits: string): boolean {
  if (digits.length < 3 || digits.length > 6) return false;
  return /^(?:(?:0[1-9]|1[0-2])(?:20)?[1-4]\d|[1-9][2-4]\d|[1-9]20[2-4]\d|20[2-4]\d(?:0[1-9]|1[0-2]))$/.test(digits);
}

/** Month and year until which a card is good. */
export const cardExpiry: PiiTypeDescriptor<'CREDIT_CARD_EXPIRY'> = {
  name: 'CREDIT_CARD_EXPIRY',
  replacement: '[CARD_EXPIRY]',
  enabled: 'by default',
  foundBy: 'context',
  announcedBy: [
    {
      kind: 'EXPIRY',
      answer: 'short',
      plain: 'never',
      inNames: 'anywhere',
      isTalk: isOfSomethingElse,
      phrases: `
        expiry
        expiry date
        expiration
        expiration date
        expires
        expiring
        expire
        exp
        exp date
        expires on
        expires in
        valid thru
        valid through
        valid until
        valid to
        good thru
        good through
        expired
        valid till
        it expires
        expirey
        expirations
        experation
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
  date: 'EXPIRY',
  digits: {
    byShape: undefined,
    byWords: { EXPIRY: (shape) => worth(2.3, shape.readings.find(isExpiry)) },
    lastFourOf: [],
    follows: (previous, digits) => (previous === 'CREDIT_CARD' && isExpiry(digits) ? 2 : undefined),
    outweighsTopic: undefined,
    outweighsExclusion: undefined,
    isAmount: undefined,
    whenCorrected: undefined,
    extent: undefined,
  },
};

/** What expires and is no card. */
const EXPIRING = new Set(
  wordsOf({
    contracts: 'subscription contract trial plan policy lease membership insurance warranty guarantee',
    documents: 'license licence passport permit registration certificate prescription',
    offers:
      'offer promo promotion coupon coupons voucher vouchers deal discount quote points off sale savings rebate bogo bonus',
    bookings: 'reservation booking ticket',
    technique: 'domain token session lock password',
    goods: 'medication milk food',
  }),
);
const CARDS = new Set(['card', 'cards', 'visa', 'mastercard', 'amex', 'debit', 'credit']);
/** Words before "expires" that may name what does. */
const REACH = 3;

/** "my subscription expires" */
function isOfSomethingElse(words: readonly string[], first: number): boolean {
  for (let i = first - 1; i >= Math.max(0, first - REACH) && !CARDS.has(words[i] ?? ''); i--)
    if (EXPIRING.has(words[i] ?? '')) return true;
  return false;
}
