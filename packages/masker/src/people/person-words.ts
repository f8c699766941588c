/** What single words say about names. */

import { WORD_CLASS } from '../lexicon/word-class.ts';
import { LETTERS, type Word } from '../lexicon/words.ts';
import { wordsOf } from '../text/word-groups.ts';

const { STRONG_FIRST, WEAK_FIRST, SURNAME, TOP_SURNAME, WORD, COMMON, TITLE, SUFFIX, ORGANISATION, PLACE, STATE } =
  WORD_CLASS;

/** Never a part of a name, whatever lists of names say. */
const NEVER = new Set(
  wordsOf({
    articles: 'a an the this that these those some any no every each all both',
    pronouns:
      'i you he she it we they me him her us them my your his its our their mine yours who whom whose which what',
    links: 'and or but if so as at by for from in into of off on onto out over to up with than then because while',
    verbs: 'am is are was were be been being do does did done has have had can could would should shall might must',
    more: 'see say says said go goes going come coming get got give let make made take want need know think look like',
    adverbs:
      'not just also still only even too very here there now again soon else when where why how yes no not ok okay',
    talk: 'hi hello hey thanks thank please sorry bye goodbye welcome good great nice fine sure right well yeah yep',
    fillers: 'um uh er erm mm hmm mhm',
    people: 'sir madam maam miss mom mum dad mommy daddy doctor nurse everyone everybody guys folks team all there',
    roles:
      'agent customer caller representative operator advisor adviser supervisor manager patient guest bot system user',
    things: 'account number name names calling speaking order card phone call email address service support help line',
    days: 'monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday morning afternoon evening night',
    spoken: 'ms mr mrs dr',
    contractions:
      'ive ill id im youre youve youll hes shes theyre theyve weve wed its thats whats theres dont doesnt didnt cant wont isnt',
  }),
);

/** Answers that are none of a name. */
export const NO_NAMES = new Set(
  wordsOf({
    waiting: 'hold hang wait moment second minute one let give just actually sorry pardon what why',
    states: 'born married spelled',
    answers: 'correct exactly none nothing never perfect awesome cool great thanks',
  }),
);

/** Surnames that are words of everyday speech, yet behind a first name hardly anything else. */
const SURNAMES_BEHIND = new Set(
  wordsOf({
    colours: 'brown white black green gray grey',
    people: 'king cook baker hunter carter smith young major bishop',
    things: 'hill wood woods stone rose hall bell ford fox west bush church rice wright scott lane fields banks parks',
    more: 'love lee day price page cross ball bird snow rivers summers winter winters north gold moon hope newman doe sheikh sheik',
  }),
);

/** Between the parts of a name. */
export const PARTICLES = new Set(
  wordsOf({ particles: 'de la del della da di dos das du le van von der den ter bin ibn al el st san mc mac abu ben' }),
);

/** What follows a name that is no person's: a company, a place, a disease. */
export const OF_NO_PERSON = new Set(
  wordsOf({
    companies:
      'bank banks ltd limited inc llc llp plc corp corporation company co group holdings insurance motors electronics energy',
    houses:
      'hospital clinic university college school academy church cathedral stadium arena airport hotel inn store stores shop shops',
    trade:
      'pizza cafe restaurant bakery pharmacy supermarket market mart foundation institute museum library theatre theater agency',
    medicine:
      'disease syndrome sign test palsy lymphoma wort oesophagus esophagus thyroiditis contracture fracture reflex score scale scan',
    places:
      'county city town village island islands beach river lake bay park valley heights station road-trip canyon desert mountain bridge terminal',
    things: 'day edition series model version account card rewards brand collection jeans shoes perfume',
  }),
);

/** Before a name that is a place's: "fort myers", "saint john". */
const BEFORE_PLACES = new Set(
  wordsOf({ places: 'fort port lake mount mt saint st san santa los las cape north south east west new city hotel' }),
);

/** Whether a word may be a part of a name at all. */
export function mayBeName(word: Word | undefined): word is Word {
  return word !== undefined && word.kind === LETTERS && !NEVER.has(word.text) && (word.bits & ORGANISATION) === 0;
}

/** Whether a word is a first name and hardly anything else. */
export function isStrong(word: Word | undefined): boolean {
  if (!mayBeName(word) || (word.bits & STRONG_FIRST) === 0 || (word.bits & (PLACE | STATE)) !== 0) return false;
  return word.capital || !SHORT_FORMS.has(word.text);
}

/** In lower case, short forms of "thank you" and "maximum" as often as names. */
const SHORT_FORMS = new Set(['ty', 'max']);

/** Whether a word is a name and in no dictionary: "Nguyen". */
export function isOnlyName(word: Word | undefined): boolean {
  return mayBeName(word) && (word.bits & (STRONG_FIRST | SURNAME)) !== 0 && (word.bits & (WORD | PLACE | STATE)) === 0;
}

/** Whether a word is in no list at all. */
export function isUnknown(word: Word | undefined): boolean {
  return mayBeName(word) && (word.bits & ~TITLE) === 0 && word.text.length > 2;
}

/** Whether a word is a first name, perhaps an ordinary word, too. */
export function isFirst(word: Word | undefined): boolean {
  return mayBeName(word) && (word.bits & (STRONG_FIRST | WEAK_FIRST)) !== 0;
}

/** Whether a word is a surname, perhaps an ordinary word, too. */
export function isSurname(word: Word | undefined): boolean {
  return mayBeName(word) && (word.bits & SURNAME) !== 0;
}

/** Whether a word is written like a name where that says something. */
export function isWrittenAsName(word: Word | undefined): boolean {
  return mayBeName(word) && word.capital && !word.opens;
}

/** Whether a word is one of everyday speech. */
export function isCommon({ bits }: Word): boolean {
  return (bits & COMMON) !== 0;
}

/** Whether a word is an ordinary one. */
export function isOrdinary({ bits }: Word): boolean {
  return (bits & WORD) !== 0;
}

/** Whether a word is a title: "mr", "doctor". */
export function isTitle(word: Word | undefined): boolean {
  return word !== undefined && word.kind === LETTERS && (word.bits & TITLE) !== 0;
}

/** Whether a word, behind a first name, is the surname. */
export function isSurnameBehind(word: Word | undefined): boolean {
  if (!mayBeName(word)) return false;
  const { bits, text } = word;
  if (SURNAMES_BEHIND.has(text)) return true;
  if ((bits & (STRONG_FIRST | SURNAME)) !== 0 && (bits & WORD) === 0) return true;
  return (bits & TOP_SURNAME) !== 0 && (bits & COMMON) === 0;
}

/** Whether a word is a company's name and no common surname. */
export function isBrand({ bits }: Word): boolean {
  return (bits & ORGANISATION) !== 0 && (bits & TOP_SURNAME) === 0;
}

/** Whether a word is a place or a state. */
export function isPlace({ bits }: Word): boolean {
  return (bits & (PLACE | STATE)) !== 0;
}

/** Stand between a name and what it is the name of: "harper valley national bank". */
export const OF_COMPANIES = new Set(
  wordsOf({
    kinds:
      'national international community federal savings credit american general memorial medical health life auto first private regional industrial commercial global',
  }),
);

/** Whether what follows a name says that it is none of a person. */
export function isOfNoPerson(word: Word | undefined): boolean {
  return word !== undefined && word.kind === LETTERS && (OF_NO_PERSON.has(word.text) || (word.bits & SUFFIX) !== 0);
}

/** Whether what stands before a name says that it is a place's. */
export function isBeforePlace(word: Word | undefined): boolean {
  return word !== undefined && BEFORE_PLACES.has(word.text);
}
