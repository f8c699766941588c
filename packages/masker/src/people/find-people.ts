/** Names of people in one text, by what words are and what stands around them. */
import { LETTERS, type Word } from '../lexicon/words.ts';
import { wordsOf } from '../text/word-groups.ts';
import { type Cue, cueAt, wordBehind } from './cues.ts';
import { endsHere, isGlued, isOthers, lastOfName, type Trust } from './extent.ts';
import {
  isBeforePlace,
  isCommon,
  isFirst,
  isOnlyName,
  isOrdinary,
  isPlace,
  isStrong,
  isSurname,
  isSurnameBehind,
  isTitle,
  isUnknown,
  isWrittenAsName,
  mayBeName,
  PARTICLES,
} from './person-words.ts';
import { type Name, withSignature } from './signature.ts';

/**
 * The names of people in a text, in order.
 *
 * @param asked the text answers a question for a name, so that what stands behind one is a part of it more likely
 */
export function findPeople(words: readonly Word[], asked = false): Name[] {
  const names: Name[] = [];
  let free = 0;
  const take = (first: number, trust: Trust): boolean => {
    if (first < free) return false;
    const last = lastOfName(words, first, asked ? 'introduced' : trust);
    if (isGlued(words, first, last) || isOthers(words, first, last)) return false;
    names.push({ first, last, sure: trust === 'introduced' || isStrong(words[first]) });
    free = last + 1;
    return true;
  };
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as Word;
    if (word.kind !== LETTERS) continue;
    const cue = cueAt(words, at);
    if (cue !== undefined) {
      const behind = wordBehind(words, at, cue === 'related' ? 2 : undefined);
      if (behind >= 0 && isNameBehind(words, behind, cue, at))
        take(behind, cue === 'introduced' || isHost(words, at, cue) ? 'introduced' : 'plain');
    }
    if (at < free) continue;
    const said = saidOfBefore(words, at);
    if (said >= 0 && !isGlued(words, said, at - 1)) {
      let first = said;
      while ((names.at(-1)?.last ?? -1) >= said) first = Math.min(first, names.pop()?.first ?? first);
      names.push({ first, last: at - 1, sure: true });
    }
    if (isTitle(word)) {
      const named = namedByTitle(words, at);
      if (named >= 0) take(named, 'plain');
    }
    if (at < free || !mayBeName(word)) continue;
    // A turn that is nothing but a name.
    if (isBare(words, at)) take(at, words.length <= SHORTEST_TURN ? 'introduced' : 'plain');
  }
  return withSignature(words, names);
}

/** Tokens of a turn that may be nothing but a name. */
const SHORTEST_TURN = 3;
/** Letters of a surname that is all of a text. */
const SHORTEST_ALONE = 5;

/** Whether a word is a name by itself or with the one behind it. */
function isBare(words: readonly Word[], at: number): boolean {
  const word = words[at] as Word;
  const before = words[at - 1];
  const next = words[at + 1];
  if (isBeforePlace(before) && before?.capital === word.capital && !isFirst(before)) return false;
  if (isStrong(word)) return true;
  // A turn that is nothing but a surname.
  if (isOnlyName(word) && words.length === 1 && word.text.length >= SHORTEST_ALONE) return true;
  // "monahan christina"
  if (isOnlyName(word) && isStrong(next) && !word.owner) return true;
  if (
    isUnknown(word) &&
    isStrong(next) &&
    (word.capital ? !word.opens && next?.capital === true : word.opens && words.length <= 3)
  )
    return true;
  // "Grace Hopper"
  if (word.capital && isFirst(word) && next?.capital === true && !next.opens && mayBeName(next)) {
    if (isSurnameBehind(next) || isOnlyName(next)) return !isCommon(word) || !word.opens;
    return isUnknown(next) && !word.opens && !isCommon(word);
  }
  // "grace hopper"
  return !word.capital && isFirst(word) && !isCommon(word) && isOnlyName(next) && next?.capital === false;
}

/** Words of a name before what says that it is one. */
const LONGEST_BEFORE = 3;

