/** Matches of names and addresses, apart from what was found before. */

import { findAddresses } from '../addresses/find-addresses.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import { LETTERS, NUMBER, readWords, type Word, withMasks } from '../lexicon/words.ts';
import type { Match, Reason } from '../model/match.ts';
import { outside } from '../model/outside.ts';
import { inOrder } from '../model/span-set.ts';
import type { PiiType } from '../model/type-table.ts';
import { spelledNames } from '../people/answers.ts';
import { findPeople } from '../people/find-people.ts';

/** A stretch of words: indexes of the first and the last. */
export interface WordSpan {
  readonly first: number;
  readonly last: number;
}

/**
 * Matches for stretches of a text, without what others have found in it.
 *
 * @param canonical the spelling of a stretch under which equal ones join
 */
export function matchesOf(
  text: string,
  words: readonly Word[],
  spans: readonly WordSpan[],
  type: PiiType,
  found: readonly Match[],
  reason: Reason,
  canonical: (span: WordSpan) => string = (span) => spellingOf(words, span),
): Match[] {
  const matches: Match[] = [];
  let at = 0;
  for (const span of spans) {
    const stretch = { start: words[span.first]?.start ?? 0, end: words[span.last]?.end ?? 0 };
    // Both are in order: what ends before this stretch lies before the next one, too.
    while (at < found.length && (found[at] as Match).end <= stretch.start) at++;
    let until = at;
    while (until < found.length && (found[until] as Match).start < stretch.end) until++;
    for (const rest of outside(stretch, found.slice(at, until))) {
      const part = text.slice(rest.start, rest.end);
      const first = part.search(LETTER_OR_DIGIT);
      if (first < 0) continue;
      const start = rest.start + first;
      matches.push({ type, start, end: rest.start + part.trimEnd().length, canonical: canonical(span), reason });
    }
  }
  return matches;
}

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/** The words and numbers of a stretch in one spelling: "14 Elm St." → "14 elm st". */
export function spellingOf(words: readonly Word[], { first, last }: WordSpan): string {
  let spelling = '';
  for (let at = first; at <= last; at++) {
    const word = words[at];
    if (word?.kind === LETTERS || word?.kind === NUMBER) spelling += spelling === '' ? word.text : ` ${word.text}`;
  }
  return spelling;
}

/**
 * The names and addresses of a text that stands for itself, with what was found in it before, in order.
 *
 * @example of "hi Sarah" -> one PERSON
 */
export function withEntities(
  text: string,
  found: readonly Match[],
  types: ReadonlySet<PiiType>,
  lexicon: Lexicon,
): Match[] {
  let words = withMasks(readWords(text, lexicon), found);
  let all = [...found];
  const add = (spans: readonly WordSpan[], type: PiiType, reason: Reason): void => {
    if (types.has(type)) all = inOrder([...all, ...matchesOf(text, words, spans, type, all, reason)]);
  };
  add(findAddresses(words), 'STREET_ADDRESS', { rule: 'pattern' });
  if (all.length > found.length) words = withMasks(words, all);
  const names = findPeople(words);
  add(names, 'PERSON', { rule: 'words' });
  add(spelledNames(words, names, false), 'PERSON', { rule: 'sequence' });
  return all;
}
