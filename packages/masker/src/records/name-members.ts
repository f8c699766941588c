/** Whether the value of a member is a name of a person. */

import type { MemberSense } from '../json/personal-members.ts';
import { LETTERS, SIGN, type Word } from '../lexicon/words.ts';
import { isFirst, isOnlyName, isOrdinary, isStrong, isSurname, isUnknown, mayBeName } from '../people/person-words.ts';
import { wordsOf } from '../text/word-groups.ts';

const ROLES = new Set(
  wordsOf({
    roles:
      'agent customer caller client user system bot ivr supervisor admin administrator guest visitor operator virtual assistant',
    sides:
      'internal external inbound outbound left right channel speaker unknown anonymous none null default other participant',
    teams:
      'support sales billing service team queue desk help care group department office front back center centre contact',
    senses:
      'consumer endpoint employee manager representative rep sender recipient owner patient doctor member person primary secondary',
  }),
);
/** Words of a name. */
const MOST_WORDS = 5;
const SIGNS = new Set(['.', ',', '-', "'", '\u2019', '(', ')']);

/** Whether a value as a whole is a name: its words, nothing else. */
export function isWholeName(words: readonly Word[], sense: MemberSense): boolean {
  const letters = words.filter(({ kind }) => kind === LETTERS);
  if (letters.length === 0 || letters.length > MOST_WORDS) return false;
  if (words.some(({ kind, text }) => kind !== LETTERS && !(kind === SIGN && SIGNS.has(text)))) return false;
  if (letters.some(({ text }) => ROLES.has(text))) return false;
  if (!letters.some((word) => mayBeName(word))) return false;
  if (sense === 'named') return letters.some((word) => isFirst(word) || isSurname(word) || isUnknown(word));
  return letters.some((word) => isStrong(word) || isOnlyName(word)) && !letters.every((word) => isOrdinary(word));
}
