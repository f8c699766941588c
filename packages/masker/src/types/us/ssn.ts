import type { Shape } from '../../numbers/shape.ts';
import { isSigned, type PiiTypeDescriptor, reading, ungrouped, worth } from '../descriptor.ts';

/** "531-72-4409": written in the groups of a social security or tax number, the same sign between them. */
export function isInTaxGroups(shape: Shape): boolean {
  return !shape.spoken && shape.groups === '3-2-4' && shape.uniform && !shape.separators.includes('()');
}

/**
 * Whether nine digits are a number that the Social Security Administration may issue, by area, group and serial.
 *
 * @example isSsn('531724409') // true
 */
export function isSsn(digits: string): boolean {
  return (
    /^(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}$/.test(digits) && digits !== '078051120' && digits !== '123121234'
  );
}

/** Written groups that no part of a social security number has: "0429 731". */
const NOT_OF_SSN = /^4-/;

/** Social security numbers. */
export const ssn: PiiTypeDescriptor<'US_SSN'> = {
  name: 'US_SSN',
  replacement: '[SSN_MASKED]',
  enabled: 'by default',
  foundBy: '`ddd-dd-dddd` with an area and group that exist; nine digits beside "social"',
  announcedBy: [
    {
      kind: 'SSN',
      answer: 'short',
      plain: 'words',
      inNames: 'anywhere',
      isTalk: undefined,
      phrases: `
        ssn
        s s n
        social
        social security
        social security number
        social security no
        social security num
        social number
        soc
        soc sec
        sosh
        social sec
        ss number
        ss no
        ss
        social security digits
        socials
        ss num
        full social
        ss #
        nine digit social
        seguro social
        número de seguro social
        numero de seguro social
        social security card
        social security id
        national id
        national identifier
        national identity number
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
      score: (digits, shape) => (!isSigned(shape, digits) && isInTaxGroups(shape) && isSsn(digits) ? 2.6 : undefined),
    },
    byWords: {
      SSN: (shape, _kinds, whole) =>
        worth(2.5, reading(shape, 9, 9)) ??
        (whole && !NOT_OF_SSN.test(shape.groups) ? worth(1.2, reading(shape, 5, 8)) : undefined),
      TAX: (shape) => {
        const digits = reading(shape, 9, 9);
        return digits !== undefined && isSsn(digits) ? worth(2.3, digits) : undefined;
      },
      // "my social … the number is": nine digits are what the other word says.
      NUMBER: (shape, kinds) => (kinds.includes('SSN') ? worth(2.3, reading(shape, 9, 9)) : undefined),
    },
    lastFourOf: [],
    follows: undefined,
    outweighsTopic: () => true,
    outweighsExclusion: undefined,
    isAmount: undefined,
    whenCorrected: (digits, kinds) => digits.length === 9 && kinds.includes('SSN'),
    extent: undefined,
  },
};
