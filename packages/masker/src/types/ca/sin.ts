import { passesLuhn } from '../../numbers/checksums.ts';
import { isSigned, type PiiTypeDescriptor, reading, ungrouped, worth } from '../descriptor.ts';

/** Social insurance numbers of Canada. */
export const sin: PiiTypeDescriptor<'CA_SIN'> = {
  name: 'CA_SIN',
  replacement: '[SIN]',
  enabled: 'on request',
  foundBy: '`ddd ddd ddd` with its check digit; nine digits beside "SIN"',
  announcedBy: [
    {
      kind: 'SIN',
      answer: 'long',
      plain: 'never',
      inNames: 'anywhere',
      isTalk: undefined,
      phrases: `
        sin
        s i n
        social insurance
        social insurance number
        nas
        sin number
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
    byShape: {
      from: 9,
      to: 9,
      highest: 2.1,
      score: (digits, shape) =>
        !isSigned(shape, digits) &&
        shape.groups === '3-3-3' &&
        shape.uniform &&
        /^[1-79]/.test(digits) &&
        passesLuhn(digits)
          ? 2.1
          : undefined,
    },
    byWords: { SIN: (shape) => worth(2.5, reading(shape, 9, 9)) },
    lastFourOf: [],
    follows: undefined,
    outweighsTopic: undefined,
    outweighsExclusion: undefined,
    isAmount: undefined,
    whenCorrected: undefined,
    extent: undefined,
  },
};
