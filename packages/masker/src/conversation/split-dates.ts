/** Birthdays that take several turns: "date of birth?" - "the fourteenth" - "of march" - "and the year?" - "eighty two". */

import { detectIn, toOriginal } from '../detect/detect.ts';
import { STRING } from '../json/structural-index.ts';
import { isFiller } from '../numbers/runs.ts';
import { isNumberEntry, WordSet } from '../text/lexicon.ts';
import { MONTHS } from '../text/months.ts';
import { ORDINALS } from '../text/number-words.ts';
import { hasKind } from '../text/terms.ts';
import { DIGITS, PUNCTUATION, type Tokens } from '../text/tokens.ts';
import { wordsOf } from '../text/word-groups.ts';
import { isAcknowledgement } from './continuation.ts';
import type { Search } from './search.ts';

/** Turns after the question in which its parts may come. */
const REACH = 8;
/** Day, month, year. */
const MOST_PARTS = 3;
/** Tokens of a turn that holds nothing but a part of a date. */
const LONGEST_PART = 8;

const DATE_WORDS = new WordSet([...MONTHS.keys(), ...ORDINALS.keys()]);
/** What may stand around a part of a date. */
const AROUND = new WordSet(
  wordsOf({
    links: 'the of and in on hundred thousand',
    parts: 'day month year',
    being: 'its it is was thats i born',
    assent: 'yes yeah yep sure okay ok',
    endings: 'st nd rd th',
  }),
);
/** What the other side may ask or say between the parts. */
const ASIDES = new WordSet(
  wordsOf({
    parts: 'day month year date',
    asking: 'and what which the of you were born in is was',
    courtesies: 'please thanks thank lovely great perfect',
  }),
);

/**
 * Masks the turns after a question for a birthday that hold a part of one each; a turn that holds something else ends it.
 *
 * @example of "date of birth?", "march", "fourteenth", "eighty two" -> a DATE_OF_BIRTH over each of the last three
 */
export function maskBirthdayParts(search: Search, leaf: number): void {
  const { turns, structure, settings } = search;
  if (!settings.types.has('DATE_OF_BIRTH')) return;
  const question = turns.utterance(leaf);
  if (!hasKind(question.terms, 'DOB') || search.found(leaf).length > 0 || !isQuestion(question.tokens)) return;
  const asker = turns.speaker(leaf);
  let parts = 0;
  for (
    let next = turns.neighbour(leaf, 1), looked = 0;
    next >= 0 && looked < REACH && parts < MOST_PARTS;
    next = turns.neighbour(next, 1), looked++
  ) {
    if (structure.kind(next) !== STRING) return;
    const { tokens, normal } = turns.utterance(next);
    if (asker === '' || turns.speaker(next) !== asker) {
      const part = partOfDate(tokens);
      const whole = detectIn(turns.utterance(next), settings, ['DOB']).filter(({ type }) => type === 'DATE_OF_BIRTH');
      if (whole.length > 0) {
        search.record(next, whole);
        parts++;
        continue;
      }
      if (part !== undefined) {
        parts++;
        const canonical = tokens.text.slice(part.start, part.end).toLowerCase();
        const reason = { rule: 'answer', kind: 'DOB' } as const;
        if (!search.found(next).some(({ start, end }) => start < part.end && end > part.start))
          search.record(next, [toOriginal(normal, { type: 'DATE_OF_BIRTH', ...part, canonical, reason })]);
        continue;
      }
    }
    if (!isAcknowledgement(structure.text(next), structure.flags(next)) && !isAside(tokens)) return;
  }
}

const ASKING = new WordSet(
  '? what whats when which can could may please give confirm verify need tell take'.split(' '),
);
/** Tokens of a turn that asks without a word for it: "and date of birth". */
const LONGEST_NAME = 4;

/** Whether a turn that names a birthday asks for it, and does not tell it: "[]" stands for one that was masked. */
function isQuestion({ count, words, entries }: Tokens): boolean {
  if (words.includes('[]') || words.includes('happy')) return false;
  return count <= LONGEST_NAME || entries.some((entry) => ASKING.has(entry));
}

/** Where the part of a date begins and ends that a turn is; undefined for a turn with other words, or without any part. */
function partOfDate({
  count,
  kinds,
  words,
  entries,
  starts,
  ends,
}: Tokens): { start: number; end: number } | undefined {
  if (count > LONGEST_PART) return undefined;
  let [first, last] = [-1, -1];
  for (let at = 0; at < count; at++) {
    const entry = entries[at];
    const isDigits = kinds[at] === DIGITS;
    if (isDigits && (words[at] ?? '').length > 4) return undefined;
    if (isDigits || DATE_WORDS.has(entry) || isNumberEntry(entry)) {
      if (first < 0) first = at;
      last = at;
    } else if (kinds[at] !== PUNCTUATION && !AROUND.has(entry) && !isFiller(entry)) return undefined;
  }
  return first < 0 ? undefined : { start: starts[first] ?? 0, end: ends[last] ?? 0 };
}

/** "and the year?" */
function isAside({ count, kinds, entries }: Tokens): boolean {
  for (let at = 0; at < count; at++)
    if (kinds[at] !== PUNCTUATION && !ASIDES.has(entries[at]) && !AROUND.has(entries[at]) && !isFiller(entries[at]))
      return false;
  return true;
}
