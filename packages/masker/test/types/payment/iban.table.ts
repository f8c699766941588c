import type { TypeTable } from '../type-table.ts';

export const table: TypeTable = {
  type: 'IBAN_CODE',
  personal: [
    'wire it to {IBAN_CODE|GB82 WEST 1234 5698 7654 32}',
    'my iban is {IBAN_CODE|DE89370400440532013000}',
    '{IBAN_CODE|NO9386011117947} is the account',
    'iban: {IBAN_CODE|FR14 2004 1010 0505 0001 3M02 606}',
    'transfer to {IBAN_CODE|NL91 ABNA 0417 1643 00}',
    'iban {IBAN_CODE|GB83 WEST 1234 5698 7654 32}',
    'it is {IBAN_CODE|ch93 0076 2011 6238 5295 7}',
    'use {IBAN_CODE|BE68 5390 0754 7034} please',
  ],
  ordinary: [
    'GB83 WEST 1234 5698 7654 32',
    'order GB82 is late',
    'DE89 is a road',
    'the model is NL91ABNA',
    'part number AB12 3456 7890',
    'XX82 WEST 1234 5698 7654 32',
    'my iban is on file',
    'flight NO938 is late',
  ],
};
