/** What single words say about addresses. */
import { WORD_CLASS } from '../lexicon/word-class.ts';
import { LETTERS, MASK, NUMBER, type Word } from '../lexicon/words.ts';
import { wordsOf } from '../text/word-groups.ts';

const { SUFFIX, WEAK_SUFFIX, STATE, PLACE, COMMON } = WORD_CLASS;

/** Number words of a house number or a postcode. */
export const SPOKEN = new Set(
  wordsOf({
    units: 'zero oh o nought one two three four five six seven eight nine',
    teens: 'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
    tens: 'twenty thirty forty fourty fifty sixty seventy eighty ninety',
    more: 'hundred thousand double triple',
  }),
);
/** Number words that are as often something else. */
const SMALL = new Set(wordsOf({ small: 'one two three four five six seven eight nine ten oh o' }));

/** Before the number of a flat, a floor, a box. */
export const UNITS = new Set(
  wordsOf({
    flats:
      'apartment apt unit suite ste flat floor fl room rm building bldg lot level block tower house door plot condo trailer penthouse dept department studio villa shop',
    numbers: 'number no num',
  }),
);
const DIRECTIONS = new Set(
  wordsOf({ words: 'north south east west northeast northwest southeast southwest', letters: 'n s e w ne nw se sw' }),
);
/** Ends of streets that are common words: only with a capital, or behind a long number. */
const AMBIGUOUS = new Set(
  wordsOf({
    nouns:
      'drive dr court ct place pl circle cir close row square sq yard loop rise plaza grove alley parade platz weg terr ter pl main block str sq cross phase sector st way',
  }),
);
/** Short forms of states, where they stand behind a city. */
const STATE_CODES = new Set(
  wordsOf({
    us: 'al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri sc sd tn tx ut vt va wa wv wi wy dc',
    canada: 'ab bc mb nb nl ns nt nu on pe qc sk yt',
    australia: 'nsw vic qld act tas',
  }),
);
/** The first words of states of two, and the second ones. */
const TWO_WORD_STATES: Readonly<Record<string, string>> = {
  new: 'york jersey mexico hampshire zealand brunswick south',
  north: 'carolina dakota',
  south: 'carolina dakota australia africa',
  west: 'virginia bengal',
  western: 'australia',
  northern: 'ireland territory',
  rhode: 'island',
  british: 'columbia',
  nova: 'scotia',
  uttar: 'pradesh',
  madhya: 'pradesh',
  andhra: 'pradesh',
  tamil: 'nadu',
  united: 'states kingdom',
  d: 'c',
};
const COUNTRIES = new Set(
  wordsOf({
    countries:
      'usa us uk england scotland wales ireland india australia canada germany austria switzerland deutschland america',
  }),
);

/** Never between a house number and the end of its street. */
const NO_STREET = new Set(
  wordsOf({
    links:
      'and or but if so as at by for from in into of off on onto out over to up with than then because while is are was were',
    pronouns: 'i you he she it we they me him her us them my your his its our their this that these those there here',
    verbs:
      'am be been do does did have has had can could would should will may get got go going make take see need want like know',
    times:
      'minute minutes min mins hour hours hr hrs day days week weeks month months year years second seconds am pm oclock',
    measures:
      'mile miles km kilometers feet foot ft inch inches meter meters percent dollars dollar pounds pound euros cents gb mb kg lbs times time',
    things:
      'people person persons items item orders order pieces boxes pairs more other way-street lane-road family car bedroom bed bath different other',
    articles: 'an any some every each all both no not',
    talk: 'okay ok yes yeah um uh please thanks thank hi hello',
  }),
);

/** Whether a word may stand between a house number and the end of the street. */
export function isStreetWord(word: Word | undefined): word is Word {
  if (word === undefined) return false;
  if (word.kind === NUMBER) return /^\d{1,3}(?:st|nd|rd|th)?$/.test(word.text);
  return word.kind === LETTERS && !NO_STREET.has(word.text) && word.text.length > 1;
}

/** Whether a word ends a street and hardly anything else. */
export function isSuffix(word: Word | undefined): boolean {
  if (word === undefined || word.kind !== LETTERS) return false;
  return ((word.bits & SUFFIX) !== 0 && !AMBIGUOUS.has(word.text)) || GERMAN_END.test(word.text);
}

/** "hauptstrasse", "lindenweg", "nelson's bazaar street" */
const GERMAN_END = /^[a-z]{3,}(?:strasse|gasse|platz|allee)$/;
const GERMAN_WEAK = /^[a-z]{3,}(?:str|weg|ring|damm|ufer|hof)$/;

/** Whether a word is a German street by itself; `sure` when it is nothing else. */
export function germanStreet({ kind, text }: Word): 'sure' | 'weak' | undefined {
  if (kind !== LETTERS) return undefined;
  if (GERMAN_END.test(text)) return 'sure';
  return GERMAN_WEAK.test(text) ? 'weak' : undefined;
}

/** Whether a word ends a street now and then. */
export function isWeakSuffix(word: Word | undefined): boolean {
  return word !== undefined && word.kind === LETTERS && ((word.bits & WEAK_SUFFIX) !== 0 || AMBIGUOUS.has(word.text));
}

