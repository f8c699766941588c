import { describe, expect, test } from 'vitest';
import { findLeaks } from '../../src/leak-check/leak-check.ts';

describe('the second detector', () => {
  test.each([
    ['{"t":"ana@example.org"}', 'EMAIL_ADDRESS'],
    ['{"t":"ana\\u0040example.org"}', 'EMAIL_ADDRESS'],
    ['{"t":"4242 4242 4242 4242"}', 'CREDIT_CARD'],
    ['{"t":"3530 1113 3330 0000"}', 'CREDIT_CARD'],
    ['{"t":"5555-5555-5555-4444"}', 'CREDIT_CARD'],
    ['{"t":"5105.1051.0510.5100"}', 'CREDIT_CARD'],
    ['{"t":"6011 1111 1111 1117"}', 'CREDIT_CARD'],
    ['{"t":"3714 496353 98431"}', 'CREDIT_CARD'],
    ['{"t":"5610 591081 01822"}', 'CREDIT_CARD'],
    ['{"t":"my card is 5555555555554444"}', 'CREDIT_CARD'],
    ['{"t":"amex 371449635398431"}', 'CREDIT_CARD'],
    ['{"t":"mastercard number 5105105105105100"}', 'CREDIT_CARD'],
    ['{"t":"social security number: 665-55-5462"}', 'US_SSN'],
    ['{"t":"call me at (212) 555-0142"}', 'PHONE_NUMBER'],
    ['{"t":"my ssn is 457-55-5462"}', 'US_SSN'],
    ['{"t":"+12125550142"}', 'PHONE_NUMBER'],
  ])('finds what is left in %s', (json, type) => {
    expect(findLeaks(json)).toEqual([{ type, count: 1 }]);
  });

  test.each([
    '5555-5555-5555-4445',
    '7555 5555 5555 4442',
    '2555 5555 5555 5550',
    'the order is 5555555555554444',
    'my ssn is 666-55-5462',
    'my ssn is 900-55-5462',
    'my ssn is 000-55-5462',
    'call me at (112) 555-0142',
    '+11125550142',
    '+12121550142',
  ])('lets pass what no such number is: %s', (text) => {
    expect(findLeaks(JSON.stringify({ text }))).toEqual([]);
  });

  test('lets masked and ordinary rows pass', () => {
    expect(
      findLeaks(
        '{"t":"[EMAIL_MASKED] <img src=logo@2x.png> order 4242424242424241 at 10:30, 4242-4242","id":"7f9c24e8-3b12","n":0.4242424242424242}',
      ),
    ).toEqual([]);
    expect(findLeaks('{"t":"ana@example.org"}', { disable: ['EMAIL_ADDRESS'] })).toEqual([]);
  });
});
