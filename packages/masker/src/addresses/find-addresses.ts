/** Postal addresses in one text: a house number and a street, a box, a German street, each with its tail. */
import { BREAK, LETTERS, NUMBER, SIGN, type Word } from '../lexicon/words.ts';
import {
  germanStreet,
  goesOn,
  isDirection,
  isEveryday,
  isLongNumber,
  isPlaceName,
  isShortState,
  isStreetWord,
  isSuffix,
  isWeakSuffix,
  numberEnd,
  ordinalEnd,
  SPOKEN,
  stateAt,
} from './address-words.ts';
import { postcodeEnd, tailEnd, unitEnd } from './tail.ts';

/** An address: indexes of its first and last word. */
export interface Address {
  readonly first: number;
  readonly last: number;
}

/** Words between a house number and the end of its street. */
const LONGEST_STREET = 5;

/** The addresses of a text, in order. */
export function findAddresses(words: readonly Word[]): Address[] {
  const found: Address[] = [];
  let free = 0;
  for (let at = 0; at < words.length; at++) {
    if (at < free) continue;
    const address = boxAt(words, at) ?? numberedAt(words, at) ?? germanAt(words, at) ?? frenchAt(words, at);
    if (address === undefined) continue;
    const first = withUnitBefore(words, address.first, free);
    found.push({ first, last: address.last });
    free = address.last + 1;
    at = address.last;
  }
  return found;
}

