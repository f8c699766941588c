import type { TypeTable } from '../type-table.ts';

export const table: TypeTable = {
  type: 'US_MBI',
  personal: [
    'medicare {US_MBI|1EG4-TE5-MK73}',
    'it is {US_MBI|1EG4TE5MK73}',
    'it is {US_MBI|9aa9aa9aa99}',
    'it is {US_MBI|1EG4-TE5MK73}, thanks',
    'medicare id {US_MBI|1EG4-TE5-MK73}',
    'my mbi is {US_MBI|1EG4TE5MK73}',
    '({US_MBI|1EG4-TE5-MK73})',
    '{US_MBI|1EG4-TE5-MK73} is mine',
  ],
  ordinary: [
    '0EG4-TE5-MK73',
    '1SG4-TE5-MK73',
    '1EL4-TE5-MK73',
    '1EG4-OE5-MK73',
    '1EG4-TE5-BK73',
    '1EG4-TE5-MK7',
    '1EG4-TE5-MK733',
    'order number 1EG4-TE5-MK73',
  ],
};
