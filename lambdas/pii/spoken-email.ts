/** E-mail addresses that are obfuscated ("john (at) acme (dot) org") or spoken ("j o h n at gmail dot com"). */
import type { Found } from './found.ts';
import { isNumberEntry } from './lexicon.ts';
import { DIGITS, PUNCTUATION, type Tokens, WORD } from './tokens.ts';
import type { Span } from './types.ts';

const TLDS = new Set(
  (
    'com net org edu gov mil int info biz name pro io co us uk ca au de fr es it nl be ch at se no dk fi ie in jp cn br mx ru pl pt nz za sg hk kr tw ' +
    'me tv ai app dev cloud tech online site store shop xyz email live mobi asia eu gr cz hu ro tr il ae ar cl pe ve ph my th vn id biz coop museum travel jobs'
  ).split(' '),
);
const PROVIDERS = new Set(
  (
    'gmail googlemail yahoo ymail hotmail outlook icloud aol comcast verizon att sbcglobal bellsouth cox charter msn live protonmail proton ' +
    'earthlink mac rocketmail gmx mail fastmail zoho optonline roadrunner juno windstream btinternet rediffmail qq yandex sky virginmedia rogers bell shaw telus spectrum xfinity frontier centurylink netzero duck tutanota hey'
  ).split(' '),
);
const LONGEST_PROVIDER = Math.max(...[...PROVIDERS].map(({ length }) => length));
/** Providers whose names are words of everyday talk. */
const COMMON_PROVIDERS = new Set(
  'mail live me sky bell shaw cox mac hey duck proton charter spectrum frontier'.split(' '),
);
/** After "at" these begin a place or a time. */
const PLACE_WORDS = new Set(
  'the a an my your our this that least all home work first last any some about around no what which his her'.split(
    ' ',
  ),
);
const ROLES = new Set(
  'info sales support admin contact hello help billing service services office mail jobs hr careers accounts enquiries inquiries orders press marketing accounting payroll reception customerservice customercare team webmaster postmaster noreply feedback media legal security finance'.split(
    ' ',
  ),
);
/** Words that end a local part: they belong to the sentence, not to the address. */
const STOPS = new Set(
  (
    'a an the is its it was are be been my your our his her their me us you him them i we he she they to on at in of for from by with and or but so if then than ' +
    'email emails mail address addresses e sent send sending write writing reach reached contact contacting use using used try has have had get got getting put that thats this these there here name named ' +
    'yes yeah yep ok okay sure um uh er well right just like go going visit online site website web page look looking shop shopping buy bought order ordered ordering work works working worked ' +
    'store stores available found find check see seen us out up down over back home located live lives stay staying meet hey hi hello please thanks thank call called as goes not now one cc bcc forward login log sign signed registered listed under account user username spelled spell would will can could should correct again best ' +
    'sitting sits lowercase uppercase caps signup posted post read more day night time once least all first last most any'
  ).split(' '),
);

const AT_WORDS = new Set(['at', '@', 'arroba']);
const DOT_WORDS = new Set(['dot', '.', 'period', 'point', 'punto', 'punkt']);
const CONNECTORS = new Set([
  'dot',
  '.',
  'period',
  'point',
  'underscore',
  '_',
  'dash',
  'hyphen',
  '-',
  'minus',
  'plus',
  '+',
  'punto',
]);
const ASIDES = new Set([
  'uh',
  'um',
  'er',
  ',',
  'lowercase',
  'uppercase',
  'capital',
  'small',
  'letter',
  'number',
  'numeral',
  'symbol',
  'sign',
  'lower',
  'upper',
  'case',
  'the',
  'thats',
  'then',
  'space',
  'no',
  'spaces',
  'word',
]);