/** "kirra speaking", "Tahlia here from", "deepak this side", "dilnoza is my first name": where the name begins; -1 for none. */
function saidOfBefore(words: readonly Word[], at: number): number {
  const [text, next, third] = [at, at + 1, at + 2].map((index) => words[index]?.text ?? '');
  const isSaid =
    text === 'speaking' ||
    (text === 'here' && /^(?:from|at|with)$/.test(next ?? '')) ||
    (text === 'this' && next === 'side') ||
    (text === 'is' && next === 'my' && /^(?:first|last|full|sur|middle)?(?:name)?$/.test(third ?? '') && third !== '');
  if (!isSaid) return -1;
  const last = words[at - 1];
  if (!mayBeName(last) || last.owner || !(isUnknown(last) || isOnlyName(last) || (isFirst(last) && !isCommon(last))))
    return -1;
  if (isPlace(last) || (isOrdinary(last) && !isFirst(last))) return -1;
  let first = at - 1;
  while (at - first < LONGEST_BEFORE) {
    const word = words[first - 1];
    if (
      !mayBeName(word) ||
      word.owner ||
      isOrdinary(word) ||
      isPlace(word) ||
      !(isFirst(word) || isSurname(word) || isUnknown(word))
    )
      break;
    first--;
  }
  return first;
}

/** "you're speaking with poppy": who says so gives the own name. */
function isHost(words: readonly Word[], at: number, cue: Cue): boolean {
  if (cue !== 'spoken to') return false;
  for (let from = at - 1; from >= at - 4 && from >= 0; from--)
    if (words[from]?.text === 'youre' || (words[from]?.text === 'you' && words[from + 1]?.text === 'are')) return true;
  return false;
}

/** Behind a name that somebody is called by: "hey dawn it's me again", "my wife carys was in". */
const VOCATIVE = new Set(
  wordsOf({ pronouns: 'its i im id ive ill this thats my we you your it that how can could what is are' }),
);
const DOING = new Set(wordsOf({ verbs: 'was is will has had and can could said did does needs wants would' }));

const GREETINGS = new Set(
  wordsOf({ greetings: 'hi hello hey hiya gday ty thx dear thanks morning afternoon evening cheers' }),
);
const CONTINUING = new Set(wordsOf({ calls: 'calling speaking here from with again' }));
/** Which are followed by anything. */
const UNSURE = new Set(wordsOf({ pronouns: 'its thats is im am that are so well no yes' }));

