import type { TypeTable } from '../type-table.ts';

export const table: TypeTable = {
  type: 'IN_AADHAAR',
  personal: [
    'aadhaar {IN_AADHAAR|2341 2341 2346}',
    'it is {IN_AADHAAR|234123412346}',
    'aadhaar {IN_AADHAAR|2341 2341 2345}',
    'my aadhar number is {IN_AADHAAR|234123412346}',
    'uidai {IN_AADHAAR|2341 2341 2346}',
    'it is {IN_AADHAAR|2341 2341 2346}',
    'aadhaar: {IN_AADHAAR|two three four one, two three four one, two three four six}',
    '{IN_AADHAAR|2341 2341 2346} please',
  ],
  ordinary: [
    'it is 2341 2341 2345',
    'it is 1341 2341 2342',
    'it is 23412 341 2346',
    'it is 2341 2341 234',
    'order number 2341 2341 2346',
    'tracking 234123412346',
    'my aadhaar is at home',
    'it is 2341-2341-2346-1',
  ],
};
