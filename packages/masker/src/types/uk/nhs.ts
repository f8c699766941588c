import type { Shape } from '../../numbers/shape.ts';
import { isSigned, type PiiTypeDescriptor, reading, ungrouped, type Worth, worth } from '../descriptor.ts';

const LENGTH = 10;

/** Whether the last of ten digits is the check digit of those before it, modulo 11: "9434765919" → true. */
function isNhsNumber(digits: string): boolean {
  if (!/^\d{10}$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < LENGTH - 1; i++) sum += Number(digits[i]) * (LENGTH - i);
  return (11 - (sum % 11)) % 11 === Number(digits[LENGTH - 1]);
}

/** Numbers of patients of the National Health Service of the United Kingdom. */
export const nhs: PiiTypeDescriptor<'UK_NHS'> = {
  name: 'UK_NHS',
  replacement: '[NHS_NUMBER]',
  enabled: 'on request',
  foundBy: 'ten digits beside "NHS", with the check digit or without',
  announcedBy: [
    {
      kind: 'NHS',
      answer: 'long',
      plain: 'never',
      inNames: 'anywhere',
      isTalk: undefined,
      phrases: `
        nhs
        n h s
        national health service
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
    byShape: undefined,
    byWords: {
      NHS: scoreAsNhs,
      // "my NHS number is": ten digits are what the other word says.
      NUMBER: (shape, kinds) => (kinds.includes('NHS') ? scoreAsNhs(shape) : undefined),
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

/** A check digit adds to the score and never excludes: a mistyped number is still one beside the words. */
function scoreAsNhs(shape: Shape): Worth | undefined {
  const digits = reading(shape, LENGTH, LENGTH);
  if (digits === undefined || isSigned(shape, digits)) return undefined;
  return worth(isNhsNumber(digits) ? 2.5 : 2.2, digits);
}
