/** Words, digit groups and punctuation of one normalised text, in order. White space is the gap between tokens. */
import { type Entry, extendWordHash, lookUp, lookUpHashed } from './lexicon.ts';

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
  /** What the lexicon knows about the word. */
  entries: (Entry | undefined)[];
}

const BLANK = 0;
const LETTER = 1;
const DIGIT = 2;
const SIGN = 3;
const FOREIGN = 4;

const CLASSES = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code);
  CLASSES[code] = /[a-z]/i.test(character)
    ? LETTER
    : /\d/.test(character)
      ? DIGIT
      : /\s/.test(character)
        ? BLANK
        : SIGN;
}

function classOf(code: number): number {
  if (code < 128) return CLASSES[code] ?? SIGN;
  return code === 0xa0 ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0xfeff ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x3000
    ? BLANK
    : FOREIGN;
}

const OPENING_BRACKET = 0x5b;
const APOSTROPHE = 0x27;
/** What the masker itself writes: one opaque sign, so that masking again finds nothing new in it. */
const PLACEHOLDER = /\[(?:[A-Z][A-Z0-9_]{1,40}(?::[A-Za-z0-9_-]{1,32})?\]|\]+)/y;

/** Splits a normalised text. Letters beyond ASCII form words of their own. */
export function tokenise(text: string): Tokens {
  const tokens: Tokens = { text, count: 0, kinds: [], starts: [], ends: [], words: [], entries: [] };
  const { length } = text;
  for (let at = 0; at < length; ) {
    const kind = classOf(text.charCodeAt(at));
    if (kind === BLANK) {
      at++;
      continue;
    }
    const start = at++;
    if (kind === SIGN && text.charCodeAt(start) === OPENING_BRACKET) {
      PLACEHOLDER.lastIndex = start;
      if (PLACEHOLDER.test(text)) {
        at = PLACEHOLDER.lastIndex;
        push(tokens, PUNCTUATION, start, at, '[]', undefined);
        continue;
      }
    }
    if (kind === LETTER) {
      // The word in lower case, and its hash, without apostrophes.
      let plain = text.charCodeAt(start) >= 0x61;
      let hash = extendWordHash(0, text.charCodeAt(start) | 0x20);
      for (; at < length; at++) {
        const code = text.charCodeAt(at);
        if (code < 128 && CLASSES[code] === LETTER) {
          if (code < 0x61) plain = false;
          hash = extendWordHash(hash, code | 0x20);
        } else if (code === APOSTROPHE && at + 1 < length && classOf(text.charCodeAt(at + 1)) === LETTER) plain = false;
        else break;
      }
      let word = text.slice(start, at);
      if (!plain) word = word.toLowerCase().replaceAll("'", '');
      push(tokens, WORD, start, at, word, lookUpHashed(word, hash));
      continue;
    }
    if (kind !== SIGN) while (at < length && classOf(text.charCodeAt(at)) === kind) at++;
    const word = text.slice(start, at);
    push(
      tokens,
      kind === DIGIT ? DIGITS : kind === SIGN ? PUNCTUATION : WORD,
      start,
      at,
      word,
      kind === DIGIT && at - start > 2 ? undefined : lookUp(word),
    );
  }
  tokens.count = tokens.kinds.length;
  return tokens;
}

function push(tokens: Tokens, kind: number, start: number, end: number, word: string, entry: Entry | undefined): void {
  tokens.kinds.push(kind);
  tokens.starts.push(start);
  tokens.ends.push(end);
  tokens.words.push(word);
  tokens.entries.push(entry);
}
