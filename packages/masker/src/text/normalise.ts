/**
 * Text as the rules read it: plain digits, plain spaces and dashes, no invisible characters, no markup, entities and
 * percent-encoding decoded; with a way back to the original offsets.
 */
import { isDigit } from './ascii.ts';

/**
 * Normalised text; `starts`/`ends` give, per character, its place in the original. Absent where all places are the same.
 */
export interface NormalText {
  text: string;
  starts?: Int32Array;
  ends?: Int32Array;
}

const NEEDS_WORK = /[\u0080-\uffff]|&(?:#|[a-zA-Z]{2})|%[2-7][0-9a-fA-F]|<[a-zA-Z/!]/;
const MARKUP = /&(?:#|[a-zA-Z]{2})|%[2-7][0-9a-fA-F]|<[a-zA-Z/!]/;

const NAMED_ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  hyphen: '-',
  dash: '-',
  ndash: '-',
  mdash: '-',
  minus: '-',
  shy: '',
  zwnj: '',
  zwj: '',
  commat: '@',
  period: '.',
  lpar: '(',
  rpar: ')',
  plus: '+',
  sol: '/',
  colon: ':',
  lowbar: '_',
  num: '#',
};

const BLOCK_TAG =
  /^<\/?(?:p|div|br|li|ul|ol|tr|td|th|table|tbody|thead|h[1-6]|hr|section|article|header|footer|blockquote|pre|dd|dt|dl)\b/i;
const TAG = /<(?:\/?[a-zA-Z][^<>]{0,1000}|!--[^<>]{0,1000}--)>/y;
/** Markup that itself carries a value (`href="tel:…"`) stays readable. */
const TELLING_TAG = /@|%40|\d[\d\s().-]{5,}|&#|^<(?:at|dot)>$|^<(?!h[1-6]>)[a-z]+[\d!$%*][\w!$%*]{0,40}>$/i;
const ENTITY = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));?/y;

/** Digit runs of Unicode start at a zero; a character's value is its distance from it. */
const ZEROES = [
  0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20,
  0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0,
  0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x11066, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6,
  0x1fbf0,
];
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';

/** What makes a key of a digit: "2\ufe0f\u20e3". */
const KEYCAP = 0x20e3;

/** Whether a code point is a mark that is set on the character before it. */
function isMark(code: number): boolean {
  return code >= 0x300 && code <= 0x36f;
}

/** The plain forms that were asked for, by code point: a text beyond ASCII has few of them, again and again. */
const forms = new Map<number, string | undefined>();
const MAX_FORMS = 4096;

/** The plain form of one code point: '' for an invisible one, undefined when it is plain already. */
function plainForm(code: number): string | undefined {
  if (code < 0x80) return undefined;
  let form = forms.get(code);
  if (form === undefined && !forms.has(code)) {
    form = findForm(code);
    if (forms.size >= MAX_FORMS) forms.clear();
    forms.set(code, form);
  }
  return form;
}

function findForm(code: number): string | undefined {
  if (code === 0xa0 || (code >= 0x2000 && code <= 0x200a) || code === 0x202f || code === 0x205f || code === 0x3000)
    return ' ';
  if (code === 0x2028 || code === 0x2029) return '\n';
  if ((code >= 0x2010 && code <= 0x2015) || code === 0x2212 || code === 0xfe58 || code === 0xfe63) return '-';
  if (code === 0x2018 || code === 0x2019) return "'";
  if (code === 0x2024 || code === 0x3002 || code === 0xfe52 || code === 0xff61) return '.';
  if (code === 0xfe6b) return '@';
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  const character = String.fromCodePoint(code);
  if (code >= 0x1d400 && code <= 0x1d6a3) return character.normalize('NFKC');
  if (/\p{Nd}/u.test(character)) {
    for (let zero = ZEROES.length - 1; zero >= 0; zero--) {
      const value = code - (ZEROES[zero] ?? 0);
      if (value >= 0 && value <= 9) return String(value);
    }
  }
  if (/\p{No}/u.test(character)) {
    const value = Math.max(SUPERSCRIPTS.indexOf(character), SUBSCRIPTS.indexOf(character));
    if (value >= 0) return String(value);
    const folded = character.normalize('NFKC');
    return /^\d{1,2}$/.test(folded) ? folded : undefined;
  }
  if (code === KEYCAP || code === 0x34f || code === 0x115f || code === 0x1160 || (code >= 0xfe00 && code <= 0xfe0f))
    return '';
  return /\p{Cf}/u.test(character) ? '' : undefined;
}

/**
 * The normal form of a text, with the offsets of the original where they differ; the text itself when nothing does.
 *
 * @example normalise('4111&nbsp;1111').text // '4111 1111'
 * @example normalise('415-555-O132').text // '415-555-0132'
 */
export function normalise(original: string): NormalText {
  const text = LOOKALIKE.test(original) ? original.replace(MISTYPED, digitsOnly) : original;
  if (!NEEDS_WORK.test(text)) return { text };
  const plain = MARKUP.test(text) ? undefined : inPlace(text);
  return plain === undefined ? rewrite(text) : { text: plain };
}

