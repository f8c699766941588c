import { type PiiTypeDescriptor, reading, ungrouped, worth } from '../descriptor.ts';

/** The last four digits of a social security or tax number. */
export const ssnLastFour: PiiTypeDescriptor<'US_SSN_LAST4'> = {
  name: 'US_SSN_LAST4',
  replacement: '[SSN_LAST4]',
  enabled: 'by default',
  foundBy: 'context',
  announcedBy: [],
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
    byWords: { SSN: (shape) => worth(2, reading(shape, 4, 4)) },
    lastFourOf: ['SSN', 'TAX'],
    follows: undefined,
    outweighsTopic: undefined,
    outweighsExclusion: undefined,
    isAmount: undefined,
    whenCorrected: undefined,
    extent: undefined,
  },
};
