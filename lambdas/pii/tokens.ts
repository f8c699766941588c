/** Words, digit groups and punctuation of one normalised text, in order. White space is the gap between tokens. */

export const WORD = 1;
export const DIGITS = 2;
export const PUNCTUATION = 3;

export interface Tokens {
  text: string;
  count: number;
  kinds: number[];
  starts: number[];
  ends: number[];
  /** Lower-cased, apostrophes removed; a digit group or sign as it stands. */
  words: string[];
}

const TOKEN = /[a-z]+(?:'[a-z]+)*|[0-9]+|(?:(?!\s)[\u0080-\uffff])+|[^\s]/gi;

/** Splits a normalised text. Letters beyond ASCII form words of their own. */
export function tokenise(text: string): Tokens {
  const tokens: Tokens = { text, count: 0, kinds: [], starts: [], ends: [], words: [] };
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    const word = match[0];
    const code = word.charCodeAt(0);
    const kind = code >= 0x30 && code <= 0x39 ? DIGITS : code >= 0x80 || isLetter(code) ? WORD : PUNCTUATION;
    tokens.kinds.push(kind);
    tokens.starts.push(match.index);
    tokens.ends.push(match.index + word.length);
    tokens.words.push(kind === WORD ? word.toLowerCase().replaceAll("'", '') : word);
  }
  tokens.count = tokens.kinds.length;
  return tokens;
}

function isLetter(code: number): boolean {
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}
