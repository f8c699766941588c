import type { TypeTable } from '../type-table.ts';

export const table: TypeTable = {
  type: 'US_ITIN',
  personal: [
    'it is {US_ITIN|912-70-1234}',
    'my itin is {US_ITIN|912701234}',
    'it is {US_ITIN|912-88-1234}',
    'tax id {US_ITIN|912-50-1234}',
    'itin: {US_ITIN|912 70 1234}',
    'my taxpayer id is {US_ITIN|912701234}',
    'my itin is {US_ITIN|nine one two, seven oh, one two three four}',
    '{US_ITIN|999-94-1234} please',
  ],
  ordinary: [
    'it is 912-49-1234',
    'it is 912-66-1234',
    'it is 912-89-1234',
    'it is 812-70-1234',
    'order 912701234',
    'it is 912701234',
    'tracking number 912-70-1234',
    'the tax is 9 percent',
  ],
};
