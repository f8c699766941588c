import { type PiiTypeDescriptor, ungrouped } from '../descriptor.ts';

/** What is left of a hidden card number. */
export const cardLastFour: PiiTypeDescriptor<'CREDIT_CARD_LAST4'> = {
  name: 'CREDIT_CARD_LAST4',
  replacement: '[CARD_LAST4]',
  enabled: 'by default',
  foundBy: 'context; what is left of a hidden number (`visa ****4242`, `card x4242`)',
  announcedBy: [
    {
      kind: 'LAST4',
      answer: 'short',
      plain: 'never',
      inNames: 'anywhere',
      isTalk: undefined,
      phrases: `
        last four
        last 4
        last four digits
        last 4 digits
        last four numbers
        ending in
        ending with
        ending
        ends in
        ends with
        end in
        ended in
        ending on
        final four
        final four digits
        last for
        last four of
        last 4 of
        last five
        last 5
        last digits
        that ends in
        which ends in
        last four are
        lasts four
        terminating in
        ends
      `,
    },
  ],
  linking: 'never',
  spelling: ungrouped,
  spansTurns: true,
  readBack: true,
  underAnyName: 'never',
  texts: [],
  codes: [],
  date: undefined,
  digits: {
    byShape: undefined,
    byWords: {},
    lastFourOf: ['CARD'],
    follows: undefined,
    outweighsTopic: undefined,
    outweighsExclusion: undefined,
    isAmount: undefined,
    whenCorrected: undefined,
    extent: undefined,
  },
};
