/** Whether a string is a sentence or a value: the name of a member decides about values only. */

import { isFiller } from '../numbers/runs.ts';
import { isNumberEntry, lookUp } from '../text/lexicon.ts';

/** A word of talk: it begins with a small letter, or is of a script without capitals. */
const WORD = /^["'(]?(?:\p{Ll}[\p{Ll}'’]+|\p{Lo}[\p{Lo}\p{M}]+)[,.;:!?)"']*$/u;
const CAPITALS = /^["'(]?\p{Lu}[\p{L}'’]*[,.;:!?)"']*$/u;
const SIGNS = /[^\p{L}\p{N}]/gu;
/** Words of talk in a sentence; more of those that may be a name or a code. */
const FEWEST_WORDS = 2;
const FEWEST_CAPITALS = 4;
/** Words that are looked at. */
const REACH = 40;

/**
 * Whether a text is a sentence: "ssn is 531-72-4409" is one, "PO 4155550132" and "Mozilla/5.0 (X11)" are none.
 *
 * @example isSentence('please call me on 4155550132') // true
 */
export function isSentence(text: string): boolean {
  if (!text.includes(' ')) return false;
  let words = 0;
  let capitals = 0;
  for (const part of text.split(/\s+/, REACH)) {
    const entry = lookUp(part.toLowerCase().replace(SIGNS, ''));
    // "four one five uh oh" is a value.
    if (isNumberEntry(entry) || isFiller(entry)) continue;
    if (WORD.test(part)) words++;
    else if (CAPITALS.test(part)) capitals++;
    if (words >= FEWEST_WORDS || words + capitals >= FEWEST_CAPITALS) return true;
  }
  return false;
}
