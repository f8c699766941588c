/** What each word of the lexicon is. */
import { fold, WORD_CLASS } from '../../packages/masker/src/lexicon/word-class.ts';
import type { Sources } from './sources.ts';
import {
  NAMES_FIRST_OF_ALL,
  NAMES_OF_THE_WORLD,
  ORGANISATIONS,
  PLACES,
  SPOKEN_WORDS,
  STATES,
  STREET_SUFFIXES,
  TITLES,
  WEAK_SUFFIXES,
} from './words.ts';

/** Surnames so common that even one which is an ordinary word, too, is taken for a name behind a first name. */
const TOP_SURNAMES = 1_500;
/** The first of each list of the census, in which the commonest stand first: rarer ones are as likely something else. */
const TOP_FIRST = 2_000;
/** The same of names with so few letters that they are other things, too. */
const TOP_SHORT = 400;
const SHORT = 3;
/** Lists of other countries and sources that agree on a name. */
const AGREEING = 2;

/**
 * The classes of every word, in lower case and without accents.
 *
 * @example classify(sources).get('mark') // WORD_CLASS.WEAK_FIRST | WORD_CLASS.WORD | …
 */
export function classify(sources: Sources): Map<string, number> {
  const classes = new Map<string, number>();
  const add = (words: Iterable<string>, bits: number): void => {
    for (const word of words) for (const part of partsOf(word)) classes.set(part, (classes.get(part) ?? 0) | bits);
  };
  add(sources.words, WORD_CLASS.WORD);
  add(sources.common, WORD_CLASS.WORD | WORD_CLASS.COMMON);
  add(SPOKEN_WORDS, WORD_CLASS.WORD | WORD_CLASS.COMMON);
  add(PLACES, WORD_CLASS.PLACE);
  add(ORGANISATIONS, WORD_CLASS.ORGANISATION);
  add(TITLES, WORD_CLASS.TITLE);
  add(STREET_SUFFIXES, WORD_CLASS.SUFFIX);
  add(WEAK_SUFFIXES, WORD_CLASS.WEAK_SUFFIX);
  add(STATES, WORD_CLASS.STATE);
  const isOther = (word: string): boolean =>
    ((classes.get(word) ?? 0) & (WORD_CLASS.WORD | WORD_CLASS.PLACE | WORD_CLASS.ORGANISATION)) !== 0;
  const isOrganisation = (name: string): boolean => ((classes.get(name) ?? 0) & WORD_CLASS.ORGANISATION) !== 0;
  const chosen = new Set(NAMES_FIRST_OF_ALL.filter((name) => !isOrganisation(name)));
  const strong = new Set(
    [...strongNames(sources), ...NAMES_OF_THE_WORLD.filter((name) => name.length > 3)].filter((name) => !isOther(name)),
  );
  for (const name of [
    ...sources.censusFirst.flat(),
    ...sources.otherFirst.flat(),
    ...NAMES_OF_THE_WORLD,
    ...NAMES_FIRST_OF_ALL,
  ])
    for (const part of partsOf(name))
      if (part.length > 1)
        add([part], chosen.has(part) || strong.has(part) ? WORD_CLASS.STRONG_FIRST : WORD_CLASS.WEAK_FIRST);
  add(
    [...sources.censusLast, ...sources.otherLast].filter((name) => fold(name).length > 1),
    WORD_CLASS.SURNAME,
  );
  add(sources.censusLast.slice(0, TOP_SURNAMES), WORD_CLASS.TOP_SURNAME);
  return classes;
}

/** "Anne-Marie" are two words, "O'Brien" is one. */
function partsOf(word: string): string[] {
  return fold(word)
    .split(/[\s-]+/)
    .map((part) => part.replace(/['\u2019.]/g, ''))
    .filter((part) => /^[a-z]+$/.test(part));
}

/** First names that need no context: common in the census, or in several lists. */
function strongNames({ censusFirst, otherFirst }: Sources): Set<string> {
  const strong = new Set<string>();
  const lists = new Map<string, number>();
  for (const list of censusFirst)
    for (const [rank, name] of list.entries())
      for (const part of partsOf(name)) {
        lists.set(part, 1);
        if (part.length > SHORT ? rank < TOP_FIRST : part.length === SHORT && rank < TOP_SHORT) strong.add(part);
      }
  for (const list of otherFirst)
    for (const part of new Set(list.flatMap(partsOf))) {
      const known = (lists.get(part) ?? 0) + 1;
      lists.set(part, known);
      if (known >= AGREEING && part.length > SHORT) strong.add(part);
    }
  return strong;
}
