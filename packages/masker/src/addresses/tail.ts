/** What follows a street: unit, city, state, postcode, country. */
import { BREAK, LETTERS, NUMBER, SIGN, type Word } from '../lexicon/words.ts';
import {
  endsTown,
  isDirection,
  isEveryday,
  isPlaceName,
  isShortState,
  numberEnd,
  SPOKEN,
  stateAt,
  UNITS,
} from './address-words.ts';

/** Words of a city. */
const LONGEST_CITY = 3;
/** Said between the parts of an address. */
const JOINS = /^(?:in|zip|code|zipcode|postcode|postal|and|thats|the|is|at)$/;
const LONGEST_JOIN = 4;

/**
 * The index of the last word of an address whose street ends at a word.
 *
 * @param asked the address was asked for, so that what follows is one more likely
 */
export function tailEnd(words: readonly Word[], last: number, asked = false): number {
  let end = last;
  for (let at = end + 1; ; at = end + 1) {
    const next = partEnd(words, overSigns(words, at), asked);
    if (next < 0) return end;
    end = next;
  }
}

/** The first word behind commas, full stops and line ends. */
function overSigns(words: readonly Word[], at: number): number {
  let next = at;
  for (let passed = 0; passed < 3; passed++) {
    const word = words[next];
    if (word === undefined || (word.kind !== BREAK && !(word.kind === SIGN && /^[,.;-]$/.test(word.text)))) break;
    next++;
  }
  return next;
}

function partEnd(words: readonly Word[], at: number, asked: boolean): number {
  const word = words[at];
  if (word === undefined) return -1;
  const unit = unitEnd(words, at);
  if (unit >= 0) return unit;
  // "NE46 3NL": no Nebraska
  const isCodeHere = word.kind === LETTERS && word.text.length <= 2 && words[at + 1]?.glued === true;
  if (isCodeHere && words[at + 1]?.kind === NUMBER) {
    const code = outwardEnd(words, at);
    if (code > at) return code;
  }
  const states = stateAt(words, at);
  // "victoria point"
  if (states === 1 && endsTown(words[at + 1]) && words[at + 1]?.capital === word.capital) return at + 1;
  if (states > 0 && (!isShortState(word) || isStateHere(words, at))) return at + states - 1;
  const postcode = postcodeEnd(words, at);
  if (postcode >= 0) return postcode;
  if (isDirection(word) && (words[at + 1]?.kind !== LETTERS || isShort(words[at + 1]))) return at;
  const city = cityEnd(words, at, asked);
  if (city >= 0) return isDistrict(words, city + 1) ? city + 1 : city;
  return hesitantEnd(words, at) ?? joinedEnd(words, at, asked);
}

/** "um, NW three six PQ" */
function hesitantEnd(words: readonly Word[], at: number): number | undefined {
  let next = at;
  while (next - at < LONGEST_JOIN && /^(?:um|uh|er|,|\.)$/.test(words[next]?.text ?? '')) next++;
  if (next === at) return undefined;
  const end = outwardEnd(words, next);
  return end > next ? end : undefined;
}

/** "Dublin 2", "Wien 7" */
function isDistrict(words: readonly Word[], at: number): boolean {
  const word = words[at];
  return word?.kind === NUMBER && /^\d{1,2}w?$/.test(word.text) && words[at + 1]?.kind !== LETTERS;
}

function isShort(word: Word | undefined): boolean {
  return word !== undefined && UNITS.has(word.text);
}

