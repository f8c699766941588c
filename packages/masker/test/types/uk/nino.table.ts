import type { TypeTable } from '../type-table.ts';

export const table: TypeTable = {
  type: 'UK_NINO',
  personal: [
    'ni is {UK_NINO|AZ 12 34 56 A}',
    'it is {UK_NINO|az123456d}',
    'it is {UK_NINO|AZ 123 456 C}',
    'it is {UK_NINO|QQ 12 34 56 B}',
    'national insurance number {UK_NINO|AB123456C}',
    'my nino: {UK_NINO|AB 12 34 56 C}',
    '{UK_NINO|AB123456C} please',
    '({UK_NINO|CE 12 34 56 D})',
  ],
  ordinary: [
    'BG 12 34 56 A',
    'GB 12 34 56 A',
    'ZZ 12 34 56 A',
    'DZ 12 34 56 A',
    'AO 12 34 56 A',
    'AZ 12 34 56 E',
    'AZ 12 34 5 A',
    'order number AB 12 34 56 C',
  ],
};
