import { type PiiTypeDescriptor, reading, ungrouped, worth } from '../descriptor.ts';

/** Numbers of passports, by context. */
export const passport: PiiTypeDescriptor<'US_PASSPORT'> = {
  name: 'US_PASSPORT',
  replacement: '[PASSPORT]',
  enabled: 'on request',
  foundBy: 'context: a letter and eight digits, or nine digits',
  announcedBy: [
    {
      kind: 'PASSPORT',
      answer: 'long',
      plain: 'never',
      inNames: 'anywhere',
      isTalk: undefined,
      phrases: `
        passport
        passport number
        passport no
        travel document
      `,
    },
  ],
  linking: (canonical) => canonical,
  spelling: ungrouped,
  spansTurns: true,
  readBack: true,
  underAnyName: 'never',
  texts: [],
  codes: [
    {
      pattern: /(?<![A-Za-z0-9])(?:[A-Z]\d{8}|\d{9})(?![A-Za-z0-9])/gi,
      needs: 'PASSPORT',
      accepts: () => true,
    },
  ],
  date: undefined,
  digits: {
    byShape: undefined,
    byWords: { PASSPORT: (shape) => worth(2.2, reading(shape, 8, 9)) },
    lastFourOf: [],
    follows: undefined,
    outweighsTopic: undefined,
    outweighsExclusion: undefined,
    isAmount: undefined,
    whenCorrected: undefined,
    extent: undefined,
  },
};
