/** Check digits and number plans. Pure arithmetic on plain digits. */

/** Luhn (ISO/IEC 7812-1), as cards and Canadian social insurance numbers use it. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = digits.length - 1, double = false; i >= 0; i--, double = !double) {
    let value = digits.charCodeAt(i) - 48;
    if (double) {
      value *= 2;
      if (value > 9) value -= 9;
    }
    sum += value;
  }
  return sum % 10 === 0 && !/^0+$/.test(digits);
}

/** Whether issuer prefix and length go together (ISO/IEC 7812 ranges of the large schemes and UATP). */
export function isCardPrefix(digits: string): boolean {
  const length = digits.length;
  switch (digits[0]) {
    case '1':
      return length === 15;
    case '2':
      return length === 16 && /^2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)/.test(digits);
    case '3':
      return length === 16
        ? /^35/.test(digits)
        : length === 15
          ? /^3[47]/.test(digits)
          : length === 14 && /^3(?:0|[689])/.test(digits);
    case '4':
      return length === 13 || length === 16 || length === 19;
    case '5':
      return length === 16 || (length >= 13 && length <= 19 && /^5[068]/.test(digits));
    case '6':
      return length === 16 || (length >= 13 && length <= 19 && /^6(?:01|2|3|4|5|7)/.test(digits));
    default:
      return false;
  }
}

/** Area, group and serial the Social Security Administration may issue. */
export function isSsn(digits: string): boolean {
  return (
    /^(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}$/.test(digits) && digits !== '078051120' && digits !== '123121234'
  );
}

/** Individual taxpayer number: 9xx and a group of the issued ranges (IRS). */
export function isItin(digits: string): boolean {
  return /^9\d{2}(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])\d{4}$/.test(digits);
}

/** ABA routing number: district and weighted sum. */
export function isRoutingNumber(digits: string): boolean {
  if (!/^(?:0\d|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)\d{7}$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < 9; i++) sum += (digits.charCodeAt(i) - 48) * ([3, 7, 1][i % 3] ?? 0);
  return sum % 10 === 0;
}

/** North American numbering plan: ten digits, area and exchange do not start with 0 or 1. */
export function isNanp(digits: string): boolean {
  return /^[2-9]\d{2}[2-9]\d{6}$/.test(digits) && !/^(\d)\1{9}$/.test(digits);
}

const VERHOEFF_PRODUCT = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
];
const VERHOEFF_PERMUTATION = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
];

/** Verhoeff check digit, as Aadhaar uses it. */
export function passesVerhoeff(digits: string): boolean {
  let check = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const permuted = Number(VERHOEFF_PERMUTATION[i % 8]?.[digit]);
    check = Number(VERHOEFF_PRODUCT[check]?.[permuted]);
  }
  return check === 0;
}

/** ISO 7064 mod 97-10 over an IBAN without separators, upper case. */
export function passesMod97(iban: string): boolean {
  let rest = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97;
  }
  return rest === 1;
}

/** Vehicle identification number: check digit in position 9 (ISO 3779, as North America uses it). */
export function isVin(vin: string): boolean {
  if (!/^[A-HJ-NPR-Z0-9]{17}$/.test(vin)) return false;
  const values = '0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ';
  const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += (values.indexOf(vin[i] ?? '') % 10) * (weights[i] ?? 0);
  return vin[8] === '0123456789X'[sum % 11];
}