/** "PO Box 1138", "p o box four one", "Locked Bag 12" */
function boxAt(words: readonly Word[], at: number): Address | undefined {
  const text = (index: number): string => words[index]?.text ?? '';
  let next = at;
  if (text(at) === 'po' || text(at) === 'gpo' || text(at) === 'pobox') next = text(at) === 'pobox' ? at : at + 1;
  else if (text(at) === 'p' || text(at) === 'post') {
    next = at + 1;
    if (text(next) === '.') next++;
    if (text(next) !== 'o' && text(next) !== 'office') return undefined;
    next++;
    if (text(next) === '.') next++;
  } else if (text(at) === 'locked' && text(at + 1) === 'bag') next = at + 1;
  else next = routeEnd(words, at) + 1;
  if (next === 0) return undefined;
  if (text(next) !== 'box' && text(next) !== 'bag' && text(next) !== 'pobox') return undefined;
  next++;
  while (/^(?:number|no|#|\.)$/.test(text(next))) next++;
  const end = numberEnd(words, next);
  return end < 0 ? undefined : { first: at, last: tailEnd(words, end) };
}

/** "HC 65 Box 12", "rural route two box forty": the last word of the route; -1 for none. */
function routeEnd(words: readonly Word[], at: number): number {
  const first = words[at]?.text ?? '';
  const isRural = first === 'rural' && words[at + 1]?.text === 'route';
  return isRural || first === 'hc' || first === 'rr' ? numberEnd(words, at + (isRural ? 2 : 1)) : -1;
}

/** "147 Johnson Street", "twenty eight great road" */
function numberedAt(words: readonly Word[], at: number): Address | undefined {
  const word = words[at] as Word;
  const previous = words[at - 1];
  if (
    word.glued &&
    previous !== undefined &&
    previous.kind !== BREAK &&
    !(previous.kind === SIGN && /^[,:(#]$/.test(previous.text))
  )
    return undefined;
  if (previous !== undefined && /^[$\u20ac\u00a3]$/.test(previous.text)) return undefined;
  // Only where a run of number words begins.
  if (word.kind === LETTERS && previous !== undefined && SPOKEN.has(previous.text)) return undefined;
  const number = numberEnd(words, at);
  if (number < 0) return undefined;
  const end = streetEnd(words, at, number);
  if (end < 0) return undefined;
  // "a hundred and nineteen"
  const first = previous?.text === 'a' && /^(?:hundred|thousand)$/.test(word.text) ? at - 1 : at;
  return { first, last: tailEnd(words, end) };
}

/** The last word of the street behind a house number; -1 for none. */
function streetEnd(words: readonly Word[], first: number, number: number): number {
  let at = number + 1;
  if (words[at]?.text === ',') at++;
  // "19 a new town road"
  if (words[at]?.kind === LETTERS && words[at]?.text.length === 1 && words[at]?.text !== 'i') at++;
  if (words[at]?.text === ',') at++;
  const isTurned = isDirection(words[at]);
  if (isTurned) {
    at++;
    if (words[at]?.text === '.') at++;
  }
  const isLong = isLongNumber(words, first, number);
  if (isLong) {
    const bare = withoutSuffix(words, at, isTurned);
    if (bare >= 0) return bare;
  }
  let best = -1;
  for (let count = 0; count <= LONGEST_STREET; count++, at++) {
    const word = words[at];
    if (word?.text === '.' && words[at - 1]?.text === 'st') at++;
    if (!isStreetWord(words[at])) break;
    if (count > 0 && isEnd(words, number + 1, at, isLong)) {
      best = at;
      if (isSuffix(words[at])) break;
    } else if (best >= 0 && count > 3) break;
    // "200 Broadway", "77 santhana mariyam kovil washington dc"
    if (count > 0 && best < 0 && isLong) {
      const states = stateAt(words, at);
      const isLast = words[at + states] === undefined || words[at + states]?.kind === NUMBER;
      if (
        states > 0 &&
        isLast &&
        (!isShortState(words[at]) || !isEveryday(words[at] as Word) || postcodeEnd(words, at + states) >= 0)
      ) {
        const middle = words.slice(number + 1, at);
        if (middle.every((one) => one.kind !== NUMBER) && middle.some((one) => one.capital || !isEveryday(one)))
          return at + states - 1;
      }
    }
    if (count === 0 && isLong && isAlone(words, at)) return at;
  }
  if (best >= 0 && isDirection(words[best + 1]) && words[best + 2]?.kind !== LETTERS) return best + 1;
  return best;
}

/** Words of a street that is called without what ends it. */
const LONGEST_BARE = 2;
const HIGHWAY = /^(?:highway|hwy|route|rte|interstate)$/;
/** Units that follow a street and hardly anything else. */
const SURE_UNIT = /^(?:apartment|apt|unit|suite|ste|#)$/;

/** "west 57th", "north juniper apartment four", "highway six": the last word of a street that no suffix ends; -1 for none. */
function withoutSuffix(words: readonly Word[], at: number, isTurned: boolean): number {
  const ordinal = isTurned ? ordinalEnd(words, at) : -1;
  if (ordinal >= 0) return isEnd(words, at, ordinal + 1, true) || isSuffix(words[ordinal + 1]) ? ordinal + 1 : ordinal;
  if (HIGHWAY.test(words[at]?.text ?? '')) {
    const end = numberEnd(words, at + 1);
    if (end >= 0) return isDirection(words[end + 1]) ? end + 1 : end;
  }
  for (let last = at; last - at < LONGEST_BARE && isStreetWord(words[last]); last++) {
    const next = words[last + 1]?.text === ',' ? last + 2 : last + 1;
    if (!SURE_UNIT.test(words[next]?.text ?? '') || unitEnd(words, next) < 0) continue;
    return isTurned || words.slice(at, last + 1).some((one) => one.capital || !isEveryday(one)) ? last : -1;
  }
  return -1;
}

/** Streets that have no other word. */
function isAlone(words: readonly Word[], at: number): boolean {
  return words[at]?.text === 'broadway' || germanStreet(words[at] as Word) === 'sure';
}

function isEnd(words: readonly Word[], start: number, at: number, isLong: boolean): boolean {
  const word = words[at] as Word;
  const before = words[at - 1] as Word;
  if (isSuffix(word)) {
    if (words[at - 1]?.text === 'way' || words[at - 1]?.text === 'a' || before.text === 'the')
      return word.capital && before.capital;
    // "two lane road", "one street"
    if (isSuffix(before) && !before.capital) return false;
    return isLong || before.capital || !isEveryday(before) || isUsualName(before);
  }
  if (!isWeakSuffix(word)) return false;
  if (word.capital && before.capital) return true;
  if (!isLong || word.capital !== before.capital) return word.text === 'st' && before.kind === LETTERS && isLong;
  if (word.text === 'st' || word.text === 'dr' || word.text === 'ct' || word.text === 'pl') return true;
  const isNamed = words.slice(start, at).some((one) => one.kind === LETTERS && !isEveryday(one));
  return isNamed ? goesOn(words[at + 1]) || hasTail(words, at) : isPlaced(words, at);
}

/** Whether a city, a state or a postcode of letters follows: "king's head hill london e four". */
function isPlaced(words: readonly Word[], at: number): boolean {
  const end = tailEnd(words, at);
  return end > at + 1 && isPlaceName(words[at + 1]);
}

function hasTail(words: readonly Word[], at: number): boolean {
  return tailEnd(words, at) > at;
}

const USUAL = new Set(
  'main first second third fourth fifth sixth high church park station mill oak hill lake spring north south east west king queen market bridge green new old great'.split(
    ' ',
  ),
);

function isUsualName({ text }: Word): boolean {
  return USUAL.has(text);
}

/** "Hauptstraße 12, 10115 Berlin" */
function germanAt(words: readonly Word[], at: number): Address | undefined {
  const word = words[at] as Word;
  if (word.kind !== LETTERS || (words[at + 1]?.kind !== NUMBER && words[at + 1]?.text !== '.')) return undefined;
  const street = germanStreet(word);
  const isApart =
    (word.text === 'strasse' || word.text === 'allee' || word.text === 'platz' || word.text === 'weg') &&
    words[at - 1]?.capital === true;
  if (street === undefined && !isApart) return undefined;
  let next = at + 1;
  if (words[next]?.text === '.') next++;
  const number = words[next];
  if (number?.kind !== NUMBER || !/^\d{1,4}[a-z]?$/.test(number.text)) return undefined;
  if (street === 'weak' && !word.capital) return undefined;
  return { first: isApart && street === undefined ? at - 1 : at, last: tailEnd(words, next) };
}

const FRENCH = new Set(['rue', 'avenue', 'boulevard', 'chemin', 'impasse', 'calle', 'via', 'rua', 'place', 'allee']);

/** "12 rue de la Paix, 75002 Paris", "Calle Mayor 5" */
function frenchAt(words: readonly Word[], at: number): Address | undefined {
  const word = words[at] as Word;
  const street = words[at + 1]?.text === ',' ? at + 2 : at + 1;
  if (word.kind === NUMBER && /^\d{1,4}$/.test(word.text) && FRENCH.has(words[street]?.text ?? '')) {
    let end = street;
    while (
      end - street < LONGEST_STREET &&
      (words[end + 1]?.capital === true || /^(?:de|la|du|des|le|les|d|l)$/.test(words[end + 1]?.text ?? ''))
    )
      end++;
    return end > street && words[end]?.capital === true ? { first: at, last: tailEnd(words, end) } : undefined;
  }
  if (!/^(?:calle|via|rua)$/.test(word.text) || words[at + 1]?.capital !== true) return undefined;
  const number = words[at + 2]?.text === ',' ? at + 3 : at + 2;
  return words[number]?.kind === NUMBER ? { first: at, last: tailEnd(words, number) } : undefined;
}

/** Tokens of a unit before a house number. */
const UNIT_REACH = 8;

/** "apartment four oh five, nine C, Clerkenwell Road", "Flat 2, 14 High Street", "number one London Street" */
function withUnitBefore(words: readonly Word[], first: number, free: number): number {
  for (let from = first - 1; from >= free && first - from <= UNIT_REACH; from--) {
    const end = unitEnd(words, from);
    if (end < 0) continue;
    const next = words[end + 1]?.text === ',' ? end + 2 : end + 1;
    const second = numberEnd(words, next);
    const letter =
      second >= 0 && words[second + 1]?.text.length === 1 && words[second + 1]?.kind === LETTERS ? second + 1 : second;
    const after = words[letter + 1]?.text === ',' ? letter + 2 : letter + 1;
    if (end >= first - 1 || next === first || after === first) return withUnitBefore(words, from, free);
  }
  if (first > free && /^(?:number|no)$/.test(words[first - 1]?.text ?? '')) return first - 1;
  return houseBefore(words, first, free);
}

const HOUSES =
  /^(?:house|cottage|lodge|barn|farm|villa|hall|mansions|building|bakery|mill|rectory|vicarage|manor|residency|apartments|tower|towers|court|cottages)$/;
/** Words of a house's name before what it is. */
const LONGEST_HOUSE = 3;

/** "Orchard House, 2 Vicarage Road": the first word of a house with a name, or the address's own. */
function houseBefore(words: readonly Word[], first: number, free: number): number {
  const house = words[first - 1]?.text === ',' ? first - 2 : first - 1;
  if (house < free || !HOUSES.test(words[house]?.text ?? '') || !words[house]?.capital) return first;
  let from = house;
  while (
    from > free &&
    house - from < LONGEST_HOUSE &&
    words[from - 1]?.capital === true &&
    words[from - 1]?.kind === LETTERS
  )
    from--;
  return from < house ? from : first;
}
