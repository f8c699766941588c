import { isSigned, type PiiTypeDescriptor, reading, ungrouped, worth } from '../descriptor.ts';

/**
 * Whether nine digits may be an ABA routing number: district and weighted sum.
 *
 * @example isRoutingNumber('021000021') // true
 */
export function isRoutingNumber(digits: string): boolean {
  if (!/^(?:0\d|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)\d{7}$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < 9; i++) sum += (digits.charCodeAt(i) - 48) * ([3, 7, 1][i % 3] ?? 0);
  return sum % 10 === 0;
}

/** Routing numbers of banks. */
export const routingNumber: PiiTypeDescriptor<'ABA_ROUTING_NUMBER'> = {
  name: 'ABA_ROUTING_NUMBER',
  replacement: '[ROUTING_NUMBER]',
  enabled: 'by default',
  foundBy: 'context; written `dddd-dddd-d` by check digit',
  announcedBy: [
    {
      kind: 'ROUTING',
      answer: 'long',
      plain: 'phrases',
      inNames: 'anywhere',
      isTalk: undefined,
      phrases: `
        routing
        routing number
        routing numbers
        routing no
        routing num
        aba
        a b a
        aba number
        aba routing
        transit
        transit number
        rtn
        r t n
        routing transit
        bank routing
        routing code
        wire routing
        ach routing
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
      highest: 2.5,
      score: (digits, shape) =>
        !isSigned(shape, digits) &&
        !shape.spoken &&
        shape.groups === '4-4-1' &&
        shape.separators === '--' &&
        isRoutingNumber(digits)
          ? 2.5
          : undefined,
    },
    byWords: {
      ROUTING: (shape, _kinds, whole) =>
        worth(2.4, reading(shape, 9, 9)) ?? (whole ? worth(1.2, reading(shape, 8, 8)) : undefined),
      BANK: (shape, kinds) =>
        kinds.includes('ROUTING') && shape.length === 9 && isRoutingNumber(shape.digits)
          ? worth(2.4, shape.digits)
          : undefined,
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
