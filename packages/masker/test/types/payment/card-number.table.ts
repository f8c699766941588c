import type { TypeTable } from '../type-table.ts';

export const table: TypeTable = {
  type: 'CREDIT_CARD',
  personal: [
    'card {CREDIT_CARD|4242 4242 4242 4242}',
    'my visa is {CREDIT_CARD|4111111111111111}',
    'amex {CREDIT_CARD|3782 822463 10005}',
    '{CREDIT_CARD|5555-5555-5555-4444} please',
    'the card number is {CREDIT_CARD|four two four two, four two four two, four two four two, four two four two}',
    'charge {CREDIT_CARD|4000056655665556}',
    'card number {CREDIT_CARD|1234 5678 9012 3456}',
    'it is {CREDIT_CARD|6011 1111 1111 1117}',
  ],
  ordinary: [
    'order 4471220 is late',
    'tracking 1234567890123456',
    'the account has 16 digits',
    'my card has expired',
    'I have two cards and four plans',
    '1111 2222 3333 is my favourite',
    'invoice number 9990001112223334',
    'the card costs 25 a year',
  ],
};
