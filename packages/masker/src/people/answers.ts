/** Names that answer a question, and names that are spelled. */
import { LETTERS, NUMBER, SIGN, type Word } from '../lexicon/words.ts';
import { wordsOf } from '../text/word-groups.ts';
import { endsHere, isGlued, isOthers, lastOfName } from './extent.ts';
import {
  isCommon,
  isFirst,
  isOnlyName,
  isStrong,
  isSurname,
  isUnknown,
  isWrittenAsName,
  mayBeName,
  NO_NAMES,
} from './person-words.ts';
import type { Name } from './signature.ts';

const ASKS =
  /\b(?:your|the|full|first|last|whose|what|which|callers?|middle|sur|account holders?)\W{0,2}(?:\w{1,12}\W{1,3}){0,4}(?:sur)?names?\b|\b(?:have|get|know|confirm|verify|need|give|provide|tell)\b.{0,40}\bnames?\b|\bname (?:please|for me|on (?:the|your))|\bnames?\s{0,2}(?:\?|$)|\bwho(?:m)? (?:am i|i am|im|i'm|is this|do i have|is calling|is speaking|i have)|\bwho['\u2019]?s (?:calling|speaking|this)|\b(?:speaking|chatting|talking) (?:with|to)(?: today)?\s{0,2}(?:\?|$)|\bspell\b/i;
const NOT_OF_PEOPLE =
  /\b(?:company|business|product|file|user|screen|store|pet|dog|cat|street|brand|school|pharmacy|doctor'?s|medication|medicine|drug|brand) ?names?\b|\bnames? of (?:the|your|that|this|those|it|them|any|these)\b(?! (?:account|card|policy|person|caller|patient|customer|owner|primary))/i;

/**
 * Whether a turn asks for a name of a person.
 *
 * @example asksForName('may I have your full name please') // true
 */
export function asksForName(text: string): boolean {
  return ASKS.test(text) && !NOT_OF_PEOPLE.test(text);
}

/** What an answer begins with before the name itself. */
const LEADS = new Set(
  wordsOf({
    assent: 'yes yeah yep yup sure okay ok alright right certainly absolutely of course no problem correct please',
    hesitations: 'um uh er erm ah oh hmm mm well so like',
    forms:
      'its it is this thats that would be im i am my name names first last full the and sorry hi hello hey surname middle here you can call me thank thanks',
  }),
);
const LONGEST_LEAD = 12;
/** Words of a turn that is nothing but a name. */
const LONGEST_BARE = 4;

/** The name that a turn answers with; undefined when it says something else. */
export function answeredName(words: readonly Word[]): Name | undefined {
  let at = 0;
  while (at < words.length && at < LONGEST_LEAD && isLead(words[at])) at++;
  const word = words[at];
  if (!mayBeName(word) || NO_NAMES.has(word.text)) return undefined;
  const letters = words.filter(({ kind }) => kind === LETTERS).length;
  const left = letters - words.slice(0, at).filter(({ kind }) => kind === LETTERS).length;
  const next = words[at + 1];
  const isWhole = left <= LONGEST_BARE;
  const fits =
    isStrong(word) ||
    isOnlyName(word) ||
    ((isFirst(word) || isSurname(word)) &&
      (isWrittenAsName(word) || !isCommon(word)) &&
      (isWhole || isSurname(next))) ||
    (isFirst(word) && left <= 2 && (next === undefined || endsHere(next) || isSurname(next))) ||
    (isUnknown(word) && (isWhole || isWrittenAsName(word) || isOnlyName(next) || endsHere(next)));
  if (!fits) return undefined;
  const last = lastOfName(words, at, 'introduced');
  if (isGlued(words, at, last) || isOthers(words, at, last)) return undefined;
  return { first: at, last, sure: true };
}

function isLead(word: Word | undefined): boolean {
  if (word === undefined) return false;
  return word.kind === LETTERS ? LEADS.has(word.text) : word.kind === SIGN;
}

/** Letters of a name that is spelled. */
const FEWEST_LETTERS = 3;
/** Tokens of a spelling. */
const LONGEST_SPELLING = 80;
/** Tokens between a name and its spelling. */
const SPELLING_REACH = 6;
const DOUBLE = new Set(['double', 'triple']);
const MAIL = new Set(['at', 'dot', '@', 'underscore', 'gmail']);

/** Spelled letters, "n g u y e n", "S-M-I-T-H", "double l": indexes of the first and last of them. */
export function spelledRuns(words: readonly Word[]): Name[] {
  const runs: Name[] = [];
  for (let at = 0; at < words.length; at++) {
    if (!isLetter(words[at]) && !DOUBLE.has(words[at]?.text ?? '')) continue;
    let last = at - 1;
    let letters = 0;
    for (let next = at; next < words.length && next - at < LONGEST_SPELLING; next++) {
      const word = words[next] as Word;
      if (isLetter(word)) {
        letters++;
        last = next;
        next = likeness(words, next);
        last = Math.max(last, next);
      } else if (!DOUBLE.has(word.text) && !(word.kind === SIGN && /^[-.,]$/.test(word.text))) break;
    }
    if (letters >= FEWEST_LETTERS && !MAIL.has(words[last + 1]?.text ?? '') && words[last + 1]?.kind !== NUMBER)
      runs.push({ first: at, last, sure: false });
    at = Math.max(at, last);
  }
  return runs;
}

/** "s as in sam", "s for sugar": the index of the last word that only says which letter it is. */
function likeness(words: readonly Word[], letter: number): number {
  const comma = words[letter + 1]?.text === ',' ? 1 : 0;
  const at = letter + 1 + comma;
  if (words[at]?.text === 'as' && words[at + 1]?.text === 'in' && words[at + 2]?.kind === LETTERS) return at + 2;
  if (
    (words[at]?.text === 'for' || words[at]?.text === 'like') &&
    words[at + 1]?.kind === LETTERS &&
    (words[at + 1]?.text.length ?? 0) > 2
  )
    return at + 1;
  return letter;
}

function isLetter(word: Word | undefined): boolean {
  return word !== undefined && word.kind === LETTERS && word.text.length === 1;
}

/**
 * The spelled runs that belong to a name: right behind one, or anywhere in an answer.
 *
 * @param asked a name or its spelling was asked for
 */
export function spelledNames(words: readonly Word[], names: readonly Name[], asked: boolean): Name[] {
  const runs = spelledRuns(words);
  if (runs.length === 0) return runs;
  const taken = new Set<number>();
  const ends = new Set<number>();
  for (const { first, last } of names) {
    for (let at = first; at <= last; at++) taken.add(at);
    ends.add(last);
  }
  const isBehind = (first: number): boolean => {
    for (let at = first - 1; at >= first - SPELLING_REACH; at--) if (ends.has(at)) return true;
    return false;
  };
  return runs.filter(({ first, last }) => !taken.has(first) && !taken.has(last) && (asked || isBehind(first)));
}
