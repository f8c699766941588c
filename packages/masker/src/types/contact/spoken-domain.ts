/** The part of a spoken address after its sign: "gmail dot com", "acme dot co dot uk", "gmail" alone. */

import { PUNCTUATION, type Tokens, WORD } from '../../text/tokens.ts';
import { wordsOf } from '../../text/word-groups.ts';
import { signAt } from './spoken-signs.ts';

/** Endings of domains that people say. */
const TLDS = new Set(
  wordsOf({
    generic: 'com net org edu gov mil int info biz name pro coop museum travel jobs mobi asia',
    newer: 'app dev cloud tech online site store shop xyz email live',
    usedEverywhere: 'io co me tv ai fm gg ly',
    englishSpeaking: 'us uk ca au nz ie in za sg hk ph',
    europe: 'eu de fr es it nl be ch at se no dk fi ru pl pt gr cz hu ro tr',
    asia: 'jp cn kr tw th my vn id il ae',
    latinAmerica: 'br mx ar cl pe ve',
  }),
);
/** Providers of mailboxes. */
const PROVIDERS = new Set(
  wordsOf({
    google: 'gmail googlemail',
    yahoo: 'yahoo ymail rocketmail',
    microsoft: 'hotmail outlook msn live',
    apple: 'icloud mac',
    aol: 'aol',
    carriersUs:
      'comcast verizon att sbcglobal bellsouth cox charter earthlink optonline roadrunner juno windstream spectrum xfinity frontier centurylink netzero',
    carriersCanada: 'rogers bell shaw telus',
    carriersUk: 'btinternet sky virginmedia',
    others: 'protonmail proton gmx mail fastmail zoho rediffmail qq yandex duck tutanota hey',
  }),
);
const LONGEST_PROVIDER = Math.max(...[...PROVIDERS].map(({ length }) => length));
/** Providers whose names are words of everyday talk. */
const COMMON_PROVIDERS = new Set(
  'mail live me sky bell shaw cox mac hey duck proton charter spectrum frontier'.split(' '),
);
/** After "at" these begin a place or a time. */
const PLACE_WORDS = new Set(
  wordsOf({
    articles: 'the a an',
    pronouns: 'my your our his her this that all some any',
    places: 'home work',
    counts: 'least first last no',
    estimates: 'about around',
    questions: 'what which',
  }),
);
const DOT_WORDS = new Set(['dot', '.', 'period', 'point', 'punto', 'punkt']);
/** One of {@link DOT_WORDS}; an apostrophe may hide one. */
export const MAY_HAVE_DOT = /[.']|dot|period|point|punto|punkt/i;

/** Where an address ends. */
export interface Domain {
  last: number;
  provider: boolean;
  /** It has a dot and a top-level domain. */
  complete: boolean;
}

/**
 * The domain that begins at a token.
 *
 * @param expected something says that there is an address: "at my office dot com" counts
 * @param hasDots the text holds one of {@link DOT_WORDS} at all
 */
export function domainFrom(tokens: Tokens, from: number, expected: boolean, hasDots: boolean): Domain | undefined {
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
    if (labels === 0 && !expected && PLACE_WORDS.has(word) && !isSpelled(tokens, at)) return undefined;
    lettersOnly += word;
    labels++;
    if (PROVIDERS.has(word) || (lettersOnly.length <= LONGEST_PROVIDER && PROVIDERS.has(lettersOnly))) provider = true;
    if (labels > 6 && word.length > 1) break;
    at++;
  }
  if (last !== undefined) return { last, provider, complete: true };
  return alone;
}

/** "a o l" */
function isSpelled({ words }: Tokens, at: number): boolean {
  return /^[a-z] [a-z]$/.test(`${words[at]} ${words[at + 1]}`);
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