/** "apt 4b", "# 12", "suite eight six seven", "flat 2" */
export function unitEnd(words: readonly Word[], at: number): number {
  const word = words[at];
  if (word === undefined || (word.text !== '#' && !UNITS.has(word.text))) return -1;
  let next = at + 1;
  while (
    words[next] !== undefined &&
    (/^[.#:]$/.test(words[next]?.text ?? '') || /^(?:number|no|num)$/.test(words[next]?.text ?? ''))
  )
    next++;
  let end = numberEnd(words, next);
  if (end < 0) {
    const letter = words[next];
    if (letter?.kind !== LETTERS || letter.text.length !== 1 || letter.text === 'i') return -1;
    end = next;
    const number = numberEnd(words, next + 1);
    return number >= 0 ? number : end;
  }
  const letter = words[end + 1];
  return letter?.kind === LETTERS && letter.text.length === 1 && letter.text !== 'i' && letter.text !== 'a'
    ? end + 1
    : end;
}

/** A short form of a state is one in capitals, before a postcode or at the end. */
function isStateHere(words: readonly Word[], at: number): boolean {
  const word = words[at] as Word;
  const next = words[overSigns(words, at + 1)];
  return (
    word.capital ||
    next === undefined ||
    (next.kind === NUMBER && /^\d{4,6}$/.test(next.text)) ||
    postcodeEnd(words, at + 1) >= 0
  );
}

/** Number words of a postcode. */
const MOST_SPOKEN = 9;

/** The last index of a postcode that begins at a word; -1 for none. */
export function postcodeEnd(words: readonly Word[], at: number): number {
  const word = words[at];
  if (word === undefined) return -1;
  if (word.kind === NUMBER) {
    const next = words[at + 1];
    if (/^\d{5}$/.test(word.text) && next?.text === '-' && next.glued && /^\d{4}$/.test(words[at + 2]?.text ?? ''))
      return at + 2;
    if (
      /^\d{3}$/.test(word.text) &&
      next?.kind === NUMBER &&
      /^\d{3}$/.test(next.text) &&
      words[at + 2]?.kind !== NUMBER
    )
      return at + 1;
    return /^\d{4,6}$/.test(word.text) ? at : -1;
  }
  const outward = outwardEnd(words, at);
  if (outward >= 0) return outward;
  // "seven five two oh one"
  let end = at - 1;
  let count = 0;
  while (count <= MOST_SPOKEN && SPOKEN.has(words[end + 1]?.text ?? '')) {
    end++;
    count++;
  }
  return count >= 3 && count <= MOST_SPOKEN ? end : -1;
}

/** "NW3 6PQ", "SW nineteen one EZ", "M5V 2T6", "D02 X285", "W six five" */
function outwardEnd(words: readonly Word[], at: number): number {
  let letters = 0;
  let next = at;
  while (words[next]?.kind === LETTERS && letters + (words[next]?.text.length ?? 9) <= 2 && isCode(words[next])) {
    letters += words[next]?.text.length ?? 0;
    next++;
  }
  if (letters === 0) return -1;
  let numbers = 0;
  let end = -1;
  for (; next < words.length && numbers < 5; next++) {
    const word = words[next] as Word;
    if (word.kind === NUMBER && /^\d{1,3}[a-z]{0,2}$|^[a-z\d]{2,4}$/.test(word.text)) numbers++;
    else if (word.kind === LETTERS && SPOKEN.has(word.text)) numbers++;
    else if (word.kind === LETTERS && word.text.length <= 2 && numbers > 0 && isCode(word)) {
      end = next;
      continue;
    } else break;
    end = next;
  }
  return numbers > 0 ? end : -1;
}

const NO_CODES = new Set([
  'i',
  'a',
  'so',
  'um',
  'uh',
  'no',
  'ok',
  'my',
  'is',
  'it',
  'in',
  'on',
  'at',
  'to',
  'of',
  'or',
  'we',
  'he',
  'me',
  'us',
  'by',
  'do',
  'if',
  'as',
  'an',
  'am',
  'pm',
  'go',
  'up',
  'ph',
  'oh',
]);

function isCode(word: Word | undefined): boolean {
  return word !== undefined && !NO_CODES.has(word.text) && !SPOKEN.has(word.text);
}

/** A city: in capitals, known, or before a state or postcode. */
function cityEnd(words: readonly Word[], at: number, asked: boolean): number {
  if (!isCityWord(words[at])) return -1;
  let end = at;
  for (
    let count = 1;
    count < LONGEST_CITY && isCityWord(words[end + 1]) && words[end + 1]?.capital === words[at]?.capital;
    count++
  ) {
    if (stateAt(words, end + 1) > 0) break;
    end++;
  }
  // Written: "Springfield". Of several words, as many as are capitals.
  const first = words[at] as Word;
  if (first.capital && !first.opens) return end;
  for (let last = end; last >= at; last--) {
    const next = overSigns(words, last + 1);
    const states = stateAt(words, next);
    if (states > 0 && (!isShortState(words[next]) || isStateHere(words, next))) return last;
    if (words[next]?.kind === NUMBER && /^\d{4,6}$/.test(words[next]?.text ?? '')) return last;
    if (postcodeEnd(words, next) > next) return last;
  }
  if (isPlaceName(first)) return at;
  // "shanti road bandra west": in no list, and nothing else behind
  if (first.bits === 0 && words[end + 1] === undefined && words.slice(at, end + 1).every(isOfTown)) return end;
  return asked && words[end + 1] === undefined && end - at < 2 ? end : -1;
}

function isCityWord(word: Word | undefined): boolean {
  if (word === undefined || word.kind !== LETTERS || word.text.length < 3 || SPOKEN.has(word.text)) return false;
  return word.capital
    ? !word.opens || isPlaceName(word)
    : !CITY_STOPS.has(word.text) && (!isEveryday(word) || CITY_WORDS.has(word.text) || isPlaceName(word));
}

function isOfTown({ bits, text }: Word): boolean {
  return bits === 0 || CITY_WORDS.has(text);
}

const CITY_STOPS = new Set('and the that thats its yes yeah okay please phone zip code thank thanks hello'.split(' '));
const CITY_WORDS = new Set(
  'new north south east west park hill lake spring springs valley river city port saint fort green little forest ranch beach'.split(
    ' ',
  ),
);

/** "in dallas", "and the zip code is 75201": what goes on behind words that join. */
function joinedEnd(words: readonly Word[], at: number, asked: boolean): number {
  let next = at;
  while (next - at < LONGEST_JOIN && JOINS.test(words[next]?.text ?? '')) next++;
  if (next === at) return -1;
  const isZip = words.slice(at, next).some(({ text }) => /^(?:zip|zipcode|postcode|postal|code)$/.test(text));
  if (isZip) return postcodeEnd(words, next);
  if (words[next - 1]?.text !== 'in' && !asked) return -1;
  const city = cityEnd(words, next, false);
  if (city >= 0) return city;
  const states = stateAt(words, next);
  return states > 0 && !isShortState(words[next]) ? next + states - 1 : -1;
}