/** Whether a word is one of everyday speech. */
export function isEveryday({ bits }: Word): boolean {
  return (bits & COMMON) !== 0;
}

/** Whether a word is a direction: "north", "nw". */
export function isDirection(word: Word | undefined): boolean {
  return word !== undefined && DIRECTIONS.has(word.text);
}

/** How many words a state or country takes at a place; 0 for none. */
export function stateAt(words: readonly Word[], at: number): number {
  const word = words[at];
  if (word === undefined || word.kind !== LETTERS) return 0;
  if ((TWO_WORD_STATES[word.text] ?? '').split(' ').includes(words[at + 1]?.text ?? '-'))
    return word.text === 'new' && words[at + 2]?.text === 'wales' ? 3 : 2;
  // "that's us"
  if (word.text === 'us' && !word.capital) return 0;
  return (word.bits & STATE) !== 0 || COUNTRIES.has(word.text) || STATE_CODES.has(word.text) ? 1 : 0;
}

/** Whether a word is a state by a short form that is a common word, too: "in", "or", "me". */
export function isShortState(word: Word | undefined): boolean {
  return word !== undefined && STATE_CODES.has(word.text);
}

/** Whether a word is a city, a state or a country. */
export function isPlaceName(word: Word | undefined): boolean {
  return word !== undefined && word.kind === LETTERS && (word.bits & (PLACE | STATE)) !== 0;
}

/** Second words of towns that are called after a state or a person: "victoria point", "palm beach". */
const OF_TOWNS = new Set(
  wordsOf({
    land: 'point park heights hills gardens valley springs falls plains island harbour harbor beach bay downs',
  }),
);

/** Whether a word is the second one of a town's name. */
export function endsTown(word: Word | undefined): boolean {
  return word !== undefined && OF_TOWNS.has(word.text);
}

/** Whether a word may follow a whole address in a sentence: it belongs to no name. */
export function goesOn(word: Word | undefined): boolean {
  return (
    word === undefined ||
    word.kind !== LETTERS ||
    NO_STREET.has(word.text) ||
    /^(?:since|near|before|until)$/.test(word.text)
  );
}

const ORDINAL = /^\d{1,3}(?:st|nd|rd|th)$/;
const TENTH_LIKE = /^(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)y$/;

/** The last index of a street that is a number, "86th", "fifty fourth", at a place; -1 for none. */
export function ordinalEnd(words: readonly Word[], at: number): number {
  const text = words[at]?.text ?? '';
  if (TENTH_LIKE.test(text) && ORDINALS.has(words[at + 1]?.text ?? '')) return at + 1;
  return words[at]?.kind === NUMBER ? (ORDINAL.test(text) ? at : -1) : ORDINALS.has(text) ? at : -1;
}

const ORDINALS = new Set(
  wordsOf({
    units: 'first second third fourth fifth sixth seventh eighth ninth',
    teens: 'tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth',
    tens: 'twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth',
  }),
);

/** Masks of what is no number. */
const NO_NUMBER = /^\[(?:person|address|email)/;
/** Words of a house number or a postcode. */
const LONGEST_NUMBER = 12;

/** The last index of the number that begins at a place; -1 for none. */
export function numberEnd(words: readonly Word[], at: number): number {
  const word = words[at];
  if (word === undefined) return -1;
  // Digits that another rule has masked.
  if (word.kind === MASK) return NO_NUMBER.test(word.text) ? -1 : at;
  if (word.kind === NUMBER) {
    if (!/^\d{1,6}[a-z]?$/.test(word.text)) return -1;
    // "12-14", "4/12"
    const sign = words[at + 1];
    return sign !== undefined &&
      /^[-/]$/.test(sign.text) &&
      sign.glued &&
      words[at + 2]?.kind === NUMBER &&
      words[at + 2]?.glued === true
      ? at + 2
      : at;
  }
  const end = spokenEnd(words, at);
  // "five slash eighteen": flat and house
  const joined = end >= at && words[end + 1]?.text === 'slash' ? spokenEnd(words, end + 2) : -1;
  return joined > end ? joined : end;
}

/** The last of the number words that begin at a place; -1 for none. */
function spokenEnd(words: readonly Word[], at: number): number {
  let end = at - 1;
  while (end - at < LONGEST_NUMBER && words[end + 1]?.kind === LETTERS && SPOKEN.has(words[end + 1]?.text ?? '')) {
    end++;
    if (words[end + 1]?.text === '-' && words[end + 1]?.glued === true && SPOKEN.has(words[end + 2]?.text ?? '')) end++;
    if (
      /^(?:hundred|thousand)$/.test(words[end]?.text ?? '') &&
      words[end + 1]?.text === 'and' &&
      SPOKEN.has(words[end + 2]?.text ?? '')
    )
      end++;
  }
  return end < at ? -1 : end;
}

/** Whether a number is long enough to be hardly anything but a house number: "147", "one forty seven". */
export function isLongNumber(words: readonly Word[], first: number, last: number): boolean {
  const word = words[first] as Word;
  if (word.kind === MASK) return true;
  if (word.kind === NUMBER) return /^\d{2,6}[a-z]?$/.test(word.text) || last > first;
  return last > first || !SMALL.has(word.text);
}
