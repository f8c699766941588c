import type { TypeTable } from '../type-table.ts';

export const table: TypeTable = {
  type: 'CREDIT_CARD_CVV',
  personal: [
    'cvv is {CREDIT_CARD_CVV|731}',
    'the security code is {CREDIT_CARD_CVV|308}',
    'the three digits on the back are {CREDIT_CARD_CVV|four one nine}',
    'cvc: {CREDIT_CARD_CVV|0042}',
    'my c v v is {CREDIT_CARD_CVV|double seven two}',
    'card 4242 4242 4242 4242 exp 04/29 cvv {CREDIT_CARD_CVV|731}',
    'security code {CREDIT_CARD_CVV|nine hundred and twelve}',
    "the cvv's {CREDIT_CARD_CVV|456}",
  ],
  ordinary: [
    'order 731 is late',
    'room 308 please',
    'it costs 419 a month',
    'I waited 42 minutes',
    'the flight is 731',
    'we have 912 members',
    'the code is on the back',
    'security is on the third floor',
  ],
};
