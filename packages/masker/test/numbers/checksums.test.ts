import { describe, expect, test } from 'vitest';
import { passesLuhn, passesMod97, passesVerhoeff } from '../../src/numbers/checksums.ts';
import { isNanp } from '../../src/types/contact/phone.ts';
import { isCardPrefix } from '../../src/types/payment/card-number.ts';
import { isItin } from '../../src/types/us/itin.ts';
import { isRoutingNumber } from '../../src/types/us/routing-number.ts';
import { isSsn } from '../../src/types/us/ssn.ts';
import { isVin } from '../../src/types/vehicle/vin.ts';

const DIGITS = '0123456789';

/** Every text that differs from this one in a single place, by another of some characters. */
function singleSlips(text: string, characters = DIGITS): string[] {
  return [...text].flatMap((own, at) =>
    [...characters].filter((other) => other !== own).map((other) => text.slice(0, at) + other + text.slice(at + 1)),
  );
}

/** Every text with two different neighbours the other way round. */
function swaps(text: string): string[] {
  return [...text]
    .map((own, at) => text.slice(0, at) + (text[at + 1] ?? '') + own + text.slice(at + 2))
    .filter((swapped) => swapped !== text && swapped.length === text.length);
}

const accepted = (check: (text: string) => boolean, texts: readonly string[]): string[] => texts.filter(check);

/** The numbers from 0 to 99 whose text, put in, is accepted. */
const twoDigits = (check: (two: string) => boolean): string =>
  Array.from({ length: 100 }, (_, i) => String(i).padStart(2, '0'))
    .filter(check)
    .join(' ');

describe('social security numbers', () => {
  test.each(['001010001', '219099999', '665121234', '667121234', '899999999', '531724409'])(
    '%s may be issued',
    (digits) => {
      expect(isSsn(digits)).toBe(true);
    },
  );

  test.each([
    ['area 000', '000121234'],
    ['area 666', '666121234'],
    ['area 900', '900121234'],
    ['area 999', '999121234'],
    ['group 00', '219001234'],
    ['serial 0000', '219090000'],
    ['printed on a wallet', '078051120'],
    ['the example of a form', '123121234'],
    ['a digit too few', '21909999'],
    ['a digit too many', '2190999999'],
  ])('%s is not issued', (_, digits) => {
    expect(isSsn(digits)).toBe(false);
  });
});

test('taxpayer numbers begin with 9 and have a group that is issued', () => {
  const groups =
    '50 51 52 53 54 55 56 57 58 59 60 61 62 63 64 65 70 71 72 73 74 75 76 77 78 79 80 81 82 83 84 85 86 87 88';
  expect(twoDigits((group) => isItin(`912${group}1234`))).toBe(`${groups} 90 91 92 94 95 96 97 98 99`);
  expect(twoDigits((area) => isItin(`${area}2701234`))).toBe('90 91 92 93 94 95 96 97 98 99');
  expect(isItin('9127012345')).toBe(false);
});

describe('routing numbers', () => {
  /** The number of a district with its check digit, worked out by trial. */
  const ofDistrict = (district: string): string | undefined =>
    [...DIGITS].map((check) => `${district}123456${check}`).find((digits) => weighted(digits) % 10 === 0);
  const weighted = (digits: string): number =>
    [...digits].reduce((sum, digit, at) => sum + Number(digit) * (at % 3 === 0 ? 3 : at % 3 === 1 ? 7 : 1), 0);

  test('have a district of the Federal Reserve', () => {
    const districts =
      '00 01 02 03 04 05 06 07 08 09 10 11 12 21 22 23 24 25 26 27 28 29 30 31 32 61 62 63 64 65 66 67 68 69 70 71 72 80';
    expect(twoDigits((district) => isRoutingNumber(ofDistrict(district) ?? ''))).toBe(districts);
  });

  test.each(['021000021', '011401533', '121000248', '322271627'])(
    '%s is right, and no slip of a digit is',
    (digits) => {
      expect(isRoutingNumber(digits)).toBe(true);
      expect(accepted(isRoutingNumber, singleSlips(digits))).toEqual([]);
      expect(isRoutingNumber(digits.slice(1))).toBe(false);
    },
  );
});

