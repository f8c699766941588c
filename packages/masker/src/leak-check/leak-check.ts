/**
 * A second detector, written differently on purpose: it walks the final text of a row once, character by character,
 * and shares no pattern, vocabulary or normalisation with the masker. It looks only for what no
 * exclusion frees in the masker, so that a hit means a fault and not a difference of opinion.
 */
import { type MaskOptions, resolveOptions } from '../model/options.ts';
import type { PiiType } from '../model/type-table.ts';

/** A kind of personal data that masked text still holds, and how often. */
export interface Leak {
  type: PiiType;
  count: number;
}

const ZERO = 48;
const AT = 64;
/** Characters of a group of digits and the signs between groups that are looked at as one value. */
const LONGEST_VALUE = 40;
const WORDS_BEFORE = 32;

/**
 * What looks like personal data in the masked text of a row; an empty answer lets it pass. Linear in the length of the text.
 *
 * @example findLeaks('{"text":"mail ann@example.com"}') // [{ type: 'EMAIL_ADDRESS', count: 1 }]
 */
export function findLeaks(json: string, options?: MaskOptions): Leak[] {
  const { types } = resolveOptions(options);
  const text = plain(json);
  const counts = new Map<PiiType, number>();
  const count = (type: PiiType): void => {
    if (types.has(type)) counts.set(type, (counts.get(type) ?? 0) + 1);
  };
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === AT) {
      if (isMailbox(text, at)) count('EMAIL_ADDRESS');
    } else if (code >= ZERO && code <= ZERO + 9) {
      const { groups, signs, end } = readValue(text, at);
      const type = judge(text, at, groups, signs, end);
      if (type !== undefined) count(type);
      at = end - 1;
    }
  }
  return [...counts].map(([type, found]) => ({ type, count: found }));
}

/** Escapes that could hide an `@` or a digit, undone. */
function plain(json: string): string {
  if (!json.includes('\\u') && !json.includes('&#') && !json.includes('%4')) return json;
  return json
    .replace(/\\u00([2-7][0-9a-fA-F])/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/&#(\d{2,3});/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/%4(?:0)/g, '@');
}

/** "logo@2x.png" is a picture for sharp screens. */
const FILES = new Set(['png', 'jpg', 'jpeg', 'gif', 'svg', 'webp', 'css', 'js']);

/** Letters or digits on both sides of the sign, and a dot with letters after it in the domain. */
function isMailbox(text: string, at: number): boolean {
  if (!isWordCode(text.charCodeAt(at - 1))) return false;
  let dot = -1;
  let end = at + 1;
  for (; end < text.length && end - at < 255; end++) {
    const code = text.charCodeAt(end);
    if (code === 0x2e) dot = end;
    else if (code !== 0x2d && !isWordCode(code)) break;
  }
  if (dot === end - 1) {
    end = dot;
    dot = text.lastIndexOf('.', end - 1);
  }
  if (dot <= at + 1 || end - dot < 3) return false;
  for (let i = dot + 1; i < end; i++) if (!isLetterCode(text.charCodeAt(i))) return false;
  return !FILES.has(text.slice(dot + 1, end).toLowerCase());
}

interface Value {
  groups: string[];
  signs: string;
  end: number;
}

/** Groups of digits with at most two signs between them. */
function readValue(text: string, start: number): Value {
  const groups: string[] = [];
  let signs = '';
  let at = start;
  while (at - start < LONGEST_VALUE) {
    const from = at;
    while (isDigitCode(text.charCodeAt(at))) at++;
    groups.push(text.slice(from, at));
    let next = at;
    while (next - at < 2 && /[ ().-]/.test(text[next] ?? '')) next++;
    if (next === at || !isDigitCode(text.charCodeAt(next))) break;
    signs += text.slice(at, next);
    at = next;
  }
  return { groups, signs, end: at };
}

function judge(
  text: string,
  start: number,
  groups: readonly string[],
  signs: string,
  end: number,
): PiiType | undefined {
  const before = text[start - 1] ?? '';
  if (isLetterCode(before.charCodeAt(0)) || isLetterCode(text.charCodeAt(end)) || before === '.' || before === '_')
    return undefined;
  const lengths = groups.map((group) => group.length).join('-');
  const digits = groups.join('');
  const words = text.slice(Math.max(0, start - WORDS_BEFORE), start).toLowerCase();
  if ((lengths === '4-4-4-4' || lengths === '4-6-5') && /^[3-6]/.test(digits) && hasCheckDigit(digits))
    return 'CREDIT_CARD';
  if (
    (lengths === '16' || lengths === '15') &&
    /^[3-6]/.test(digits) &&
    hasCheckDigit(digits) &&
    /\b(?:card|visa|mastercard|amex)\W{1,12}(?:number\W{1,4})?(?:is\W)?$/.test(words)
  )
    return 'CREDIT_CARD';
  if (
    lengths === '3-2-4' &&
    signs === '--' &&
    /(?:\bssn|social security(?: number)?)\W{1,6}(?:is )?$/.test(words) &&
    !/^(?:000|666|9)/.test(digits)
  )
    return 'US_SSN';
  if (
    lengths === '3-3-4' &&
    before === '(' &&
    /^[2-9]\d\d[2-9]/.test(digits) &&
    signs.startsWith(')') &&
    /\b(?:phone|call|cell|mobile)\W{1,6}(?:me\W|number\W|is\W|at\W|on\W){0,3}\(?$/.test(words)
  )
    return 'PHONE_NUMBER';
  if (before === '+' && digits.length >= 11 && digits.length <= 15 && /^1[2-9]\d\d[2-9]/.test(digits))
    return 'PHONE_NUMBER';
  return undefined;
}

function hasCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const value = Number(digits[digits.length - 1 - i]);
    sum += i % 2 === 0 ? value : value * 2 - (value > 4 ? 9 : 0);
  }
  return sum % 10 === 0;
}

function isDigitCode(code: number): boolean {
  return code >= ZERO && code <= ZERO + 9;
}

function isLetterCode(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

function isWordCode(code: number): boolean {
  return isDigitCode(code) || isLetterCode(code) || code >= 0xc0;
}
