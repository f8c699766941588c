/** What a code unit is among those of ASCII. NaN, as beyond either end of a text, is none of them. */

export const APOSTROPHE = 0x27;
/** The code unit of `:`. */
export const COLON = 0x3a;
/** What tells small letters from capitals; digits have it, too. */
export const LOWER_CASE = 0x20;

/**
 * Whether a code unit is one of `0-9`.
 *
 * @example isDigit(0x35) // true
 */
export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/**
 * Whether a code unit is one of `a-z` or `A-Z`.
 *
 * @example isLetter(0x41) // true
 */
export function isLetter(code: number): boolean {
  const lower = code | LOWER_CASE;
  return lower >= 0x61 && lower <= 0x7a;
}

/**
 * Whether a code unit is one of `a-z`, `A-Z` or `0-9`.
 *
 * @example isLetterOrDigit(0x5f) // false
 */
export function isLetterOrDigit(code: number): boolean {
  return isLetter(code) || isDigit(code);
}
