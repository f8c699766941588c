import type { TypeTable } from '../type-table.ts';

export const table: TypeTable = {
  type: 'PHONE_NUMBER',
  personal: [
    'my cell is {PHONE_NUMBER|415-555-0132}',
    'call me on {PHONE_NUMBER|(415) 555-0132}',
    '{PHONE_NUMBER|+44 20 7946 0018} is the desk',
    'reach me at {PHONE_NUMBER|four one five, five five five, oh one three two}',
    'ring {PHONE_NUMBER|415.555.0132} after five',
    'my number is {PHONE_NUMBER|4155550132}',
    'phone: {PHONE_NUMBER|1-415-555-0132}',
    'text me at {PHONE_NUMBER|415 555 0132}',
  ],
  ordinary: [
    'order 4471220 is late',
    'order number: 4155550132',
    'the total was 1,415.55',
    'version 415.555.1 is out',
    'the meeting is at 10:30',
    'I ordered 415 of them',
    'it was in 2019 and 2020',
    'tracking number 4155550132 has moved',
  ],
};
