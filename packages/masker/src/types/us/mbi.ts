import { type PiiTypeDescriptor, ungrouped } from '../descriptor.ts';

/** Medicare beneficiary identifiers (CMS): 11 places, letters without S, L, O, I, B, Z. */
export const mbi: PiiTypeDescriptor<'US_MBI'> = {
  name: 'US_MBI',
  replacement: '[MEDICARE_ID]',
  enabled: 'on request',
  foundBy: 'shape: 11 places with the letters that are issued',
  announcedBy: [
    {
      kind: 'MEDICARE',
      answer: 'code',
      plain: 'never',
      inNames: 'anywhere',
      isTalk: undefined,
      phrases: `
        medicare
        medicare id
        medicare number
        mbi
        m b i
        beneficiary
        beneficiary id
        patient
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
        /(?<![A-Za-z0-9-])[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y]{2}\d{2}(?![A-Za-z0-9-])/gi,
      needs: undefined,
      accepts: () => true,
    },
  ],
  date: undefined,
  digits: undefined,
};
