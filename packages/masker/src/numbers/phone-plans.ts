import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { Shape } from './shape.ts';

/**
 * Whether a code is that of a country whose phone formats are known.
 *
 * @example isRegion('UK') // false
 */
export function isRegion(code: string): boolean {
  return isSupportedCountry(code);
}

/**
 * Whether digits, written or spoken, are a valid national number of one of the regions. The North American plan has its own rule, so the
 * library is asked only when other regions are configured.
 *
 * @example of "020 7946 0018", regions ['GB'] -> true
 */
export function isNationalPhone(digits: string, shape: Shape, regions: readonly string[]): boolean {
  for (const region of regions) {
    if (region === 'US' || region === 'CA' || !isSupportedCountry(region)) continue;
    // An unbroken run could be anything; national numbers written without a gap keep their trunk zero.
    if (shape.groupCount === 1 && digits[0] !== '0') continue;
    if (parsePhoneNumberFromString(digits, region)?.isValid() === true) return true;
  }
  return false;
}

/**
 * Whether digits after a plus sign are a valid number of the country whose code they begin with.
 *
 * @example isInternationalPhone('442079460018') // true
 */
export function isInternationalPhone(digits: string): boolean {
  return parsePhoneNumberFromString(`+${digits}`)?.isValid() === true;
}
