/** A text as the rules for names and addresses read it: words with what the lexicon knows of them, numbers, signs. */
import { normalise } from '../text/normalise.ts';
import type { Lexicon } from './lexicon.ts';
import { fold } from './word-class.ts';

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
  /** What the lexicon knows, as bits of `WORD_CLASS`. */
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
  /\[[A-Z][A-Z0-9_]{1,40}(?::[A-Za-z0-9_-]{1,32})?\]|[\p{L}\p{M}]+(?:['\u2019][\p{L}\p{M}]+)*|\p{Nd}+[\p{L}\p{Nd}]*|\S/uy;
const OWNER = /['\u2019][sS]$/;
const APOSTROPHES = /['\u2019]/;
const ALL_APOSTROPHES = /['\u2019]/g;
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
  const { text: plain, starts, ends } = normalise(text);
  const words = new Reader(plain, lexicon).read();
  if (starts === undefined || ends === undefined) return words;
  return words.map((word) => ({ ...word, start: starts[word.start] ?? 0, end: ends[word.end - 1] ?? 0 }));
}

/** What a character of ASCII is, as a kind of token; 0 for a blank, {@link OTHER} beyond ASCII. */
const OTHER = 9;
const CLASSES = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code);
  CLASSES[code] = /[a-z]/i.test(character)
    ? LETTERS
    : /\d/.test(character)
      ? NUMBER
      : character === '\n'
        ? BREAK
        : /\s/.test(character)
          ? 0
          : SIGN;
}
const BRACKET = 0x5b;
const APOSTROPHE = 0x27;

function classAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 128 ? (CLASSES[code] as number) : OTHER;
}

/** Reads one text from its beginning. */
class Reader {
  private readonly text: string;
  private readonly lexicon: Lexicon;
  private readonly words: Word[] = [];
  private readonly cased: boolean;
  private opens = true;
  private last = -1;

  constructor(text: string, lexicon: Lexicon) {
    this.text = text;
    this.lexicon = lexicon;
    this.cased = LOWER.test(text) && UPPER.test(text);
  }

  read(): Word[] {
    const { text } = this;
    for (let at = 0; at < text.length; ) {
      const kind = classAt(text, at);
      if (kind === 0) at++;
      else at = this.plainEnd(at, kind) ?? this.awkward(at);
    }
    return this.words;
  }

  /** Adds a token of plain ASCII; undefined for one that is not, or is a mask. */
  private plainEnd(start: number, kind: number): number | undefined {
    const { text } = this;
    if (kind === SIGN || kind === BREAK) {
      if (text.charCodeAt(start) === BRACKET) return undefined;
      this.add(kind, start, start + 1);
      return start + 1;
    }
    if (kind === OTHER) return undefined;
    let at = start + 1;
    for (; at < text.length; at++) {
      const next = classAt(text, at);
      if (next === OTHER) return undefined;
      if (next === LETTERS || (kind === NUMBER && next === NUMBER)) continue;
      if (kind !== LETTERS || text.charCodeAt(at) !== APOSTROPHE || classAt(text, at + 1) !== LETTERS) break;
    }
    this.add(kind, start, at);
    return at;
  }

  /** Adds the token at a place where other scripts, accents or masks may be; where it ends. */
  private awkward(start: number): number {
    TOKEN.lastIndex = start;
    const raw = TOKEN.exec(this.text)?.[0];
    // A blank beyond ASCII.
    if (raw === undefined) return start + 1;
    const kind = LETTER.test(raw) ? LETTERS : DIGIT.test(raw) ? NUMBER : raw.length > 2 ? MASK : SIGN;
    this.add(kind, start, start + raw.length);
    return start + raw.length;
  }

  private add(kind: number, start: number, end: number): void {
    const raw = this.text.slice(start, end);
    const { opens } = this;
    const glued = start === this.last;
    // What begins a line is glued to nothing, and the end of a line to no word.
    this.last = kind === BREAK ? -1 : end;
    if (kind !== LETTERS) {
      this.words.push({
        kind,
        start,
        end,
        text: raw.toLowerCase(),
        bits: 0,
        capital: false,
        opens,
        glued: glued && kind !== BREAK,
        owner: false,
      });
      this.opens = kind === BREAK || (kind === SIGN && (opens || OPENING.has(raw)));
      return;
    }
    const owner = raw.length > 3 && OWNER.test(raw);
    const own = owner ? raw.slice(0, -2) : raw;
    const folded = fold(APOSTROPHES.test(own) ? own.replaceAll(ALL_APOSTROPHES, '') : own);
    const bits = this.lexicon.classOf(folded);
    const capital = this.cased && CAPITAL.test(raw);
    this.words.push({ kind, start, end: start + own.length, text: folded, bits, capital, opens, glued, owner });
    this.opens = false;
  }
}

/**
 * The same words, with one mask in place of those that stretches cover, which are in order: as the text will read once they are
 * masked, so that masking it again finds nothing else.
 *
 * @example withMasks(readWords('call 555 now', lexicon), [{ start: 5, end: 8 }]).map(({ kind }) => kind) // [LETTERS, MASK, LETTERS]
 */
export function withMasks(words: Word[], covered: readonly { start: number; end: number }[]): Word[] {
  if (covered.length === 0) return words;
  const masked: Word[] = [];
  let at = 0;
  let last = -1;
  for (const word of words) {
    while (at < covered.length && (covered[at]?.end ?? 0) <= word.start) at++;
    if ((covered[at]?.start ?? word.end) >= word.end) masked.push(word);
    else if (last !== at) {
      masked.push({ ...word, kind: MASK, text: '[]', bits: 0, capital: false, owner: false });
      last = at;
    }
  }
  return masked;
}
