import type { TypeTable } from '../type-table.ts';

export const table: TypeTable = {
  type: 'PIN',
  personal: [
    'my pin is {PIN|4821}',
    'the code we texted you is {PIN|551029}',
    'one time passcode {PIN|482913}',
    "the pin's {PIN|4821}",
    'verification code: {PIN|551029}',
    'my p i n is {PIN|four eight two one}',
    'otp {PIN|482913}',
    'access pin {PIN|48151623}',
  ],
  ordinary: [
    'order code 4821',
    'promo code 4821',
    'error code 4821',
    'zip code 94105',
    'the pin is lost',
    'I pinned 3 of them',
    'room 4821',
    'status code 5510',
  ],
};
