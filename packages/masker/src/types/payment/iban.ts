import { hasKind } from '../../text/terms.ts';
import { HIGHEST_SCORE, type PiiTypeDescriptor, reading, ungrouped, worth } from '../descriptor.ts';
import { findIbanParts, findIbans } from './find-ibans.ts';
import { findSpokenIbans } from './spoken-iban.ts';

/** International bank account numbers. */
export const iban: PiiTypeDescriptor<'IBAN_CODE'> = {
  name: 'IBAN_CODE',
  replacement: '[IBAN]',
  enabled: 'by default',
  foundBy: 'country, length and check digits; without them, or spelled, only after the word IBAN',
  announcedBy: [
    {
      kind: 'IBAN',
      answer: 'address',
      plain: 'words',
      inNames: 'anywhere',
      isTalk: undefined,
      phrases: `
        iban
        i ban
        eye ban
        i b a n
        bank transfer
        transfer to
      `,
    },
  ],
  linking: (canonical) => canonical,
  spelling: ungrouped,
  spansTurns: false,
  readBack: false,
  underAnyName: 'never',
  texts: [
    ({ tokens }) => findIbans(tokens),
    ({ text, prior }) => (prior.includes('IBAN') ? findIbanParts(text) : []),
    ({ tokens, terms, prior }) => {
      const isAsked = prior.includes('IBAN');
      return isAsked || hasKind(terms, 'IBAN') ? findSpokenIbans(tokens, isAsked) : [];
    },
  ],
  codes: [],
  date: undefined,
  digits: {
    byShape: undefined,
    byWords: {
      // Nothing else has so many digits.
      IBAN: (shape, _kinds, whole) =>
        whole ? worth(shape.length > 20 ? HIGHEST_SCORE : 1.5, reading(shape, 6, 30)) : undefined,
    },
    lastFourOf: [],
    follows: undefined,
    outweighsTopic: undefined,
    outweighsExclusion: undefined,
    isAmount: undefined,
    whenCorrected: undefined,
    extent: undefined,
  },
};
