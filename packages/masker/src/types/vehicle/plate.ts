import { type PiiTypeDescriptor, reading, ungrouped, worth } from '../descriptor.ts';

/** Plates of vehicles, by context. */
export const plate: PiiTypeDescriptor<'LICENSE_PLATE'> = {
  name: 'LICENSE_PLATE',
  replacement: '[LICENSE_PLATE]',
  enabled: 'on request',
  foundBy: 'context: capitals and digits in one or two groups',
  announcedBy: [
    {
      kind: 'PLATE',
      answer: 'code',
      plain: 'never',
      inNames: 'anywhere',
      isTalk: undefined,
      phrases: `
        plate
        license plate
        licence plate
        number plate
        plate number
        registration plate
        registration
        tag
        reg number
        tag number
        plates
        tags
        registration number
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
      pattern: /(?<![A-Za-z0-9])(?=[A-Z0-9 -]{0,8}\d)[A-Z0-9]{2,4}[ -]?[A-Z0-9]{2,5}(?![A-Za-z0-9])/g,
      needs: 'PLATE',
      // Digits alone are weighed with all other numbers.
      accepts: (value) => /[A-Z]/.test(value),
    },
  ],
  date: undefined,
  digits: {
    byShape: undefined,
    byWords: { PLATE: (shape) => worth(1.9, reading(shape, 5, 7)) },
    lastFourOf: [],
    follows: undefined,
    outweighsTopic: undefined,
    outweighsExclusion: undefined,
    isAmount: undefined,
    whenCorrected: undefined,
    extent: undefined,
  },
};
