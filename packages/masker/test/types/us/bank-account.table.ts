import type { TypeTable } from '../type-table.ts';

export const table: TypeTable = {
  type: 'US_BANK_NUMBER',
  personal: [
    'my account is {US_BANK_NUMBER|12345678901234}',
    'account number {US_BANK_NUMBER|123456789}',
    'bank account: {US_BANK_NUMBER|000123456789}',
    'the account ending {US_BANK_NUMBER|4821}',
    'checking account {US_BANK_NUMBER|8812345}',
    'my savings account number is {US_BANK_NUMBER|four four seven one two two oh}',
    'acct {US_BANK_NUMBER|20458812}',
    'account x{US_BANK_NUMBER|4821}',
  ],
  ordinary: [
    'order 4471220',
    'my account is locked',
    'I have 2 accounts',
    'the account manager is in room 4471220',
    'tracking 20458812',
    'the bank opens at 10:30',
    'account for 20 percent',
    'invoice 20458812',
  ],
};
