import { type PiiTypeDescriptor, reading, ungrouped, worth } from '../descriptor.ts';

/** Numbers of driving licences of the United States and the United Kingdom, by context. */
export const driverLicense: PiiTypeDescriptor<'US_DRIVER_LICENSE'> = {
  name: 'US_DRIVER_LICENSE',
  replacement: '[DRIVER_LICENSE]',
  enabled: 'on request',
  foundBy: 'context: letters and digits in the groups of a licence, or digits alone',
  announcedBy: [
    {
      kind: 'LICENSE',
      answer: 'long',
      plain: 'never',
      inNames: 'anywhere',
      isTalk: undefined,
      phrases: `
        license
        licence
        drivers license
        driver license
        driving licence
        drivers licence
        driving license
        license number
        licence number
        dl
        d l
        dl number
        dvla
        drivers id
        license no
        state id
        dvla no
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
      pattern:
        /(?<![A-Za-z0-9])(?:[A-Z]{1,3}[ -]?\d{3,4}(?:[ -]?\d{2,4}){1,3}|[A-Z9]{5} ?\d{3} ?\d{3} ?[A-Z9]{2}\d[A-Z]{2} ?\d{0,2})(?![A-Za-z0-9])/gi,
      needs: 'LICENSE',
      accepts: () => true,
    },
  ],
  date: undefined,
  digits: {
    byShape: undefined,
    byWords: { LICENSE: (shape) => worth(2, reading(shape, 6, 13)) },
    lastFourOf: [],
    follows: undefined,
    outweighsTopic: undefined,
    outweighsExclusion: undefined,
    isAmount: undefined,
    whenCorrected: undefined,
    extent: undefined,
  },
};