describe('North American phone numbers', () => {
  test.each([
    ['2125550142', true],
    ['9999999998', true],
    ['1125550142', false],
    ['0125550142', false],
    ['2121550142', false],
    ['2120550142', false],
    ['2222222222', false],
    ['9999999999', false],
    ['212555014', false],
    ['21255501422', false],
  ])('%s: %s', (digits, expected) => {
    expect(isNanp(digits)).toBe(expected);
  });
});

describe('cards', () => {
  test.each(['4242424242424242', '5555555555554444', '371449635398431', '6011111111111117', '30569309025904'])(
    '%s has its check digit, and no slip of a digit has',
    (digits) => {
      expect(passesLuhn(digits)).toBe(true);
      expect(isCardPrefix(digits)).toBe(true);
      expect(accepted(passesLuhn, singleSlips(digits))).toEqual([]);
    },
  );

  test('zeros are none', () => expect(passesLuhn('0000000000000000')).toBe(false));

  /** Prefixes and the lengths from 12 to 20 that go with them. */
  test.each([
    ['1', '15'],
    ['2220', ''],
    ['2221', '16'],
    ['229', '16'],
    ['23', '16'],
    ['2720', '16'],
    ['2721', ''],
    ['28', ''],
    ['300', '14'],
    ['31', ''],
    ['34', '15'],
    ['35', '16'],
    ['36', '14'],
    ['37', '15'],
    ['38', '14'],
    ['39', '14'],
    ['4', '13 16 19'],
    ['50', '13 14 15 16 17 18 19'],
    ['51', '16'],
    ['57', '16'],
    ['58', '13 14 15 16 17 18 19'],
    ['56', '13 14 15 16 17 18 19'],
    ['600', '16'],
    ['601', '13 14 15 16 17 18 19'],
    ['62', '13 14 15 16 17 18 19'],
    ['66', '16'],
    ['67', '13 14 15 16 17 18 19'],
    ['7', ''],
    ['0', ''],
  ])('begin with %s and have %s digits', (prefix, lengths) => {
    const fitting = [12, 13, 14, 15, 16, 17, 18, 19, 20].filter((length) => isCardPrefix(prefix.padEnd(length, '0')));
    expect(fitting.join(' ')).toBe(lengths);
  });
});

test.each(['234123412346', '499118665246'])('%s passes Verhoeff; no slip and no swap does', (digits) => {
  expect(passesVerhoeff(digits)).toBe(true);
  expect(accepted(passesVerhoeff, [...singleSlips(digits), ...swaps(digits)])).toEqual([]);
});

test.each(['GB82WEST12345698765432', 'DE89370400440532013000', 'NL91ABNA0417164300', 'FR1420041010050500013M02606'])(
  '%s passes mod 97; no slip and no swap does',
  (iban) => {
    expect(passesMod97(iban)).toBe(true);
    const slips = singleSlips(iban).filter((slip) =>
      [...slip].every((own, at) => /\d/.test(own) === /\d/.test(iban[at] ?? '')),
    );
    expect(accepted(passesMod97, [...slips, ...swaps(iban)])).toEqual([]);
  },
);

test.each(['1M8GDM9AXKP042788', '11111111111111111', '1HGCM82633A004352'])(
  '%s is a vehicle; no slip of a digit is',
  (vin) => {
    expect(isVin(vin)).toBe(true);
    const slips = singleSlips(vin).filter((slip) => isDigitChanged(slip, vin));
    expect(accepted(isVin, slips)).toEqual([]);
    expect(
      accepted(
        isVin,
        ['I', 'O', 'Q'].map((letter) => letter + vin.slice(1)),
      ),
    ).toEqual([]);
    expect(isVin(vin.slice(1))).toBe(false);
  },
);

/** Letters of a vehicle's number stand for digits: one for another may keep the sum. */
function isDigitChanged(slip: string, vin: string): boolean {
  return [...slip].every((own, at) => own === vin[at] || (/\d/.test(vin[at] ?? '') && at !== 8));
}
