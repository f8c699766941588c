/** What a code unit is among those of ASCII. NaN, as beyond either end of a text, is none of them. */

export const APOSTROPHE = 0x27;
export const COLON = 0x3a;
/** What tells small letters from capitals; digits have it, too. */
export const LOWER_CASE = 0x20;

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

export function isLetter(code: number): boolean {
  const lower = code | LOWER_CASE;
  return lower >= 0x61 && lower <= 0x7a;
}

export function isLetterOrDigit(code: number): boolean {
  return isLetter(code) || isDigit(code);
}
