/** Answers to security questions that no "is" announces: "maiden name Lindqvist", "first pet was Biscuit". */

import type { Span } from '../../model/pii-types.ts';
import type { Term } from '../../text/terms.ts';
import { type Tokens, WORD } from '../../text/tokens.ts';
import { wordsOf } from '../../text/word-groups.ts';
import { REFUSALS, TALK } from './password-words.ts';

/** What people are asked and also talk about: only an answer to the question is a secret. */
const ASKED_ONLY = new Set(
  wordsOf({
    firsts: 'pet school car job',
    favourites: 'teacher colour color nickname friend place food film movie book team',
    places: 'on in born',
    itself: 'question',
  }),
);

/**
 * Whether a phrase names what is a secret only as the answer to a question.
 *
 * @example of "first pet" -> true; of "maiden name" -> false
 */
export function isQuestionOnly({ words }: Tokens, { first, last }: Pick<Term, 'first' | 'last'>): boolean {
  const name = words[last] ?? '';
  if (words[first] === 'memorable') return false;
  return ASKED_ONLY.has(name) && words[first] !== 'name' && words[first] !== 'answer';
}

const QUESTION_WORDS = new Set('what which who where when how in'.split(' '));

/** "What was your first pet?" after "security question:" is the question, not the answer. */
export function isQuestionWord(word: string): boolean {
  return QUESTION_WORDS.has(word);
}

/** Ends of phrases after which the secret comes at once: nobody says them but to give it, or to ask for it. */
const GIVEN = new Set(wordsOf({ births: 'birth', names: 'name names', words: 'word words place places' }));
/** The words before them that make secrets of names, words and places. */
const OF_SECRETS = new Set('maiden memorable security secret safe code'.split(' '));
const BEING = new Set(['was', 'is']);
/** What may stand before the answer: "my first pet was biscuit". */
const OWNERS = new Set('my the our his her yes yeah and um uh so'.split(' '));
/** Ends of what was done to a first car, and is no answer. */
const DONE = /(?:ed|ing|en)$/;
const CLAUSE_ENDS = new Set(['.', ',', ';', '!', 'and', 'please', 'thanks']);
/** Words of an answer. */
const LONGEST_ANSWER = 2;

/**
 * The answer that follows the phrase for it at once and ends its clause; undefined where it is announced otherwise.
 *
 * @example of "place of birth kilmarnock", the term PASSWORD -> a PASSWORD over "kilmarnock"
 */
export function saidDirectly(tokens: Tokens, { first, last }: Term): Span | undefined {
  const { words } = tokens;
  const isGiven = words[last] === 'birth' || words.slice(first, last).some((word) => OF_SECRETS.has(word));
  if (isGiven && GIVEN.has(words[last] ?? '')) return restOfClause(tokens, last + 1);
  const isTold =
    isQuestionOnly(tokens, { first, last }) &&
    BEING.has(words[last + 1] ?? '') &&
    words.slice(0, first).every((word) => OWNERS.has(word));
  if (!isTold || words[last] === 'question') return undefined;
  const answer = restOfClause(tokens, last + 2);
  return answer !== undefined && !DONE.test(words[last + 2] ?? '') ? answer : undefined;
}

/** A word or two that are no talk and end the clause. */
function restOfClause({ count, kinds, words, starts, ends, entries }: Tokens, from: number): Span | undefined {
  let at = from;
  while (at < count && at - from < LONGEST_ANSWER && isPlain(at)) at++;
  const start = starts[from];
  const end = ends[at - 1];
  if (at === from || start === undefined || end === undefined) return undefined;
  return at === count || CLAUSE_ENDS.has(words[at] ?? '') ? { type: 'PASSWORD', start, end } : undefined;

  function isPlain(index: number): boolean {
    const word = words[index] ?? '';
    return (
      kinds[index] === WORD &&
      word.length > 1 &&
      !TALK.has(word) &&
      !REFUSALS.has(word) &&
      !CLAUSE_ENDS.has(word) &&
      (entries[index]?.phrase?.kinds.length ?? 0) === 0
    );
  }
}
