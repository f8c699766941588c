/** Passwords, where the word says so and a value follows. */

import type { Span } from '../../model/pii-types.ts';
import { isFiller } from '../../numbers/runs.ts';
import { isNumberEntry } from '../../text/lexicon.ts';
import { REPEATS, TEENS, TENS, UNITS } from '../../text/number-words.ts';
import type { Term } from '../../text/terms.ts';
import { DIGITS, endsLine, PUNCTUATION, type Tokens, WORD } from '../../text/tokens.ts';
import { wordsOf } from '../../text/word-groups.ts';
import { ANNOUNCING, ANSWER_OPENINGS, CHANGES, HEDGES, REFUSALS, RELATIVES, TALK } from './password-words.ts';
import { isQuestionOnly, isQuestionWord, saidDirectly } from './security-answers.ts';
import { statedFirst } from './stated-first.ts';

/** Passwords by another name when letters and digits are mixed; else they are PINs. */
const PASSCODES = new Set(['passcode', 'passcodes']);
/** How many tokens may stand between the word and the value. */
const REACH = 10;
const MIXED = /[A-Za-z][^\s]{0,60}[\d!@#$%^&*]|\d[^\s]{0,60}[A-Za-z]/;

/**
 * Values of passwords: "password: hunter2", "pw is hunter2", "password hunter2" beside a user name.
 */
export function findPasswords(tokens: Tokens, terms: readonly Term[]): Span[] {
  const spans: Span[] = [];
  const { text, words, starts, ends, kinds } = tokens;
  for (const term of terms) {
    if (term.kind !== 'PASSWORD' && !(term.kind === 'PIN' && PASSCODES.has(words[term.last] ?? ''))) continue;
    if (isQuestionOnly(tokens, term)) {
      const told = saidDirectly(tokens, term);
      if (told !== undefined) spans.push(told);
      continue;
    }
    const before = statedFirst(tokens, term);
    if (before !== undefined) {
      spans.push(before);
      continue;
    }
    let at = term.last + 1;
    // "my security word's thistle"
    let announced = /['’]s$/i.test(text.slice(starts[term.last], ends[term.last]));
    // "Password?" and the answer on the next line.
    const answer = answerOnNextLine(tokens, at);
    if (answer > 0) at = answer;
    const direct = answer > 0 ? undefined : saidDirectly(tokens, term);
    if (direct !== undefined) {
      spans.push(direct);
      continue;
    }
    let renewed = words.slice(Math.max(0, term.first - 3), term.first).some((word) => CHANGES.has(word));
    while (at < tokens.count && at - term.last <= REACH) {
      const word = words[at] ?? '';
      if (ANNOUNCING.has(word)) announced = true;
      else if (!announced && isPlaced(tokens, term.last, at)) {
        // "on the sticker", "for the booking portal"
      } else if (!(announced ? HEDGES : RELATIVES).has(word) || !isApart(tokens, at)) break;
      else if (CHANGES.has(word)) renewed = true;
      at++;
    }
    // Without "is" or a colon the value comes right after the word; "changed my password to kitty#20" shows signs.
    if (answer > 0) announced = true;
    if (!announced && at !== term.last + 1 && !(renewed && words[at - 1] === 'to')) continue;
    const from = starts[at];
    if (from === undefined) continue;
    const value =
      /^\S{1,128}/
        .exec(text.slice(from, from + 128))?.[0]
        .replace(/["'”’,;:!?.)\]}>]+$/, (tail) => (/^[!?]+$/.test(tail) && announced ? tail : '')) ?? '';
    const word = words[at] ?? '';
    const colon = announced && answer === 0 && /[:=]/.test(text.slice(ends[term.last], from));
    if (value === '' || words[at] === '[]' || (kinds[at] === PUNCTUATION && value.length < 4)) continue;
    const plain = /^[A-Za-z']+$/.test(value);
    // "security question: what was your first pet?"
    if (plain && isQuestionWord(word) && words.includes('?', at)) continue;
    if (plain && TALK.has(word) && !colon) continue;
    if (((renewed && !announced) || term.kind === 'PIN') && !MIXED.test(value)) continue;
    if (
      !announced &&
      (plain || words[term.last] === 'pass') &&
      !MIXED.test(value) &&
      !isLoginPair(text, starts[term.first] ?? 0, words[term.first] ?? '')
    )
      continue;
    if (!announced && !plain && !/[A-Za-z\d]/.test(value)) continue;
    if (!announced && /^[:=]?\/\//.test(value)) continue;
    const end = spokenEnd(tokens, at, from + value.length);
    spans.push({ type: 'PASSWORD', start: from, end: announced && plain ? phraseEnd(tokens, at, end) : end });
  }
  return spans;
}

/** A pair of name and password: "login is ana@example.com / pineCone_58". */
export const MAY_LOG_IN = /log ?in|credential|creds/i;
const LOGIN_PAIR = /\b(?:log ?in|credentials?|creds)\b[^\r\n/]{0,24}?[\w.+@-]{2,64} ?\/ ?(?=([^\s/]{6,64}))/gi;

/**
 * Passwords after the name of a user and a slash.
 *
 * @example findLoginPairs('login: ann / hunter2') // a PASSWORD over "hunter2"
 */
export function findLoginPairs(text: string): Span[] {
  const spans: Span[] = [];
  for (const match of text.matchAll(LOGIN_PAIR)) {
    const value = (match[1] ?? '').replace(/[.,;!?]+$/, '');
    const start = match.index + match[0].length;
    if (MIXED.test(value)) spans.push({ type: 'PASSWORD', start, end: start + value.length });
  }
  return spans;
}

/**
 * The token after a question mark, a line break and the name of who answers, or in the same line when the answer is all that
 * follows; 0 when there are none.
 */
function answerOnNextLine(tokens: Tokens, name: number): number {
  const { words, kinds } = tokens;
  const at = words[name] === 'please' ? name + 1 : name;
  // "memorable word, thistle"
  if (words[name] === ',' && isAllThatFollows(tokens, name + 1)) return name + 1;
  if (words[at] !== '?') return 0;
  if (!endsLine(tokens, at)) return isAllThatFollows(tokens, at + 1) ? at + 1 : 0;
  return kinds[at + 1] === WORD && words[at + 2] === ':' ? at + 3 : at + 1;
}

/** Words of an answer, or of a pass phrase after its first. */
const LONGEST_ANSWER = 2;

/** Whether a word or two that are no talk end the text. */
function isAllThatFollows(tokens: Tokens, from: number): boolean {
  const { count, kinds, words } = tokens;
  let end = count;
  while (end > from && kinds[end - 1] === PUNCTUATION) end--;
  if (end <= from || end - from > LONGEST_ANSWER) return false;
  for (let at = from; at < end; at++)
    if (kinds[at] === PUNCTUATION || TALK.has(words[at] ?? '') || REFUSALS.has(words[at] ?? '')) return false;
  return true;
}

/** Where a pass phrase of plain words ends that its clause ends with: "purple elephant dancing". */
function phraseEnd(tokens: Tokens, value: number, end: number): number {
  const { count, kinds, words, starts, ends, entries } = tokens;
  let at = value;
  while (at < count && (starts[at] ?? 0) < end) at++;
  let last = end;
  for (let taken = 0; at < count && !endsLine(tokens, at - 1) && kinds[at] !== PUNCTUATION; at++, taken++) {
    const isPlainWord =
      kinds[at] === WORD && !TALK.has(words[at] ?? '') && (entries[at]?.phrase?.kinds.length ?? 0) === 0;
    if (!isPlainWord || taken === LONGEST_ANSWER) return end;
    last = ends[at] ?? last;
  }
  return last;
}

const PREPOSITIONS = new Set(['on', 'for', 'to', 'at', 'in', 'of']);
/** Words of "on the sticker", "for the booking portal". */
const PLACE_REACH = 4;

/** Whether a plain word follows a preposition that follows the name of a password, and "is" comes after it. */
function isPlaced({ kinds, words }: Tokens, name: number, at: number): boolean {
  if (kinds[at] !== WORD || TALK.has(words[at] ?? '') || !isPlain(words[at] ?? '')) return false;
  if (!words.slice(at + 1, at + 1 + PLACE_REACH).some((word) => ANNOUNCING.has(word))) return false;
  for (let i = at - 1; i > name && at - i <= PLACE_REACH; i--) if (PREPOSITIONS.has(words[i] ?? '')) return true;
  return false;
}

function isPlain(word: string): boolean {
  return /^[a-z]{2,20}$/.test(word);
}

const ENDING = new Set([':', ',', '=']);

/** Whether a word stands by itself: "temp" in "Temp1234" does not. */
function isApart({ kinds, words, starts, ends }: Tokens, at: number): boolean {
  if (kinds[at] === PUNCTUATION || ENDING.has(words[at + 1] ?? '')) return true;
  return (starts[at + 1] ?? Number.POSITIVE_INFINITY) > (ends[at] ?? 0);
}

/** "password crickets" is one only beside a user name, or in the short form of notes ("pw crickets"). */
function isLoginPair(text: string, start: number, word: string): boolean {
  return (
    /(?:user ?name|user ?id|login|user|log ?in)\b[^\r\n]{0,60}[\s,;]*$/i.test(
      text.slice(Math.max(0, start - 90), start),
    ) ||
    word === 'pw' ||
    word === 'pwd'
  );
}

/** A number word, letter or sign of a spoken password. */
const SPOKEN_WORDS = new Set([
  ...[UNITS, TEENS, TENS, REPEATS].flatMap((words) => [...words.keys()]),
  ...wordsOf({
    signs: 'exclamation dollar hash pound star asterisk underscore dash hyphen percent ampersand point',
    names: 'mark sign symbol',
    capitals: 'capital uppercase lowercase',
  }),
]);
const SPOKEN_SIGN = /^(?:\d{1,2}|[b-hj-z])$/;

function isSpokenPart(word: string): boolean {
  return SPOKEN_WORDS.has(word) || SPOKEN_SIGN.test(word);
}

/** How the letter or word after it is written. */
const CAPITALS = new Set(['capital', 'uppercase', 'lowercase', 'big', 'small']);
/** Tokens of a spoken password. */
const LONGEST_SPOKEN = 24;

/** A spoken password goes on over digits, letters and signs: "hunter two", "blue horse ninety nine". */
function spokenEnd(tokens: Tokens, at: number, end: number): number {
  let last = end;
  // "capital s sunshine two zero", "blue dolphin ninety nine"
  let due = CAPITALS.has(tokens.words[at] ?? '') ? 2 : wordsBeforeDigits(tokens, at + 1);
  for (let i = at + 1; i < tokens.count && i - at < LONGEST_SPOKEN; i++) {
    if ((tokens.starts[i] ?? 0) < last) continue;
    const word = tokens.words[i] ?? '';
    if (due > 0 && tokens.kinds[i] === WORD && word.length > 1 && !TALK.has(word) && !isSpokenPart(word)) {
      due--;
      last = tokens.ends[i] ?? last;
      continue;
    }
    if (!isSpokenPart(word)) break;
    // Digits that go on are a number of their own.
    if (
      tokens.kinds[i] === DIGITS &&
      /^[\s-./()]{0,2}\d/.test(tokens.text.slice(tokens.ends[i], (tokens.ends[i] ?? 0) + 3))
    )
      break;
    last = tokens.ends[i] ?? last;
  }
  return last;
}

/** Plain words of a pass phrase that goes on to digits in its line: one or two, or none when no digits follow. */
function wordsBeforeDigits(tokens: Tokens, at: number): number {
  const { count, kinds, words, entries } = tokens;
  for (let i = at; i < Math.min(count, at + 3); i++) {
    if (endsLine(tokens, i - 1)) return 0;
    // "tulip order 4471220"
    if ((entries[i]?.phrase?.kinds.length ?? 0) > 0) return 0;
    if (kinds[i] === DIGITS || isNumberEntry(entries[i])) return i - at;
    if (kinds[i] !== WORD || TALK.has(words[i] ?? '')) return 0;
  }
  return 0;
}

/** The whole of a short answer to a question for a password: "it's crickets ninety nine". */
export function answeredPassword(tokens: Tokens): Span | undefined {
  let first = 0;
  while (first < tokens.count && ANSWER_OPENINGS.has(tokens.words[first] ?? '')) first++;
  let last = tokens.count - 1;
  while (last > first && /^[.,!?"']$/.test(tokens.words[last] ?? '')) last--;
  if (first > last || last - first > 4) return undefined;
  if (
    tokens.entries
      .slice(first, last + 1)
      .every((entry, i) => isFiller(entry) || tokens.kinds[first + i] === PUNCTUATION)
  )
    return undefined;
  for (let i = first; i <= last; i++)
    if (TALK.has(tokens.words[i] ?? '') || REFUSALS.has(tokens.words[i] ?? '')) return undefined;
  const [start, end] = [tokens.starts[first], tokens.ends[last]];
  return start === undefined || end === undefined || tokens.words[first] === '['
    ? undefined
    : { type: 'PASSWORD', start, end };
}
