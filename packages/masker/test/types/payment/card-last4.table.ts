import type { TypeTable } from '../type-table.ts';

export const table: TypeTable = {
  type: 'CREDIT_CARD_LAST4',
  personal: [
    'card ending in {CREDIT_CARD_LAST4|4242}',
    'my visa ends in {CREDIT_CARD_LAST4|4242}',
    'the last four of my card are {CREDIT_CARD_LAST4|4242}',
    'visa ****{CREDIT_CARD_LAST4|4242}',
    'card x{CREDIT_CARD_LAST4|4242}',
    'mastercard *{CREDIT_CARD_LAST4|4242}',
    'the card ends with {CREDIT_CARD_LAST4|four two four two}',
    'last 4 digits of the card: {CREDIT_CARD_LAST4|4242}',
  ],
  ordinary: [
    'my ticket ends in 4412',
    'order ending in 4412',
    'the call ended at 10:30',
    'the year ends in december',
    'tracking ends in 4412',
    'the last four weeks were fine',
    'the last 4 orders came late',
    'it ends in tears',
  ],
};
