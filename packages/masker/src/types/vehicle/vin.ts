import { type PiiTypeDescriptor, ungrouped } from '../descriptor.ts';

/**
 * Whether 17 characters are a vehicle identification number: check digit in position 9 (ISO 3779, as North America uses it).
 *
 * @example isVin('1M8GDM9AXKP042788') // true
 */
export function isVin(vin: string): boolean {
  if (!/^[A-HJ-NPR-Z0-9]{17}$/.test(vin)) return false;
  const values = '0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ';
  const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += (values.indexOf(vin[i] ?? '') % 10) * (weights[i] ?? 0);
  return vin[8] === '0123456789X'[sum % 11];
}

/** Vehicle identification numbers. */
export const vin: PiiTypeDescriptor<'VIN'> = {
  name: 'VIN',
  replacement: '[VIN]',
  enabled: 'on request',
  foundBy: 'shape and check digit',
  announcedBy: [
    {
      kind: 'VIN',
      answer: 'code',
      plain: 'never',
      inNames: 'anywhere',
      isTalk: undefined,
      phrases: `
        vin
        v i n
        vin number
        vehicle identification
        vehicle identification number
        chassis number
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
      pattern: /(?<![A-Za-z0-9])[A-HJ-NPR-Z0-9]{17}(?![A-Za-z0-9])/gi,
      needs: undefined,
      accepts: (value) => isVin(value.toUpperCase()),
    },
  ],
  date: undefined,
  digits: undefined,
};
