/** The name below a message. */
import { BREAK, LETTERS, SIGN, type Word } from '../lexicon/words.ts';
import { wordsOf } from '../text/word-groups.ts';
import { isOthers } from './extent.ts';
import { isCommon, isFirst, isSurname, isUnknown, mayBeName } from './person-words.ts';

/** A name: indexes of its first and last word. */
export interface Name {
  readonly first: number;
  readonly last: number;
  /** Said to be a name, or so strong that it may be looked for everywhere. */
  readonly sure: boolean;
}

const CLOSINGS = new Set(
  wordsOf({
    closings: 'regards sincerely cheers thanks wishes truly faithfully respectfully best love yours you rgds',
  }),
);
const LONGEST_SIGNATURE = 4;

/**
 * The names with the one that a mail or message ends in.
 *
 * @example the words of "Kind regards,\nPriya N." and no names -> one name, of the last two words
 */
export function withSignature(words: readonly Word[], names: Name[]): Name[] {
  const found: Name[] = [];
  let taken: Set<number> | undefined;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as Word;
    if (word.kind !== LETTERS || !CLOSINGS.has(word.text)) continue;
    let first = at + 1;
    let breaks = 0;
    while (first < words.length && first - at < 6 && (words[first]?.kind === SIGN || words[first]?.kind === BREAK)) {
      if (words[first]?.kind === BREAK) breaks++;
      first++;
    }
    if (first === at + 1 || (breaks === 0 && words[at + 1]?.text !== ',')) continue;
    let last = first - 1;
    while (last - first < LONGEST_SIGNATURE && isSigned(words[last + 1])) last++;
    if (last < first) continue;
    const after = words[last + 1];
    const isEnd =
      after === undefined ||
      after.kind === BREAK ||
      (after.kind === SIGN && (words[last + 2] === undefined || breaks > 0));
    if (!isEnd || last - first >= LONGEST_SIGNATURE || isOthers(words, first, last)) continue;
    if (breaks === 0 && !isFirst(words[first])) continue;
    taken ??= takenBy(names);
    let isFree = true;
    for (let index = first; index <= last; index++) isFree &&= !taken.has(index);
    if (isFree) found.push({ first, last, sure: true });
    at = last;
  }
  return found.length === 0 ? names : [...names, ...found].sort((a, b) => a.first - b.first);
}

/** The indexes of all words of names. */
function takenBy(names: readonly Name[]): Set<number> {
  const taken = new Set<number>();
  for (const { first, last } of names) for (let at = first; at <= last; at++) taken.add(at);
  return taken;
}

function isSigned(word: Word | undefined): boolean {
  if (word === undefined || word.kind !== LETTERS) return false;
  return mayBeName(word) && (isFirst(word) || isUnknown(word) || isSurname(word)) && (word.capital || !isCommon(word));
}