/** A letter that looks like a digit, beside one. */
const LOOKALIKE = /\d[OoIl]|[OoIl]\d/;
/** Groups of digits, a few of which are such letters: "415-555-O132". */
const MISTYPED = /(?<![A-Za-z0-9])(?:[\dOoIl]{2,5}[-. ]){1,4}[\dOoIl]{2,7}(?![A-Za-z0-9])/g;
/** Letters among the digits of one number. */
const MOST_LETTERS = 3;
/** Digits of a number that may have such letters. */
const FEWEST_DIGITS = 6;

/** The digits that were meant; the groups themselves where they are no number. */
function digitsOnly(groups: string): string {
  const letters = groups.replace(/[^A-Za-z]/g, '').length;
  const digits = groups.replace(/\D/g, '').length;
  if (
    letters > MOST_LETTERS ||
    digits < FEWEST_DIGITS ||
    !groups.split(/[-. ]/).every((group) => /\d|^[Oo]+$/.test(group))
  )
    return groups;
  return groups.replace(/[OoIl]/g, (letter) => (letter === 'O' || letter === 'o' ? '0' : '1'));
}

/** The text with plain characters in place of odd ones; undefined where one takes more or less room than the other. */
function inPlace(text: string): string | undefined {
  const pieces: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) < 0x80) continue;
    const code = text.codePointAt(at) ?? 0;
    const width = code > 0xffff ? 2 : 1;
    if (isMark(code) && isDigit(text.charCodeAt(at - 1))) return undefined;
    const form = plainForm(code);
    if (form !== undefined) {
      if (form.length !== width) return undefined;
      pieces.push(text.slice(from, at), form);
      from = at + width;
    }
    at += width - 1;
  }
  if (from === 0) return text;
  pieces.push(text.slice(from));
  // In one piece, which is read faster than a sum of parts.
  return pieces.join('');
}

function rewrite(text: string): NormalText {
  const parts: string[] = [];
  let length = 0;
  let capacity = text.length + 16;
  let starts = new Int32Array(capacity);
  let ends = new Int32Array(capacity);
  const emit = (plain: string, start: number, end: number): void => {
    if (length + plain.length > capacity) {
      capacity = 2 * (length + plain.length);
      const [oldStarts, oldEnds] = [starts, ends];
      starts = new Int32Array(capacity);
      ends = new Int32Array(capacity);
      starts.set(oldStarts);
      ends.set(oldEnds);
    }
    for (let i = 0; i < plain.length; i++) {
      starts[length] = start;
      ends[length] = end;
      length++;
    }
    parts.push(plain);
  };

  for (let at = 0; at < text.length; ) {
    const code = text.codePointAt(at) ?? 0;
    const width = code > 0xffff ? 2 : 1;
    if (code === 0x3c) {
      TAG.lastIndex = at;
      const tag = TAG.exec(text)?.[0];
      if (tag !== undefined && !TELLING_TAG.test(tag)) {
        if (BLOCK_TAG.test(tag)) emit('\n', at, at + tag.length);
        else if (
          endsElement(parts.at(-1) ?? '', tag, text, at + tag.length) ||
          isBorder(parts.at(-1) ?? '', text[at + tag.length] ?? '')
        )
          emit(' ', at, at + tag.length);
        at += tag.length;
        continue;
      }
    } else if (code === 0x26) {
      ENTITY.lastIndex = at;
      const entity = ENTITY.exec(text);
      const decoded = entity === null ? undefined : decodeEntity(entity);
      if (entity !== null && decoded !== undefined) {
        emit(plainText(decoded), at, at + entity[0].length);
        at += entity[0].length;
        continue;
      }
    } else if (code === 0x25) {
      const value = Number.parseInt(text.slice(at + 1, at + 3), 16);
      if (value >= 0x20 && value < 0x7f && /^[0-9a-fA-F]{2}$/.test(text.slice(at + 1, at + 3))) {
        emit(String.fromCharCode(value), at, at + 3);
        at += 3;
        continue;
      }
    }
    const character = width === 1 ? (text[at] ?? '') : text.slice(at, at + 2);
    if (code < 0x80) emit(character, at, at + 1);
    else if (isMark(code) && /\d$/.test(parts.at(-1) ?? '')) {
      // A mark on a digit hides nothing.
    } else {
      const plain = plainForm(code);
      if (plain !== undefined) emit(plain, at, at + width);
      else for (let i = 0; i < width; i++) emit(character[i] ?? '', at + i, at + i + 1);
    }
    at += width;
  }
  return { text: parts.join(''), starts: starts.subarray(0, length), ends: ends.subarray(0, length) };
}

/** "2125550142</phone><order>…": after a number one element ends and another begins. */
function endsElement(before: string, tag: string, text: string, end: number): boolean {
  return /\d$/.test(before) && tag[1] === '/' && text[end] === '<' && text[end + 1] !== '/';
}

/** Markup between a letter and a digit parts them; within a number or a word it does not. */
function isBorder(before: string, after: string): boolean {
  return /[a-z]$/i.test(before) ? /\d/.test(after) : /\d$/.test(before) && /[a-z]/i.test(after);
}

function decodeEntity(match: RegExpExecArray): string | undefined {
  const [, decimal, hex, name] = match;
  if (name !== undefined) return NAMED_ENTITIES[name.toLowerCase()];
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number.parseInt(decimal, 10);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

function plainText(decoded: string): string {
  return plainForm(decoded.codePointAt(0) ?? 0) ?? decoded;
}
