/** Addresses, or parts of them, that answer a question or follow "my address is". */
import { BREAK, LETTERS, MASK, NUMBER, SIGN, type Word } from '../lexicon/words.ts';
import { spelledRuns } from '../people/answers.ts';
import { wordsOf } from '../text/word-groups.ts';
import {
  isEveryday,
  isPlaceName,
  isShortState,
  isStreetWord,
  isSuffix,
  isWeakSuffix,
  numberEnd,
  SPOKEN,
  stateAt,
  UNITS,
} from './address-words.ts';
import type { Address } from './find-addresses.ts';
import { postcodeEnd, tailEnd } from './tail.ts';

/** What stands where something was masked says nothing. */
const MASKS = /\[[A-Z0-9_]{2,40}(?::\w{1,32})?\]/g;
const NOT_POSTAL = /\b(?:e-?mail|ip|web|mac|url|wallet|bitcoin|memory)\b[\s-]{0,2}(?:address|code)/gi;
const NAMES_ADDRESS =
  /\b(?:address|zip|zipcode|post ?code|postal code|pin ?code|house number|street (?:name|number)|where (?:do|are) you (?:live|living|located|based))\b|\b(?:city and state|what (?:city|state|town|street)|is (?:that|it|this) in)\b/i;
const ASKS =
  /\?|\b(?:what|whats|what's|where|which|can|could|may|confirm|verify|provide|give|need|tell|have|get|please|repeat|share|enter|spell)\b|\byour\b/i;
const CHANGES = /\b(?:change|update|correct|new|add|moved?)\b.{0,24}\baddress\b/i;

/** "and the postcode", "and your house number please", "same zip code" */
const ELLIPSIS =
  /\bis (?:that|it|this) in\b|(?:^|\b(?:and|also|then|same)\b)\W{0,3}(?:[\w']{1,12}\W{1,3}){0,4}(?:address|zip|zip code|zipcode|post ?code|postal code|pin ?code|house number|city)(?:\W{1,3}(?:there|please|too|for (?:that|it)|[.!]))?\W{0,3}$/i;

/** What a turn asks for: an address, or no more than its postcode. */
export type AddressRequest = 'address' | 'postcode' | undefined;

/**
 * Whether a turn asks for a postal address, or talks of changing one.
 *
 * @example requestedAddress('and what is your zip code') // 'postcode'
 */
export function requestedAddress(text: string): AddressRequest {
  const postal = text.replace(MASKS, ' ').replace(NOT_POSTAL, ' ');
  if (!NAMES_ADDRESS.test(postal) || !(ASKS.test(postal) || CHANGES.test(postal) || ELLIPSIS.test(postal)))
    return undefined;
  return /\baddress\b|\bwhere\b|\bstreet\b|\bhouse\b|\bcity\b|\btown\b/i.test(postal) ? 'address' : 'postcode';
}

/** Said before an address or a part of it. */
const LEADS = new Set(
  wordsOf({
    assent: 'yes yeah yep yup sure okay ok alright right certainly absolutely of course so and well correct',
    hesitations: 'um uh er erm ah oh hmm mm sorry im i',
    forms:
      'my the its it is this thats that would be was new current old home mailing shipping billing delivery street full address addresses',
    parts:
      'zip code zipcode postcode postal pin city state town country house live lives living at in on located number be to still same',
  }),
);
const LONGEST_LEAD = 14;
/** Ends an address in an answer: what follows is about something else. */
const STOPS = new Set(
  wordsOf({
    verbs: 'is are was were have has had can could would will need want am do does did be been think know',
    pronouns: 'i im my me we you your he she they it its',
    others:
      'phone ph telephone mobile cell email mail ssn dob card born mr mrs ms miss dr date because but thanks thank please okay ok yes no actually for',
  }),
);
const LONGEST_ANSWER = 18;
/** Words of a turn that is nothing but a city, or a part of a street. */
const LONGEST_BARE = 4;

/**
 * The part of a turn that is an address or a piece of one.
 *
 * @param from the word behind "address is", 0 in the answer of another turn
 * @param begun a piece of it was given before
 */
export function answeredAddress(
  words: readonly Word[],
  from: number,
  begun: boolean,
  request: AddressRequest,
): Address | undefined {
  let at = from;
  while (at < words.length && at - from < LONGEST_LEAD && isLead(words, at)) at++;
  const word = words[at];
  // "street", where the rest was said before
  if (word === undefined && begun && isSuffix(words[at - 1]) && at - from <= 2) return { first: at - 1, last: at - 1 };
  if (word === undefined || word.kind === MASK) return undefined;
  const spelled = begun && numberEnd(words, at) < 0 ? spelledEnd(words, at) : -1;
  if (spelled >= 0) return { first: at, last: spelled };
  if (request === 'postcode') {
    const end = postcodeEnd(words, at);
    return end >= 0 && !isOther(words, end + 1) ? { first: at, last: end } : pieceOfDigits(words, at, begun);
  }
  // "a 20 jio building"
  const isFlat =
    word.kind === LETTERS && word.text.length === 1 && !SPOKEN.has(word.text) && words[at + 1]?.kind === NUMBER;
  const number = numberEnd(words, isFlat ? at + 1 : at);
  const unit = number < 0 && UNITS.has(word.text) ? numberEnd(words, at + 1) : -1;
  if (number >= 0 || unit >= 0) return numbered(words, at, Math.max(number, unit), begun);
  return lettered(words, at, begun);
}

function isLead(words: readonly Word[], at: number): boolean {
  const word = words[at] as Word;
  if (word.kind === SIGN || word.kind === BREAK) return true;
  if (word.kind !== LETTERS || (word.capital && !word.opens && isPlaceName(word))) return false;
  return (
    LEADS.has(word.text) &&
    !(SPOKEN.has(word.text) && words[at + 1] !== undefined && SPOKEN.has(words[at + 1]?.text ?? ''))
  );
}

/** "main, that's m a i n": the last of the letters that spell a part; -1 without any. */
function spelledEnd(words: readonly Word[], first: number): number {
  const runs = spelledRuns(words);
  const run = runs.find((one) => one.first >= first && one.first - first <= 4);
  return run === undefined ? -1 : run.last;
}

/** Whether a number goes on into something else: "25 years". */
function isOther(words: readonly Word[], at: number): boolean {
  const word = words[at];
  return word !== undefined && word.kind === LETTERS && !LEADS.has(word.text) && !STOPS.has(word.text);
}

function pieceOfDigits(words: readonly Word[], at: number, begun: boolean): Address | undefined {
  const end = numberEnd(words, at);
  return begun && end >= 0 && words[end + 1] === undefined ? { first: at, last: end } : undefined;
}

/** "147 johnson", "four two one", "two three one, Leonard, London street" */
function numbered(words: readonly Word[], first: number, number: number, begun: boolean): Address | undefined {
  let last = number;
  let letters = 0;
  for (let at = number + 1; at < words.length && at - first < LONGEST_ANSWER; at++) {
    const word = words[at] as Word;
    if (word.kind === MASK || word.kind === BREAK) break;
    if (word.kind === SIGN) {
      if (/^[,\-/#]$/.test(word.text)) continue;
      break;
    }
    if (word.kind === LETTERS && STOPS.has(word.text) && !(word.capital && isShortState(word))) break;
    if (word.kind === LETTERS) letters++;
    if (/^(?:um|uh|er|sorry|and|thats|the|in|or)$/.test(word.text)) continue;
    // "5 gb", "three dollars"
    if (word.kind === LETTERS && word.text.length > 1 && !isStreetWord(word) && stateAt(words, at) === 0)
      return undefined;
    last = at;
  }
  last = tailEnd(words, last, true);
  const isDigits = letters === 0;
  if (isDigits) {
    const tokens = last - first + 1;
    const isCodeLike =
      words[first]?.kind === NUMBER ? /^\d{3,6}$/.test(words[first]?.text ?? '') : tokens >= 2 || begun;
    return words[last + 1] === undefined && (begun || isCodeLike) && !isPhoneLike(words, first, last)
      ? { first, last }
      : undefined;
  }
  const isStreet = words
    .slice(number + 1, last + 1)
    .some(
      (word) =>
        isSuffix(word) || isWeakSuffix(word) || isPlaceName(word) || (word.kind === LETTERS && !isEveryday(word)),
    );
  return isStreet && !isPhoneLike(words, first, number) ? { first, last } : undefined;
}

/** Digits that are more than a house number and a postcode. */
const PHONE_DIGITS = 10;

function isPhoneLike(words: readonly Word[], first: number, last: number): boolean {
  let digits = 0;
  for (let at = first; at <= last; at++) digits += words[at]?.kind === NUMBER ? (words[at]?.text.length ?? 0) : 0;
  return digits >= PHONE_DIGITS;
}

/** "first street", "harper valley california", "that's in forest ranch", "main" */
function lettered(words: readonly Word[], first: number, begun: boolean): Address | undefined {
  let last = first - 1;
  let count = 0;
  for (let at = first; at < words.length && count <= LONGEST_BARE + 2; at++) {
    const word = words[at] as Word;
    if (word.kind !== LETTERS) {
      if (word.kind === SIGN && /^[,-]$/.test(word.text)) continue;
      break;
    }
    if (STOPS.has(word.text) || /^(?:and|thats|um|uh|the|that)$/.test(word.text)) break;
    last = at;
    count++;
  }
  if (last < first) return undefined;
  const parts = words.slice(first, last + 1).filter(({ kind }) => kind === LETTERS);
  const outward = postcodeEnd(words, first);
  if (outward >= 0 && outward >= last) return { first, last: outward };
  const isKnown = parts.some(
    (word, index) => isSuffix(word) || isPlaceName(word) || (stateAt(parts, index) > 0 && !isShortState(word)),
  );
  const isTurn =
    words[last + 1] === undefined ||
    (words[last + 1]?.kind !== LETTERS && words[last + 1]?.kind !== MASK) ||
    /^(?:thats|and)$/.test(words[last + 1]?.text ?? '');
  if (isKnown && (begun || parts.some(isSuffix) || count <= 3) && isTurn)
    return { first, last: tailEnd(words, last, true) };
  if (!begun || count > 3 || !isTurn) return undefined;
  if (!parts.every((word) => isStreetWord(word))) return undefined;
  return parts.some((word) => !isEveryday(word)) || isNamedPlace(words, first) ? { first, last } : undefined;
}

/** "that's in …", "the city is …" */
function isNamedPlace(words: readonly Word[], first: number): boolean {
  return /^(?:in|city|is|address|number|thats)$/.test(words[first - 1]?.text ?? '');
}

const CUES = /^(?:address|zip|zipcode|postcode|eircode|pincode)$/;
const LIVING = /^(?:live|lives|living|reside|residing|located|staying)$/;

/** Where an answer begins in a turn that announces it itself: "my address is …", "I live at …"; -1 for none. */
export function announcedAt(words: readonly Word[]): { from: number; request: AddressRequest } | undefined {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as Word;
    if (word.kind !== LETTERS) continue;
    if (CUES.test(word.text) && !/^(?:email|mail|e|ip|web|mac)$/.test(words[at - 1]?.text ?? '')) {
      const request = word.text === 'address' ? 'address' : 'postcode';
      let next = at + 1;
      if (words[next]?.text === 'code') next++;
      while (words[next] !== undefined && /^(?:um|uh|er|,|\.)$/.test(words[next]?.text ?? '')) next++;
      const verb = words[next];
      if (verb === undefined) continue;
      const isNumber = numberEnd(words, next) >= 0;
      // "update the address to 2 Mill Road"
      const isGoal = /^(?:as|to)$/.test(verb.text) && numberEnd(words, next + 1) >= 0;
      if ((isNumber && request === 'address') || /^(?:is|was|its|will|would|[:,=-])$/.test(verb.text) || isGoal)
        return { from: isNumber ? next : next + 1, request };
    }
    // "house number 12"
    if (word.text === 'house' && words[at + 1]?.text === 'number' && numberEnd(words, at + 2) >= 0)
      return { from: at + 2, request: 'address' };
    if (LIVING.test(word.text) && /^(?:at|on|in)$/.test(words[at + 1]?.text ?? '') && numberEnd(words, at + 2) >= 0)
      return { from: at + 2, request: 'address' };
  }
  return undefined;
}

/** Whether a whole postcode stands at a place: five digits, or letters and digits. */
function isPostcode(words: readonly Word[], at: number): boolean {
  const end = postcodeEnd(words, at);
  return end > at || (end === at && /^\d{5,6}$/.test(words[at]?.text ?? ''));
}

/** Words of the longest postcode, and a sign behind it. */
const LONGEST_CLOSING = 12;

/** "Trevor Lindqvist 55407": a postcode that ends an answer to another question, too. */
export function closingPostcode(words: readonly Word[]): Address | undefined {
  // From the end, however long the turn is: what stands before may be one mask the next time.
  for (let first = Math.max(1, words.length - LONGEST_CLOSING); first < words.length; first++) {
    const isFree =
      words[first]?.kind === NUMBER
        ? !words[first - 1]?.glued || words[first - 1]?.kind === LETTERS
        : !SPOKEN.has(words[first - 1]?.text ?? '');
    if (isFree && !words[first]?.glued && isPostcode(words, first) && isLast(words, postcodeEnd(words, first) + 1))
      return words[first - 1]?.kind === NUMBER ? undefined : { first, last: postcodeEnd(words, first) };
  }
  return undefined;
}

function isLast(words: readonly Word[], at: number): boolean {
  return words[at] === undefined || (words[at]?.kind === SIGN && words[at + 1] === undefined);
}

/** Whether a turn says hardly anything: between two pieces of an address it changes nothing. */
export function isAside(words: readonly Word[]): boolean {
  if (words.some(({ kind, text }) => kind === MASK && text.startsWith('[person'))) return false;
  return words
    .filter(({ kind }) => kind === LETTERS || kind === NUMBER)
    .every(({ text }) => LEADS.has(text) || ASIDES.has(text));
}

const ASIDES = new Set(
  'okay ok yes yeah mhm mm hm huh got it go ahead great thanks thank you perfect one moment please'.split(' '),
);
