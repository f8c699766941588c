import type { TypeTable } from '../type-table.ts';

export const table: TypeTable = {
  type: 'CA_SIN',
  personal: [
    'my SIN is {CA_SIN|130 692 544}',
    'it is {CA_SIN|130 692 544}',
    'it is {CA_SIN|130-692-544}',
    'my SIN is {CA_SIN|130692545}',
    'social insurance number {CA_SIN|130692544}',
    'sin: {CA_SIN|130 692 544}',
    'my sin number is {CA_SIN|one three oh, six nine two, five four four}',
    '{CA_SIN|130 692 544} please',
  ],
  ordinary: [
    'it is 130 692 545',
    'it is 130 692-544',
    'it is 046 454 286',
    'it is 830 692 547',
    'it is 222 222 222',
    'it is 13 0692 544',
    'order number 130 692 544',
    'it is a sin to waste 130',
  ],
};
