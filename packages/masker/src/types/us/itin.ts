import { isSigned, type PiiTypeDescriptor, reading, ungrouped, worth } from '../descriptor.ts';
import { isInTaxGroups } from './ssn.ts';

/**
 * Whether nine digits may be an individual taxpayer number: 9xx and a group of the issued ranges (IRS).
 *
 * @example isItin('912701234') // true
 */
export function isItin(digits: string): boolean {
  return /^9\d{2}(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])\d{4}$/.test(digits);
}

/** Numbers of taxpayers without a social security number. */
export const itin: PiiTypeDescriptor<'US_ITIN'> = {
  name: 'US_ITIN',
  replacement: '[ITIN]',
  enabled: 'by default',
  foundBy: '`9dd-dd-dddd` with an issued group',
  announcedBy: [
    {
      kind: 'TAX',
      answer: 'long',
      plain: 'never',
      inNames: 'anywhere',
      isTalk: undefined,
      phrases: `
        itin
        i t i n
        tin
        tax id
        tax i d
        taxpayer id
        taxpayer
        tax identification
        tax identification number
        taxpayer identification number
        individual taxpayer
        individual taxpayer number
        taxpayer number
        tax id number
        tax identification no
        tax number
        tax payer id
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
    byShape: {
      from: 9,
      to: 9,
      highest: 2.6,
      score: (digits, shape) => (!isSigned(shape, digits) && isInTaxGroups(shape) && isItin(digits) ? 2.6 : undefined),
    },
    byWords: {
      TAX: (shape) => {
        const digits = reading(shape, 9, 9);
        return digits !== undefined && isItin(digits) ? worth(2.5, digits) : undefined;
      },
    },
    lastFourOf: [],
    follows: undefined,
    outweighsTopic: () => true,
    outweighsExclusion: undefined,
    isAmount: undefined,
    whenCorrected: undefined,
    extent: undefined,
  },
};