function isNameBehind(words: readonly Word[], at: number, cue: Cue, cueWord: number): boolean {
  const word = words[at] as Word;
  if (!mayBeName(word)) return false;
  if (isStrong(word)) return true;
  const next = words[at + 1];
  const greets = GREETINGS.has(words[cueWord]?.text ?? '');
  const isThis = words[cueWord]?.text === 'is' && words[cueWord - 1]?.text === 'this' && at === cueWord + 1;
  const isSelf = isThis && isFirst(word) && !word.owner && endsHere(next) && !EVERYDAY_ADJECTIVES.has(word.text);
  if (isSelf) return true;
  if (isPlace(word) && cue !== 'introduced' && cue !== 'spoken to' && !(greets && next?.kind !== LETTERS)) return false;
  const isWritten = isWrittenAsName(word) && !(isOrdinary(word) && !isFirst(word) && !isSurname(word));
  switch (cue) {
    case 'introduced':
      return (
        isWritten ||
        isUnknown(word) ||
        isOnlyName(word) ||
        (isFirst(word) && (!isCommon(word) || endsHere(next) || isSurnameBehind(next))) ||
        (isSurname(word) && !isCommon(word) && (endsHere(next) || isSurname(next)))
      );
    case 'greeted': {
      const isAddressed = next === undefined || next.kind !== LETTERS || (greets && VOCATIVE.has(next.text));
      if (at !== cueWord + 1 && !isWritten) return false;
      if (greets && word.capital && (isUnknown(word) || isFirst(word) || isOnlyName(word))) return true;
      if (isWritten && isFirst(word) && !isCommon(word)) return true;
      if (word.capital && isFirst(word) && isAddressed && !word.opens) return true;
      return (
        greets &&
        isAddressed &&
        !word.capital &&
        (isUnknown(word) || (isFirst(word) && !isCommon(word)) || isOnlyName(word)) &&
        (word.text.length > 3 || (word.text.length === 3 && isFirst(word)))
      );
    }
    case 'related':
      if (word.opens) return false;
      // "my husband will's birthday"
      if (word.owner && isFirst(word)) return true;
      if (word.bits === 0 && word.text.length >= SHORTEST_UNKNOWN && DOING.has(next?.text ?? '')) return true;
      return isWritten && (isFirst(word) || isUnknown(word))
        ? true
        : isFirst(word) && !isCommon(word) && !isOrdinary(word);
    default: {
      const isCalling = next !== undefined && CONTINUING.has(next.text);
      const isSure = cue === 'spoken to';
      if (isWritten && isUnknown(word) && !isSure)
        return isCalling || next === undefined || /^[.!?]$/.test(next.text) || isSurnameBehind(next);
      if (isWritten && (isFirst(word) || isOnlyName(word) || isUnknown(word)))
        return isSure || isCalling || endsHere(next) || isSurnameBehind(next) || isWrittenAsName(next);
      if (isSure) return isUnknown(word) || isOnlyName(word) || (isFirst(word) && !isCommon(word));
      if (isCalling && next?.text !== 'with' && next?.text !== 'here')
        return isUnknown(word) || isFirst(word) || isOnlyName(word);
      if (UNSURE.has(words[cueWord]?.text ?? '') && words[cueWord - 1]?.text !== 'this')
        return isFirst(word) && isSurnameBehind(next) && !isCommon(word);
      return isOnlyName(word) || (isFirst(word) && !isCommon(word) && endsHere(next));
    }
  }
}

/** Letters of a word in no list that is not a slip of the keys. */
const SHORTEST_UNKNOWN = 4;
/** First names in lists that after "this is" are mostly no names. */
const EVERYDAY_ADJECTIVES = new Set(wordsOf({ adjectives: 'rich grand may will chance fair royal true early prime' }));

/** Titles that are nothing else. */
const ONLY_TITLES = new Set(
  wordsOf({ titles: 'mr mrs ms mx dr prof mister missus mme monsieur herr frau shri smt señor senor senora' }),
);
const DETERMINERS = new Set(
  wordsOf({ articles: 'a an the my your his her our their this that another any primary family no' }),
);

/** The index of the name behind a title, -1 for none. */
function namedByTitle(words: readonly Word[], at: number): number {
  const title = words[at] as Word;
  const point = words[at + 1]?.text === '.' ? 1 : 0;
  let index = at + 1 + point;
  const particles = index;
  // "Dr. van der Berg"
  while (PARTICLES.has(words[index]?.text ?? '') && index - particles < 2 && words[index + 1]?.kind === LETTERS)
    index++;
  const word = words[index];
  if (title.owner || !mayBeName(word)) return -1;
  const isName = isFirst(word) || isSurname(word) || isUnknown(word);
  if (ONLY_TITLES.has(title.text)) {
    if (word.capital) return isName || !isOrdinary(word) ? index : -1;
    return isName && (!isCommon(word) || isSurnameBehind(word) || endsHere(words[index + 1])) ? index : -1;
  }
  if (point > 0 || title.text === 'don') return title.capital && word.capital && !word.opens && isName ? index : -1;
  if (word.capital) return title.capital && isName && !isBeforePlace(title) ? index : -1;
  if (DETERMINERS.has(words[at - 1]?.text ?? '')) return -1;
  if (
    title.text !== 'doctor' &&
    title.text !== 'nurse' &&
    title.text !== 'professor' &&
    title.text !== 'officer' &&
    title.text !== 'miss'
  )
    return -1;
  const isLongUnknown = word.bits === 0 && word.text.length > SHORTEST_UNKNOWN;
  return isOnlyName(word) || isSurnameBehind(word) || isLongUnknown || (isUnknown(word) && endsHere(words[index + 1]))
    ? index
    : -1;
}
