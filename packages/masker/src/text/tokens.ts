/** Words, digit groups and punctuation of one normalised text, in order. White space is the gap between tokens. */
import { APOSTROPHE, isDigit, isLetter, LOWER_CASE } from './ascii.ts';
import { type Entry, extendWordHash, lookUp, lookUpIn } from './lexicon.ts';

/** A kind of token: letters, with apostrophes and digits inside. */
export const WORD = 1;
/** A kind of token: a group of digits. */
export const DIGITS = 2;
/** A kind of token: a sign. */
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

/** Entries that are a sign of ASCII. */
const SIGN_ENTRIES = Array.from({ length: 128 }, (_, code) => lookUp(String.fromCharCode(code)));

function classOf(code: number): number {
  return code < 128 ? (CLASSES[code] as number) : classBeyondAscii(code);
}

function classBeyondAscii(code: number): number {
  return code === 0xa0 ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0xfeff ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x3000
    ? BLANK
    : FOREIGN;
}

const LETTER_S = 0x73;
const OPENING_BRACKET = 0x5b;
/** What the masker itself writes: one opaque sign, so that masking again finds nothing new in it. */
const PLACEHOLDER = /\[(?:[A-Z][A-Z0-9_]{1,40}(?::[A-Za-z0-9_-]{1,32})?\]|\]+)/y;

/** Digits that phrases begin with: "16 digit", "3 digits on the back". */
const LONGEST_COUNT = 2;

/**
 * The tokens of a normalised text. Letters beyond ASCII form words of their own.
 *
 * @example tokenise('My PIN: 4471').words // ['my', 'pin', ':', '4471']
 */
export function tokenise(text: string): Tokens {
  const tokens: Tokens = { text, count: 0, kinds: [], starts: [], ends: [], words: [], entries: [] };
  const { length } = text;
  for (let at = 0; at < length; ) {
    const code = text.charCodeAt(at);
    const kind = code < 128 ? (CLASSES[code] as number) : classBeyondAscii(code);
    if (kind === BLANK) at++;
    else if (kind === LETTER) at = pushWord(tokens, at);
    else if (kind === SIGN) {
      const end = code === OPENING_BRACKET ? placeholderEnd(text, at) : 0;
      if (end > 0) push(tokens, PUNCTUATION, at, end, '[]', undefined);
      else push(tokens, PUNCTUATION, at, at + 1, text[at] as string, SIGN_ENTRIES[code]);
      at = end > 0 ? end : at + 1;
    } else if (kind === DIGIT) at = pushDigits(tokens, at);
    else {
      const start = at++;
      while (at < length && classOf(text.charCodeAt(at)) === FOREIGN) at++;
      const word = text.slice(start, at);
      push(tokens, WORD, start, at, word, lookUp(word));
    }
  }
  tokens.count = tokens.kinds.length;
  return tokens;
}

/** Adds the word at `start`; where it ends. */
function pushWord(tokens: Tokens, start: number): number {
  const { text } = tokens;
  const { length } = text;
  let at = start;
  let hasCapitals = false;
  let hasApostrophes = false;
  // Of the word in lower case and without apostrophes.
  let hash = 0;
  for (; at < length; at++) {
    const code = text.charCodeAt(at);
    if (isLetter(code)) {
      const lower = code | LOWER_CASE;
      if (code !== lower) hasCapitals = true;
      hash = extendWordHash(hash, lower);
    } else if (code === APOSTROPHE && at + 1 < length && isLetter(text.charCodeAt(at + 1))) hasApostrophes = true;
    else break;
  }
  const entry = (hasApostrophes ? owner(text, start, at) : undefined) ?? lookUpIn(text, start, at, hash);
  if (entry !== undefined) push(tokens, WORD, start, at, entry.word, entry);
  else {
    let word = text.slice(start, at);
    if (hasCapitals) word = word.toLowerCase();
    if (hasApostrophes) word = word.replaceAll("'", '');
    push(tokens, WORD, start, at, word, undefined);
  }
  return at;
}

/** "the code's 4821", "my cell's 555 0132": the entry of the word that says what the number is. */
function owner(text: string, start: number, end: number): Entry | undefined {
  if (text.charCodeAt(end - 2) !== APOSTROPHE || (text.charCodeAt(end - 1) | LOWER_CASE) !== LETTER_S) return undefined;
  const entry = lookUp(text.slice(start, end - 2).toLowerCase());
  // "c v v's 772"
  const isLetter = end - start === 3;
  return isLetter || (entry?.phrase?.kinds.length ?? 0) > 0 ? entry : undefined;
}

/** Adds the digits at `start`; where they end. */
function pushDigits(tokens: Tokens, start: number): number {
  const { text } = tokens;
  let at = start;
  let hash = 0;
  for (let code = text.charCodeAt(at); isDigit(code); code = text.charCodeAt(++at)) hash = extendWordHash(hash, code);
  const entry = at - start > LONGEST_COUNT ? undefined : lookUpIn(text, start, at, hash);
  push(tokens, DIGITS, start, at, text.slice(start, at), entry);
  return at;
}

/**
 * Whether the line ends between a token and the next one.
 *
 * @example endsLine(tokenise('pin\n4471'), 0) // true
 */
export function endsLine({ text, starts, ends }: Tokens, at: number): boolean {
  const end = ends[at] ?? 0;
  const next = starts[at + 1] ?? end;
  return next - end > 0 && text.slice(end, next).includes('\n');
}

/** Where the placeholder at a bracket ends; 0 when there is none. */
function placeholderEnd(text: string, start: number): number {
  PLACEHOLDER.lastIndex = start;
  return PLACEHOLDER.test(text) ? PLACEHOLDER.lastIndex : 0;
}

function push(tokens: Tokens, kind: number, start: number, end: number, word: string, entry: Entry | undefined): void {
  tokens.kinds.push(kind);
  tokens.starts.push(start);
  tokens.ends.push(end);
  tokens.words.push(word);
  tokens.entries.push(entry);
}
