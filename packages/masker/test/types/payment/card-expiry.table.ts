import type { TypeTable } from '../type-table.ts';

export const table: TypeTable = {
  type: 'CREDIT_CARD_EXPIRY',
  personal: [
    'it expires {CREDIT_CARD_EXPIRY|04/29}',
    'expiry {CREDIT_CARD_EXPIRY|09/2027}',
    'exp date is {CREDIT_CARD_EXPIRY|0429}',
    'the card is valid until {CREDIT_CARD_EXPIRY|november twenty seven}',
    'good thru {CREDIT_CARD_EXPIRY|11/28}',
    'expiration {CREDIT_CARD_EXPIRY|nine twenty seven}',
    'card 4242 4242 4242 4242 exp {CREDIT_CARD_EXPIRY|04/29}',
    'my card expires in {CREDIT_CARD_EXPIRY|09/27}',
  ],
  ordinary: [
    'my subscription expires 04/29',
    'the offer expires 09/27',
    'my passport expires 04/29',
    'the warranty expired on 04/29',
    'I will be back 04/29',
    'order 0429 is late',
    'version 11/28',
    'the coupon is valid until 09/27',
  ],
};
