import type { TypeTable } from '../type-table.ts';

export const table: TypeTable = {
  type: 'US_SSN_LAST4',
  personal: [
    'my social is {US_SSN_LAST4|4409}',
    'the last four of my social are {US_SSN_LAST4|4409}',
    'last 4 of ssn {US_SSN_LAST4|4409}',
    'ssn ending in {US_SSN_LAST4|4409}',
    'my social ends in {US_SSN_LAST4|four four oh nine}',
    'the last four digits of your social security number: {US_SSN_LAST4|4409}',
    'the last four of my social is {US_SSN_LAST4|4409}',
    'social security ending {US_SSN_LAST4|4409}',
  ],
  ordinary: [
    'order ending in 4409',
    'the last four weeks',
    'room 4409',
    'it costs 4409',
    'my ticket ends in 4409',
    'my social life is fine',
    'social media has 4409 users',
    'the last 4 orders',
  ],
};
