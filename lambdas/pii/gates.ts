/**
 * Cheap questions that a text must answer yes to before any rule looks at it. A gate may open too often, never too
 * seldom: a text that passes none holds nothing the rules could find.
 */

/** Number words, signs as words, months beside days, words that announce a secret. */
export const SPOKEN_SOURCE =
  '\\b(?:zero|oh|one|two|three|four|five|six|seven|eight|niner?|ten|eleven|twelve|thirteen|fou?rteen|fifteen|sixteen|seventeen|eighteen|nineteen|' +
  'twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|ninety|double|triple|treble|dot|nought|naught|' +
  '(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twelfth|thirteenth|thirtieth|twentieth) of|' +
  '(?:january|february|march|april|may|june|july|august|september|october|november|december) (?:the )?[a-z]{3,9}(?:th|st|nd|rd)|' +
  'passwords?|passwd|pwd|pw|passphrase|passcode|(?:security|secret) answer|memorable word|safe word|pass ?(?:word|phrase)|contraseña|passwort)\\b|' +
  '[a-z]\\.[a-z]{2}|\\bat gmail|\\bat g mail|\\bat yahoo|\\bat hotmail|\\bat outlook|\\bat icloud|\\bat aol';

/** Characters that stand for digits, letters or nothing at all: other scripts, full-width, invisible. */
export const ODD_SOURCE =
  '[\\u00ad\\u00b2\\u00b3\\u00b9\\u0600-\\u1fff\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u209f\\u2460-\\u24ff\\ua620-\\uabff\\ud801-\\ud83b\\ufe00-\\uffff]';

/** Encoded characters: `&#64;`, `%40`. */
export const ENCODED_SOURCE = '&(?:#|commat|period)|%[2-7][0-9a-f]';

const GATE = new RegExp(`[0-9@]|${SPOKEN_SOURCE}|${ODD_SOURCE}|${ENCODED_SOURCE}`, 'i');

/** Whether any rule could find something in the text. */
export function isSuspicious(text: string): boolean {
  return GATE.test(text);
}
