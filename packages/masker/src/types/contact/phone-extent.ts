/** What belongs to a phone number beside its digits: the bracket and plus before it, the extension after it. */
import { type Atom, digitCount } from '../../numbers/atom.ts';
import type { Utterance } from '../../numbers/utterance.ts';
import type { Extent } from '../descriptor.ts';

const EXTENSION = /^[\s,;(-]{0,4}(?:x|ext|extn|extension|anexo|доб)\.?[\s:#.]{0,3}(\d{1,7})(?!\d)\)?/i;
const EXTENSION_WORDS = new Set(['extension', 'ext', 'extn', 'x']);
/** Digits of an extension. */
const LONGEST_EXTENSION = 7;

/**
 * Where a number begins and ends whose digits are those of two atoms, and its value: "call (415) 555-0132 ext 4" is
 * "(415) 555-0132 ext 4", the value "4155550132x4".
 *
 * @param index of the run that the atoms are in
 */
export function extentOfPhone(utterance: Utterance, first: Atom, last: Atom, index: number, digits: string): Extent {
  const { tokens, runs } = utterance;
  const { text } = tokens;
  let { start } = first;
  let { end } = last;
  start -= leadLength(text, start, end);
  if (first.plus && tokens.words[first.first - 1] === 'plus') start = tokens.starts[first.first - 1] ?? start;
  const written = EXTENSION.exec(text.slice(end, end + 24));
  if (written !== null) {
    end += written[0].replace(/\)$/, (close) => (written[0].includes('(') ? close : '')).length;
    return { start, end, canonical: `${digits}x${written[1]}` };
  }
  const next = runs[index + 1];
  const word = last.last + 1 + (tokens.words[last.last + 1] === ',' ? 1 : 0);
  if (next !== undefined && EXTENSION_WORDS.has(tokens.words[word] ?? '') && (next[0]?.first ?? 0) - word <= 3) {
    const close = next.slice(0, LONGEST_EXTENSION).at(-1);
    if (close !== undefined && digitCount(next) <= LONGEST_EXTENSION) end = close.end;
  }
  return { start, end, canonical: digits };
}

/** How many characters after a number are its extension: "ext 4" -> 5. */
export function extensionLength(text: string, end: number): number {
  return EXTENSION.exec(text.slice(end, end + 24))?.[0].length ?? 0;
}

/** How many of the signs before a phone number belong to it. */
function leadLength(text: string, start: number, end: number): number {
  const lead = text.slice(Math.max(0, start - 4), start);
  if (!lead.includes('+') && !lead.includes('(')) return 0;
  const before = /(?:\+{0,2}\s?\(?\s?\+?|\(\s?\+?\s?)$/.exec(lead)?.[0] ?? '';
  const closes = text.slice(start, end).includes(')') || !before.includes('(');
  return closes ? before.trimStart().length : (/\+{1,2}$/.exec(before)?.[0].length ?? 0);
}
