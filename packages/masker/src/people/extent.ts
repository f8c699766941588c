/** Where a name ends: surnames, initials, particles behind its first word; and what says that it is no person's. */
import { LETTERS, NUMBER, SIGN, type Word } from '../lexicon/words.ts';
import { wordsOf } from '../text/word-groups.ts';
import {
  isBrand,
  isCommon,
  isFirst,
  isOfNoPerson,
  isOnlyName,
  isOrdinary,
  isSurname,
  isSurnameBehind,
  isUnknown,
  isWrittenAsName,
  mayBeName,
  OF_COMPANIES,
  OF_NO_PERSON,
  PARTICLES,
} from './person-words.ts';

/** Letters of a surname in no list. */
const SHORTEST_UNKNOWN = 5;
/** Words of one name. */
const MOST_WORDS = 5;

/** How much is known of what stands at a place: it is said to be a name, or only looks like one. */
export type Trust = 'introduced' | 'plain';

/** The index of the last word of the name that begins at a word. */
export function lastOfName(words: readonly Word[], first: number, trust: Trust): number {
  let last = first;
  for (let count = 1; count < MOST_WORDS; count++) {
    const next = nextPart(words, last, trust);
    if (next < 0) break;
    last = next;
  }
  return last;
}

/** The index of the part that follows, over a particle or hyphen; -1 where the name ends. */
function nextPart(words: readonly Word[], last: number, trust: Trust): number {
  const before = words[last];
  if (before === undefined || before.owner) return -1;
  let at = overNickname(words, last) + 1;
  const sign = words[at];
  const isHyphen = sign?.text === '-' && sign.glued && words[at + 1]?.glued === true;
  // "Robert J. Smith"
  const isPoint = sign?.text === '.' && sign.glued && before.text.length === 1;
  if (isHyphen || isPoint) at++;
  const word = words[at];
  if (word === undefined || word.kind !== LETTERS || isCode(words, at)) return -1;
  if (isHyphen) return mayBeName(word) && !isCommon(word) ? at : -1;
  if (word.text.length === 1) return isInitial(words, at) ? at : -1;
  for (let ahead = 0; ahead < 2 && PARTICLES.has(words[at + ahead]?.text ?? ''); ahead++)
    if (isPart(before, words[at + ahead + 1], words[at + ahead + 2], trust)) return at + ahead + 1;
  return isPart(before, word, words[at + 1], trust) ? at : -1;
}

/** Letters of a postcode or an id: "LE5". */
function isCode(words: readonly Word[], at: number): boolean {
  return words[at + 1]?.kind === NUMBER && words[at + 1]?.glued === true;
}

/** 'Charles "Chuck" Barrow': the sign that ends a nickname, else the word itself. */
function overNickname(words: readonly Word[], last: number): number {
  const isQuoted = QUOTES.has(words[last + 1]?.text ?? '') && QUOTES.has(words[last + 3]?.text ?? '');
  return isQuoted && words[last]?.capital === true && mayBeName(words[last + 2]) ? last + 3 : last;
}

const QUOTES = new Set(['"', '\u201c', '\u201d', '(', ')']);

/** "Robert J. Smith", "robert j smith", "Rosa M." */
function isInitial(words: readonly Word[], at: number): boolean {
  const word = words[at] as Word;
  const next = words[at + 1]?.text === '.' ? words[at + 2] : words[at + 1];
  // The last of a text or sentence, of a surname that is not told.
  if (mayBeName(word) && (next === undefined || (word.capital && words[at + 1]?.text === '.' && words[at + 1]?.glued)))
    return true;
  return mayBeName(word) && (isSurnameBehind(next) || (word.capital && isWrittenAsName(next)));
}

function isPart(before: Word, word: Word | undefined, next: Word | undefined, trust: Trust): boolean {
  if (!mayBeName(word) || (OF_NO_PERSON.has(word.text) && !isSurnameBehind(word))) return false;
  const isKnown = isFirst(word) || isSurname(word) || isUnknown(word);
  if (word.capital) return isKnown && !(isOrdinary(word) && !isSurname(word));
  // Where first names have capitals, an ordinary word without one is no name.
  if (before.capital && isOrdinary(word)) return false;
  if (isSurnameBehind(word)) return true;
  // "my landlord faisal rahmani": in no list, and nothing behind
  if (word.bits === 0 && word.text.length >= SHORTEST_UNKNOWN && isOnlyName(before) && next?.kind !== LETTERS)
    return true;
  if (trust === 'plain') return false;
  return isUnknown(word) || ((isSurname(word) || isFirst(word)) && (!isCommon(word) || endsHere(next)));
}

/** Words that go on after a name. */
const GOING_ON = new Set('and i im id ive my how can calling from with here speaking the date'.split(' '));

/** Whether a text or sentence ends here, or goes on with something else than a name. */
export function endsHere(next: Word | undefined): boolean {
  return next === undefined || next.kind !== LETTERS || GOING_ON.has(next.text);
}

const GLUING = new Set(['@', '_', '/', '\\', '#', '=', '&', '%', '$']);

