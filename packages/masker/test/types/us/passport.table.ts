import type { TypeTable } from '../type-table.ts';

export const table: TypeTable = {
  type: 'US_PASSPORT',
  personal: [
    'my passport is {US_PASSPORT|C12345678}',
    'passport number {US_PASSPORT|123456789}',
    'travel document {US_PASSPORT|x98765432}',
    '{US_PASSPORT|C12345678} is my passport number',
    'passport no {US_PASSPORT|A98765432}',
    'the passport is {US_PASSPORT|987654321}',
    'passport: {US_PASSPORT|C12345678}',
    'my passport number is {US_PASSPORT|C12345678}, thanks',
  ],
  ordinary: [
    'it is C12345678',
    'my passport is C1234567',
    'my passport is CC12345678',
    'my passport is blue',
    'order C12345678',
    'the model is C12345678',
    'my passport expired',
    'my passport is at home, order number C12345678',
  ],
};
