/** Passwords that stand before what they are: "thistle is my memorable word". */

import type { Span } from '../../model/pii-types.ts';
import type { Term } from '../../text/terms.ts';
import { DIGITS, PUNCTUATION, type Tokens } from '../../text/tokens.ts';
import { wordsOf } from '../../text/word-groups.ts';
import { TALK } from './password-words.ts';

const BEING = new Set(['is', 'was', 'are']);
const OWNERS = new Set(['my', 'the', 'our', 'your', 'his', 'her', 'their']);
/** Words that may begin such a clause and are no password. */
const SUBJECTS = new Set(
  wordsOf({
    questions: 'what which who whats',
    pronouns: 'here there everything nothing everyone someone',
    nouns: 'name email username login',
  }),
);
/** Words that may stand before the clause. */
const OPENINGS = new Set(wordsOf({ assent: 'yes yeah sure so and okay ok', hesitations: 'um uh er well' }));
/** Letters of a word that is one by itself. */
const SHORTEST = 4;

/**
 * The password before a phrase that names one; undefined where the clause does not begin with it.
 *
 * @example of "Falcon99 is the password", the term PASSWORD -> a PASSWORD over "Falcon99"
 */
export function statedFirst({ kinds, words, starts, ends, text }: Tokens, { first }: Term): Span | undefined {
  const owner = first - 1;
  if (!OWNERS.has(words[owner] ?? '') || !BEING.has(words[owner - 1] ?? '')) return undefined;
  const last = owner - 2;
  let from = last;
  // "Falcon99" is two tokens.
  while (from > 0 && starts[from] === ends[from - 1] && kinds[from] !== PUNCTUATION) from--;
  // Of a quoted one, the quote is none of it.
  while (from < last && kinds[from] === PUNCTUATION) from++;
  const word = words[from] ?? '';
  const isAtStart = from === 0 || kinds[from - 1] === PUNCTUATION || OPENINGS.has(words[from - 1] ?? '');
  if (last < 0 || !isAtStart || words[last] === '[]' || kinds[last] === PUNCTUATION || kinds[from] === DIGITS)
    return undefined;
  const [start, end] = [starts[from] ?? 0, ends[last] ?? 0];
  if (
    TALK.has(word) ||
    SUBJECTS.has(word) ||
    OPENINGS.has(word) ||
    end - start < SHORTEST ||
    /ing$/.test(text.slice(start, end))
  )
    return undefined;
  return { type: 'PASSWORD', start, end };
}