/** Whether words are a part of an address, a file or the like, and no name by themselves. */
export function isGlued(words: readonly Word[], first: number, last: number): boolean {
  const word = words[first] as Word;
  const before = words[first - 1];
  const after = words[last + 1];
  if (before !== undefined && word.glued && (before.kind !== SIGN || GLUING.has(before.text))) return true;
  if (
    before?.text === '.' &&
    word.glued &&
    before.glued &&
    words[first - 2]?.kind === LETTERS &&
    !isTitleLike(words[first - 2])
  )
    return true;
  if (after === undefined || !after.glued || words[last]?.owner === true) return false;
  if (after.kind !== SIGN) return true;
  if (GLUING.has(after.text)) return true;
  const next = words[last + 2];
  return after.text === '.' && next?.glued === true && next.kind === LETTERS && !next.capital;
}

function isTitleLike(word: Word | undefined): boolean {
  return word !== undefined && word.text.length <= 4;
}

/** Whether what stands around says that a name is a company's, a street's, a disease's. */
export function isOthers(words: readonly Word[], first: number, last: number): boolean {
  const next = words[last + 1];
  if (isTwoCompanies(words, first, last) || isLikeness(words, first) || isAnimal(words, first, last)) return true;
  // "Dr Pepper"
  if (
    first === last &&
    isTitleLike(words[first - 1]) &&
    TITLED_BRANDS.has(`${words[first - 1]?.text} ${words[first]?.text}`)
  )
    return true;
  // "the Martin or the Taylor", "the victoria branch"
  if (first === last && /^(?:the|a|an)$/.test(words[first - 1]?.text ?? '') && words[last]?.owner !== true) return true;
  // "Johnson & Johnson"
  if (words[first - 1]?.text === '&' && words[first - 2]?.capital === true) return true;
  if (next?.text === '&' && words[last + 2]?.kind === LETTERS && words[last + 2]?.capital === true) return true;
  if (next === undefined || next.kind !== LETTERS) return false;
  // "Sarah's card", "Crohn's disease"
  if (words[last]?.owner === true) return NAMED_AFTER.has(next.text);
  if ((OF_COMPANIES.has(next.text) || PLACES_BEHIND.has(next.text)) && isCompany(words, last + 2)) return true;
  // "Christian Dior"
  if (isBrand(next)) return true;
  return isOfNoPerson(next) && !(!next.capital && words[last]?.capital === true && isFirstOnly(words[last]));
}

const TITLED_BRANDS = new Set([
  'dr pepper',
  'dr martens',
  'dr oetker',
  'dr scholls',
  'mr clean',
  'mr coffee',
  'mrs fields',
]);
const TWO_COMPANIES = new Set([
  'marks spencer',
  'johnson johnson',
  'smith wesson',
  'smith nephew',
  'ben jerrys',
  'ben jerry',
  'black decker',
  'abercrombie fitch',
  'harley davidson',
  'crosse blackwell',
  'holland barrett',
  'crate barrel',
  'procter gamble',
  'ernst young',
]);

const ANIMAL = new Set(
  wordsOf({
    words:
      'crate kennel leash litter rabies bordetella heartworm distemper spayed neutered fleas flea grooming groomer vet shots puppy kitten dog cat barking',
  }),
);
/** Words between an animal's name and what tells of it. */
const ANIMAL_REACH = 7;

/** "Daisy is in the crate", "Bella needs her shots": a name of one word, and what happens to animals. */
function isAnimal(words: readonly Word[], first: number, last: number): boolean {
  if (first !== last || !/^(?:is|was|needs|needed|has|had|got|gets)$/.test(words[last + 1]?.text ?? '')) return false;
  for (let at = last + 2; at <= last + ANIMAL_REACH; at++) {
    if (words[at] === undefined || /^[.!?]$/.test(words[at]?.text ?? '')) return false;
    if (ANIMAL.has(words[at]?.text ?? '')) return true;
  }
  return false;
}

/** "marks and spencer" */
function isTwoCompanies(words: readonly Word[], first: number, last: number): boolean {
  const pair = (at: number): boolean =>
    /^(?:and|&)$/.test(words[at]?.text ?? '') && TWO_COMPANIES.has(`${words[at - 1]?.text} ${words[at + 1]?.text}`);
  return pair(first - 1) || pair(last + 1);
}

/** "p as in peter", "m for mike": a letter's name. */
function isLikeness(words: readonly Word[], first: number): boolean {
  const link = words[first - 1]?.text;
  const letter =
    link === 'in' && words[first - 2]?.text === 'as' ? words[first - 3] : link === 'for' ? words[first - 2] : undefined;
  return letter?.kind === LETTERS && letter.text.length === 1 && words[first]?.text.startsWith(letter.text) === true;
}

/** Bear the names of people with the mark of an owner. */
const NAMED_AFTER = new Set(
  wordsOf({
    medicine: 'disease syndrome sign test palsy lymphoma thyroiditis contracture fracture sarcoma',
    companies: 'bank pizza store stores restaurant hospital cafe bakery club',
    days: 'day',
  }),
);

const PLACES_BEHIND = new Set(['valley', 'city', 'county', 'park', 'lake', 'bay']);

/** "national bank", "valley national bank" */
function isCompany(words: readonly Word[], at: number): boolean {
  const word = words[at];
  if (word === undefined) return false;
  return isOfNoPerson(word) || (OF_COMPANIES.has(word.text) && isOfNoPerson(words[at + 1]));
}

function isFirstOnly(word: Word | undefined): boolean {
  return isOnlyName(word) && !isSurname(word);
}
