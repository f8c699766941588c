/** A text as the rules for names and addresses read it: words with what the lexicon knows of them, numbers, signs. */
import type { Lexicon } from './lexicon.ts';
import { fold, WORD_CLASS } from './word-class.ts';

/** A kind of token: letters, with apostrophes inside. */
export const LETTERS = 1;
/** A kind of token: a group of digits, with the letters that are glued to it ("12b", "3rd"). */
export const NUMBER = 2;
/** A kind of token: a sign. */
export const SIGN = 3;
/** A kind of token: the end of a line. */
export const BREAK = 4;
/** A kind of token: what the masker has put in the place of something. */
export const MASK = 5;

/** One token; offsets in the text. */
export interface Word {
  readonly kind: number;
  readonly start: number;
  /** Without an apostrophe and s that only mark an owner. */
  readonly end: number;
  /** In lower case, without accents and apostrophes; a sign as it stands. */
  readonly text: string;
  /** What the lexicon knows, as bits of {@link WORD_CLASS}. */
  readonly bits: number;
  /** It begins with a capital, and the text is one in which that says something. */
  readonly capital: boolean;
  /** It begins a sentence or a line, so that a capital says nothing. */
  readonly opens: boolean;
  /** It is glued to what stands before: no blank between. */
  readonly glued: boolean;
  /** An apostrophe and s were cut off. */
  readonly owner: boolean;
}

/** Letters with marks on them, apostrophes between; digits with letters; a mask; one sign; an end of line. */
const TOKEN =
  /\[[A-Z][A-Z0-9_]{1,40}(?::[A-Za-z0-9_-]{1,32})?\]|[\p{L}\p{M}]+(?:['\u2019][\p{L}\p{M}]+)*|\p{Nd}+[\p{L}\p{Nd}]*|\n|\S/gu;
const OWNER = /['\u2019][sS]$/;
const APOSTROPHES = /['\u2019]/g;
const LETTER = /^\p{L}/u;
const DIGIT = /^\p{Nd}/u;
const CAPITAL = /^\p{Lu}/u;
const LOWER = /\p{Ll}/u;
const UPPER = /\p{Lu}/u;
const OPENING = new Set(['.', '!', '?', ':', '"', '\u201c', '\u2022', '*', ';']);

/**
 * The tokens of a text.
 *
 * @example readWords("Sarah's cat", lexicon).map(({ text }) => text) // ['sarah', 'cat']
 */
export function readWords(text: string, lexicon: Lexicon): Word[] {
  const words: Word[] = [];
  const cased = LOWER.test(text) && UPPER.test(text);
  let opens = true;
  let last = -1;
  for (const { 0: raw, index: start } of text.matchAll(TOKEN)) {
    const glued = start === last;
    last = start + raw.length;
    if (LETTER.test(raw)) {
      const owner = raw.length > 3 && OWNER.test(raw);
      const own = owner ? raw.slice(0, -2) : raw;
      const folded = fold(APOSTROPHES.test(own) ? own.replaceAll(APOSTROPHES, '') : own);
      words.push({
        kind: LETTERS,
        start,
        end: start + own.length,
        text: folded,
        bits: lexicon.classOf(folded) & KNOWN,
        capital: cased && CAPITAL.test(raw),
        opens,
        glued,
        owner,
      });
      opens = false;
      continue;
    }
    const kind = DIGIT.test(raw) ? NUMBER : raw === '\n' ? BREAK : raw.length > 1 ? MASK : SIGN;
    words.push({
      kind,
      start,
      end: last,
      text: raw.toLowerCase(),
      bits: 0,
      capital: false,
      opens,
      glued,
      owner: false,
    });
    opens = kind === BREAK || (kind === SIGN && OPENING.has(raw)) || (opens && kind === SIGN);
  }
  return words;
}

const KNOWN = Object.values(WORD_CLASS).reduce((all, bit) => all | bit, 0);
