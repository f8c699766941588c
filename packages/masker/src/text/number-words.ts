/**
 * The words of numbers, in one list: what the rules understand, the prefilter lets through, and dates and passwords go on
 * with. A word that is added here is known to all of them.
 */

/** Pairs of word and value: `"one 1 two 2"`. */
function pairs(list: string): ReadonlyMap<string, string> {
  const words = list.split(' ');
  return new Map(words.flatMap((word, at) => (at % 2 === 0 ? [[word, words[at + 1] ?? ''] as const] : [])));
}

/** "five" is 5. */
export const UNITS = pairs(
  'zero 0 oh 0 nought 0 naught 0 aught 0 one 1 two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 niner 9',
);
/** Digits beside other digits only: the letter o, radio spelling, other words for nothing. */
export const LIKENESSES = pairs('o 0 ow 0 nil 0 null 0 tree 3 fower 4 fife 5');
/** Words that sound like digits, which are some between other digits only. */
export const HOMOPHONES = pairs('to 2 too 2 for 4 fore 4 ate 8 won 1');
/** "fifteen" is 15. */
export const TEENS = pairs(
  'ten 10 eleven 11 twelve 12 thirteen 13 fourteen 14 forteen 14 fifteen 15 sixteen 16 seventeen 17 eighteen 18 nineteen 19',
);
/** "fifty" is 5 before a unit. */
export const TENS = pairs('twenty 2 thirty 3 forty 4 fourty 4 fifty 5 sixty 6 seventy 7 eighty 8 ninety 9');
/** "triple" repeats three times. */
export const REPEATS = pairs('double 2 triple 3 treble 3 quadruple 4');
/** "two hundred" is 2 and two digits more. */
export const HUNDRED = 'hundred';
/** Words that make a quantity of the number before them: "five grand" is no code. */
export const MAGNITUDES: readonly string[] = ['thousand', 'million', 'billion', 'trillion', 'grand', 'k'];
/** "fourteenth" is 14. */
export const ORDINALS = pairs(
  'first 1 second 2 third 3 fourth 4 fifth 5 sixth 6 seventh 7 eighth 8 ninth 9 tenth 10 eleventh 11 twelfth 12 thirteenth 13 ' +
    'fourteenth 14 fifteenth 15 sixteenth 16 seventeenth 17 eighteenth 18 nineteenth 19 twentieth 20 thirtieth 30',
);

/** "triple nines": what may follow a repeat, by its plain form. Undefined for what is no plural. */
export function singular(word: string): string | undefined {
  const plain = word.replace(/(?:(?<=x)es|s)$/, '');
  return plain !== word && UNITS.has(plain) ? plain : undefined;
}

/** The plural of a unit: "nines", "sixes". */
export function plural(unit: string): string {
  return unit.endsWith('x') ? `${unit}es` : `${unit}s`;
}