/** One of {@link DOT_WORDS}; an apostrophe may hide one. */
const MAY_HAVE_DOT = /[.']|dot|period|point|punto|punkt/i;
const MAY_BE_SPOKEN = /\bat\b|@|arroba/i;

/**
 * Addresses whose `@` or dots are words, or set apart by brackets or blanks.
 *
 * @param found the addresses that are typed in the usual way
 */
export function findSpokenEmails(tokens: Tokens, emailContext: boolean, found?: Found): Span[] {
  const spans: Span[] = [];
  if (!MAY_BE_SPOKEN.test(tokens.text)) return spans;
  const signs: number[] = [];
  for (let at = 0; at < tokens.count; at++) if (isAtWord(tokens.words[at])) signs.push(at);
  const [first = 0, last = -1] = [signs[0], signs.at(-1)];
  if (first === last && found?.touches({ start: tokens.starts[last] ?? 0, end: tokens.ends[last] ?? 0 })) return spans;
  const hasDots = MAY_HAVE_DOT.test(tokens.text);
  let floor = 0;
  // A bracket may stand before the sign.
  for (let at = Math.max(0, first - 1); at <= last; at++) {
    const sign = signAt(tokens, at, AT_WORDS);
    if (sign === undefined || sign.first < floor) continue;
    const expected = emailContext || ROLES.has(tokens.words[sign.first - 1] ?? '');
    const domain = domainFrom(tokens, sign.last + 1, expected, hasDots);
    if (domain === undefined) continue;
    const local = localBefore(tokens, sign.first - 1, floor, emailContext || !sign.plain, domain);
    if (local === undefined) continue;
    spans.push({ type: 'EMAIL_ADDRESS', start: tokens.starts[local] ?? 0, end: tokens.ends[domain.last] ?? 0 });
    floor = domain.last + 1;
    at = domain.last;
  }
  return spans;
}

/** One of {@link AT_WORDS}, asked of every word. */
function isAtWord(word: string | undefined): boolean {
  return word === 'at' || word === '@' || word === 'arroba';
}

const OPENING = new Set(['[', '(', '{', '<']);
const CLOSING = new Set([']', ')', '}', '>']);

/** A sign that may stand in brackets: its first and last token; `plain` when it may be just the word. */
function signAt(
  tokens: Tokens,
  at: number,
  signs: ReadonlySet<string>,
): { first: number; last: number; plain: boolean } | undefined {
  const word = tokens.words[at] ?? '';
  if (signs.has(word)) {
    const isSign = tokens.words[at + 1] === 'sign' || tokens.words[at + 1] === 'symbol';
    if (tokens.words[at + 1] === 'the' && tokens.words[at + 2] === 'rate')
      return { first: at, last: at + 2, plain: true };
    // Typed in capitals it stands for the sign: "ana AT example.org".
    const plain = tokens.text[tokens.starts[at] ?? 0] === 'a' && !isSign;
    return { first: tokens.words[at - 1] === 'the' && isSign ? at - 1 : at, last: isSign ? at + 1 : at, plain };
  }
  if (OPENING.has(word) && signs.has(tokens.words[at + 1] ?? '') && CLOSING.has(tokens.words[at + 2] ?? ''))
    return { first: at, last: at + 2, plain: false };
  return undefined;
}

interface Domain {
  last: number;
  provider: boolean;
  /** It has a dot and a top-level domain. */
  complete: boolean;
}

function domainFrom(tokens: Tokens, from: number, expected: boolean, hasDots: boolean): Domain | undefined {
  const alone = providerAt(tokens, from);
  if (alone === undefined && !hasDots) return undefined;
  let at = from;
  let labels = 0;
  let lettersOnly = '';
  let last: number | undefined;
  let provider = false;
  for (; at < tokens.count && at - from < 24; ) {
    const word = tokens.words[at] ?? '';
    const dot = signAt(tokens, at, DOT_WORDS);
    if (dot !== undefined) {
      if (labels === 0) return undefined;
      // A full stop that ends a sentence is followed by a blank.
      if (
        word === '.' &&
        (tokens.starts[at + 1] ?? 0) > (tokens.ends[at] ?? 0) &&
        (tokens.starts[at] ?? 0) === (tokens.ends[at - 1] ?? 0)
      )
        break;
      const tld = topLevelAt(tokens, dot.last + 1);
      if (tld !== undefined) {
        last = tld;
        at = tld + 1;
        labels++;
        continue;
      }
      at = dot.last + 1;
      if (tokens.kinds[at] !== WORD) break;
      continue;
    }
    if (last !== undefined) break;
    if (word === 'dash' || word === 'hyphen' || word === '-' || word === 'minus') {
      at++;
      continue;
    }
    if (tokens.kinds[at] === PUNCTUATION) {
      if (word === ',' && labels > 0) {
        at++;
        continue;
      }
      break;
    }
    // "at my office dot com" is an address only where one is expected.
    if (labels === 0 && !expected && PLACE_WORDS.has(word)) return undefined;
    lettersOnly += word;
    labels++;
    if (PROVIDERS.has(word) || (lettersOnly.length <= LONGEST_PROVIDER && PROVIDERS.has(lettersOnly))) provider = true;
    if (labels > 6 && word.length > 1) return undefined;
    at++;
  }
  if (last !== undefined) return { last, provider, complete: true };
  return alone;
}

/** "john dot smith at gmail": the provider alone will do. */
function providerAt(tokens: Tokens, from: number): Domain | undefined {
  const first = tokens.words[from] ?? '';
  const next = tokens.words[from + 1] ?? '';
  if (PROVIDERS.has(first) && !COMMON_PROVIDERS.has(first))
    return { last: next === 'com' || next === 'net' ? from + 1 : from, provider: true, complete: false };
  return first === 'g' && next === 'mail' ? { last: from + 1, provider: true, complete: false } : undefined;
}

/** A top-level domain as a word or spelled ("c o m"); the token it ends at. */
function topLevelAt(tokens: Tokens, at: number): number | undefined {
  const word = tokens.words[at] ?? '';
  if (tokens.kinds[at] === WORD && word.length > 1 && TLDS.has(word)) return at;
  let letters = '';
  for (let i = at; i < at + 4 && i < tokens.count; i++) {
    const letter = tokens.words[i] ?? '';
    if (letter.length !== 1 || tokens.kinds[i] !== WORD) break;
    letters += letter;
    if (letters.length > 1 && TLDS.has(letters) && !(letters === 'co' && tokens.words[i + 1] === 'm')) return i;
  }
  return undefined;
}

/** The first token of the local part that ends at `end`. */
function localBefore(tokens: Tokens, end: number, floor: number, context: boolean, domain: Domain): number | undefined {
  let at = context || domain.provider ? beforeAside(tokens, end, floor) : end;
  let first: number | undefined;
  let evidence = false;
  let words = 0;
  let lastWord = '';
  let linked = true;
  while (at >= floor && end - at < 60) {
    const word = tokens.words[at] ?? '';
    const kind = tokens.kinds[at];
    const connector = connectorBefore(tokens, at, floor);
    if (connector !== undefined) {
      if (first === undefined) {
        // A connector right before the sign ends a sentence, unless it is an underscore.
        if (word !== '_' && word !== 'underscore') return undefined;
      }
      if (
        word === '.' &&
        (tokens.starts[at + 1] ?? 0) > (tokens.ends[at] ?? 0) &&
        (tokens.starts[at] ?? 0) === (tokens.ends[at - 1] ?? -1)
      )
        break;
      linked = true;
      evidence = true;
      at = connector - 1;
      continue;
    }
    if (kind === PUNCTUATION) {
      if (word !== ',' || first === undefined) break;
      at--;
      continue;
    }
    // "b as in boy", "n like nancy", "m for mary"
    const spelled = spelledBefore(tokens, at);
    if (spelled !== undefined && spelled >= floor) {
      first = spelled;
      evidence = true;
      linked = false;
      at = spelled - 1;
      continue;
    }
    const isLetter = kind === WORD && word.length === 1;
    const isNumber = kind === DIGITS || isNumberEntry(tokens.entries[at]);
    if (isLetter || isNumber) {
      if (isLetter && (word === 'i' || word === 'a') && !linked && !isSpelledNeighbour(tokens, at)) break;
      // An initial: "j smith at acme dot com".
      const isInitial = isLetter && first !== undefined && word !== 'i' && word !== 'a' && isStart(tokens, at);
      first = at;
      evidence ||= isNumber || isInitial || isSpelledNeighbour(tokens, at);
      linked = false;
      at--;
      continue;
    }
    if (!linked && ASIDES.has(word) && first !== undefined && isSpellingAhead(tokens, at - 1)) {
      at--;
      continue;
    }
    const isRole = first === undefined && domain.complete && ROLES.has(word);
    if (!isRole && STOPS.has(word) && !(linked && first !== undefined && !/^(?:is|its|at|my|email|to|the)$/.test(word)))
      break;
    if (!linked && (words >= 3 || (!context && !domain.provider && !evidence))) break;
    words++;
    lastWord = word;
    first = at;
    linked = false;
    at--;
  }
  if (first === undefined) return undefined;
  // Without any sign of an address a lone word "at acme dot com" is a place, not a mailbox.
  if (!evidence && !context && !domain.provider && !ROLES.has(lastWord)) return undefined;
  if (!domain.complete && !evidence && !context) return undefined;
  return first;
}

/** Whether a token begins a clause: nothing before it, a sign, or a word that is no part of an address. */
function isStart({ kinds, words }: Tokens, at: number): boolean {
  return at === 0 || kinds[at - 1] === PUNCTUATION || STOPS.has(words[at - 1] ?? '');
}

const REMARKS = new Set(['all', 'one', 'word', 'no', 'spaces', 'lower', 'case', 'lowercase', 'together', 'caps', ',']);
const REMARK_ENDS = new Set(['word', 'spaces', 'case', 'lowercase', 'together', 'caps']);

/** The token before a remark on the spelling: "ana lopez, all one word, at …". */
function beforeAside(tokens: Tokens, end: number, floor: number): number {
  let at = end;
  if (tokens.words[at] === ',') at--;
  if (!REMARK_ENDS.has(tokens.words[at] ?? '')) return at;
  while (at > floor && end - at < 6 && REMARKS.has(tokens.words[at] ?? '')) at--;
  return at;
}

function connectorBefore(tokens: Tokens, at: number, floor: number): number | undefined {
  const word = tokens.words[at] ?? '';
  if (CONNECTORS.has(word)) return at;
  if (
    CLOSING.has(word) &&
    at - 2 >= floor &&
    CONNECTORS.has(tokens.words[at - 1] ?? '') &&
    OPENING.has(tokens.words[at - 2] ?? '')
  )
    return at - 2;
  return undefined;
}

function spelledBefore(tokens: Tokens, at: number): number | undefined {
  const { words, kinds } = tokens;
  if (kinds[at] !== WORD || (words[at] ?? '').length < 2) return undefined;
  const letter = (i: number): boolean => i >= 0 && kinds[i] === WORD && (words[i] ?? '').length === 1;
  if (words[at - 1] === 'in' && words[at - 2] === 'as' && letter(at - 3)) return at - 3;
  if ((words[at - 1] === 'like' || words[at - 1] === 'for') && letter(at - 2)) return at - 2;
  if (words[at - 1] === 'in' && words[at - 2] === 'is' && letter(at - 3)) return at - 3;
  return undefined;
}

function isSpelledNeighbour(tokens: Tokens, at: number): boolean {
  const letter = (i: number): boolean => tokens.kinds[i] === WORD && (tokens.words[i] ?? '').length === 1;
  return (
    letter(at - 1) ||
    letter(at + 1) ||
    tokens.words[at - 1] === ',' ||
    CONNECTORS.has(tokens.words[at - 1] ?? '') ||
    (tokens.words[at + 1] === 'as' && tokens.words[at + 2] === 'in')
  );
}

function isSpellingAhead(tokens: Tokens, at: number): boolean {
  const word = tokens.words[at] ?? '';
  return word.length === 1 || isNumberEntry(tokens.entries[at]) || CONNECTORS.has(word) || tokens.kinds[at] === DIGITS;
}
