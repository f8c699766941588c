import { passesVerhoeff } from '../../numbers/checksums.ts';
import { isSigned, type PiiTypeDescriptor, reading, ungrouped, worth } from '../descriptor.ts';

/** Aadhaar numbers of India. */
export const aadhaar: PiiTypeDescriptor<'IN_AADHAAR'> = {
  name: 'IN_AADHAAR',
  replacement: '[AADHAAR]',
  enabled: 'on request',
  foundBy: '`dddd dddd dddd` with its check digit; twelve digits beside "Aadhaar"',
  announcedBy: [
    {
      kind: 'AADHAAR',
      answer: 'long',
      plain: 'never',
      inNames: 'anywhere',
      isTalk: undefined,
      phrases: `
        aadhaar
        aadhar
        adhar
        adhaar
        uidai
        uid number
        आधार
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
      from: 12,
      to: 12,
      highest: 2.1,
      score: (digits, shape) =>
        !isSigned(shape, digits) && /^4-4-4$|^12$/.test(shape.groups) && /^[2-9]/.test(digits) && passesVerhoeff(digits)
          ? 2.1
          : undefined,
    },
    byWords: { AADHAAR: (shape) => worth(2.5, reading(shape, 12, 12)) },
    lastFourOf: [],
    follows: undefined,
    outweighsTopic: undefined,
    outweighsExclusion: undefined,
    isAmount: undefined,
    whenCorrected: undefined,
    extent: undefined,
  },
};
