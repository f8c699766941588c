import { type PiiTypeDescriptor, reading, ungrouped, worth } from '../descriptor.ts';

/** Numbers of bank accounts. */
export const bankAccount: PiiTypeDescriptor<'US_BANK_NUMBER'> = {
  name: 'US_BANK_NUMBER',
  replacement: '[BANK_ACCOUNT]',
  enabled: 'by default',
  foundBy: 'context',
  announcedBy: [
    {
      kind: 'BANK',
      answer: 'long',
      plain: 'phrases',
      inNames: 'anywhere',
      isTalk: undefined,
      phrases: `
        account
        account number
        account no
        acct
        acct number
        acct no
        acct num
        bank account
        bank account number
        checking
        checking account
        savings
        savings account
        account and routing
        bank number
        deposit account
        direct deposit
        account is
        a c
        bank
        account num
        current account
        checking acct
        bsb
        sort code
        my accounts
        account numbers
        bank account numbers
        checking account number
        savings account number
        numero de cuenta
        número de cuenta
        cuenta
      `,
    },
  ],
  linking: (canonical) => canonical,
  spelling: ungrouped,
  spansTurns: true,
  readBack: true,
  underAnyName: 'never',
  texts: [],
  codes: [],
  date: undefined,
  digits: {
    byShape: undefined,
    byWords: { BANK: (shape, _kinds, whole) => worth(whole ? 2.1 : 1.5, reading(shape, 6, 17)) },
    lastFourOf: ['BANK'],
    follows: undefined,
    outweighsTopic: undefined,
    outweighsExclusion: undefined,
    isAmount: undefined,
    whenCorrected: undefined,
    extent: undefined,
  },
};
