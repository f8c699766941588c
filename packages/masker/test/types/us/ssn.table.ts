import type { TypeTable } from '../type-table.ts';

export const table: TypeTable = {
  type: 'US_SSN',
  personal: [
    'my ssn is {US_SSN|531-72-4409}',
    'social {US_SSN|531724409}',
    'it is {US_SSN|665-12-1234}',
    'my social is {US_SSN|four five seven, five five, five four six two}',
    'social security number: {US_SSN|531 72 4409}',
    'ssn {US_SSN|219099999}',
    'soc sec {US_SSN|531.72.4409}',
    'my tax id is {US_SSN|219099999}',
  ],
  ordinary: [
    'order 531724409',
    'tracking number 531-72-4409',
    'it is 000-12-3456',
    'it is 666-12-3456',
    'it is 531-00-4409',
    'it is 531-72-0000',
    'it is 531724409',
    'my social life is fine',
  ],
};
