/**
 * Cheap questions that a text must answer yes to before any rule looks at it. A gate may open too often, never too
 * seldom: a text that passes none holds nothing the rules could find. Two narrow patterns beat one broad one: the
 * first is a plain character class, the second a set of words the engine can skip along.
 */

const NUMBER_WORDS =
  'zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fou?rteen|fifteen|sixteen|seventeen|eighteen|nineteen|' +
  'twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|ninety|double|triple|treble|quadruple|nought|naught|hundred';
const HESITATIONS = 'u+h+|u+m+|er+m?|and|then|dash|hyphen|space|so|okay|ok|like';

/** A digit, a sign of an address, the start of an encoded character, or a character that stands for one of these. */
export const SIGNS =
  /[0-9@&%\u00ad\u00b2\u00b3\u00b9\u0600-\u180a\u180e-\u1fff\u200b-\u200f\u202a-\u202e\u2060-\u209f\u2460-\u24ff\ua620-\uabff\ud801-\ud83b\ufe10-\uffff]|[\ufe00-\ufe0f]/;

/** Two number words in a row, a written domain, "dot", or a word that announces a value without digits. */
export const WORDS = new RegExp(
  `\\b(?:${NUMBER_WORDS})[ ,.-]{1,3}(?:(?:${HESITATIONS})[ ,.]{1,3}){0,2}(?:${NUMBER_WORDS}|o|oh)\\b|` +
    'dot|\\.[a-z]{2}|passw|passp|pwd|birth|born|bday|dob|arroba|memorable|answer|gmail|yahoo|hotmail',
  'i',
);

const LONE_NUMBER_WORD = new RegExp(`^(?:${NUMBER_WORDS}|oh)[.,?!]?$`, 'i');

/** Letters that number words begin with, as bits from `a`. */
const FIRST_LETTERS = [...'defhnoqstz'].reduce((bits, letter) => bits | (1 << (letter.charCodeAt(0) - 0x61)), 0);

/** Shorter texts cannot hold what {@link WORDS} looks for. */
export const SHORTEST_WORDS = 6;
/** The longest number word with a sign after it. */
const LONGEST_WORD = 11;

/** Whether any rule could find something in the text. */
export function isSuspicious(text: string): boolean {
  return SIGNS.test(text) || (text.length >= SHORTEST_WORDS && WORDS.test(text)) || isLoneNumberWord(text);
}

/** A single number word: an entry of a word list. */
export function isLoneNumberWord(text: string): boolean {
  if (text.length > LONGEST_WORD || text.length < 2) return false;
  const letter = (text.charCodeAt(0) | 0x20) - 0x61;
  return letter >= 0 && letter < 26 && ((FIRST_LETTERS >> letter) & 1) === 1 && LONE_NUMBER_WORD.test(text);
}
