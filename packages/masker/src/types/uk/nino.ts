import { type PiiTypeDescriptor, ungrouped } from '../descriptor.ts';

/** National insurance numbers of the United Kingdom. */
export const nino: PiiTypeDescriptor<'UK_NINO'> = {
  name: 'UK_NINO',
  replacement: '[NINO]',
  enabled: 'on request',
  foundBy: 'shape: prefix that is issued, six digits, a letter from A to D',
  announcedBy: [
    {
      kind: 'NINO',
      answer: 'code',
      plain: 'never',
      inNames: 'anywhere',
      isTalk: undefined,
      phrases: `
        national insurance
        national insurance number
        ni number
        n i number
        n i
        ni
        nino
        ni no
      `,
    },
  ],
  linking: (canonical) => canonical,
  spelling: ungrouped,
  spansTurns: false,
  readBack: true,
  underAnyName: 'never',
  texts: [],
  codes: [
    {
      pattern:
        /(?<![A-Za-z0-9])(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PQR-TW-Z][A-CEGHJ-NPQR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![A-Za-z0-9])|(?<![A-Za-z0-9])(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{3} ?\d{3} ?[A-D](?![A-Za-z0-9])/gi,
      needs: undefined,
      accepts: () => true,
    },
  ],
  date: undefined,
  digits: undefined,
};
