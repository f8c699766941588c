/** One look-up per word: what it means as a number, which phrases begin with it, which sets of words it is in. */

import type { TermKind } from '../model/type-table.ts';
import type { Announcement } from './announcement.ts';
import { APOSTROPHE, COLON, LOWER_CASE } from './ascii.ts';
import { HOMOPHONES, LIKENESSES, REPEATS, TEENS, TENS, UNITS } from './number-words.ts';

/** A step in a phrase of the vocabulary. */
export interface PhraseNode {
  kinds: TermKind[];
  next: Map<string, PhraseNode> | undefined;
}

/** What is known about a word. Every entry has every field: the rules read them all the time. */
export interface Entry {
  /** The word itself, in lower case: one string for every time it is met. */
  readonly word: string;
  /** "five" is 5. */
  unit: string | undefined;
  /** "fifteen" is 15. */
  teen: string | undefined;
  /** "fifty" is 5 before a unit. */
  ten: string | undefined;
  /** "triple" repeats three times. */
  repeat: number | undefined;
  /** A digit between digits only: "o", "to", "for". */
  likeness: string | undefined;
  phrase: PhraseNode | undefined;
  /** The {@link WordSet}s it is in, a bit each. */
  sets: number;
}

/** A word, digits or signs: what a phrase is split into, as texts are. Letters beyond ASCII stand by themselves. */
const PHRASE_TOKENS = /[a-z]+|\d+|[^\sa-z\d]+/g;

const LEXICON = new Map<string, Entry>();

/** Entries by the hashes of their words: most words are told to be unknown without being compared with any. */
const SLOTS = 1 << 13;
/** A table with hardly a free slot left is slow, a full one never ends a search. */
const MOST_ENTRIES = SLOTS / 2;
const HASHES = new Int32Array(SLOTS);
const ENTRIES: (Entry | undefined)[] = Array.from({ length: SLOTS }, () => undefined);

buildLexicon();

/**
 * The entry of a word in lower case; undefined for a word that means nothing here.
 *
 * @example lookUp('five')?.unit // '5'
 */
export function lookUp(word: string): Entry | undefined {
  return LEXICON.get(word);
}

/** The entry of a word that is to have one. */
function entryOf(word: string): Entry {
  let entry = LEXICON.get(word);
  if (entry === undefined) {
    if (LEXICON.size >= MOST_ENTRIES)
      throw new RangeError(`The lexicon has room for ${MOST_ENTRIES} words: raise SLOTS.`);
    entry = {
      word,
      unit: undefined,
      teen: undefined,
      ten: undefined,
      repeat: undefined,
      likeness: undefined,
      phrase: undefined,
      sets: 0,
    };
    LEXICON.set(word, entry);
    const hash = hashWord(word);
    let slot = hash & (SLOTS - 1);
    while (ENTRIES[slot] !== undefined) slot = (slot + 1) & (SLOTS - 1);
    HASHES[slot] = hash;
    ENTRIES[slot] = entry;
  }
  return entry;
}

/** Bits of an entry: one more would be the first again, and its set that of another. */
const MOST_SETS = 32;

/** A set of words that is asked for word after word: being in it is a bit of the entry, and no word is hashed again. */
export class WordSet {
  private static count = 0;
  private readonly bit: number;

  /**
   * @param words in lower case and without apostrophes, or single signs
   * @throws RangeError for the 33rd set: an entry has no bit for it
   */
  constructor(words: Iterable<string>) {
    if (WordSet.count >= MOST_SETS) throw new RangeError(`There are bits for ${MOST_SETS} sets of words.`);
    this.bit = 1 << WordSet.count++;
    for (const word of words) entryOf(word).sets |= this.bit;
  }

  has(entry: Entry | undefined): boolean {
    return entry !== undefined && (entry.sets & this.bit) !== 0;
  }
}

/**
 * Whether a word can belong to a spoken number.
 *
 * @example isNumberEntry(lookUp('five')) // true
 */
export function isNumberEntry(entry: Entry | undefined): boolean {
  return (
    entry !== undefined &&
    (entry.unit !== undefined || entry.teen !== undefined || entry.ten !== undefined || entry.repeat !== undefined)
  );
}

/**
 * {@link lookUp} of the word, or digits, at `text[start, end)` without cutting it out: letters may be capitals, and signs
 * inside (apostrophes, colons) do not count.
 *
 * @param hash of the word in lower case and without signs
 * @example of "It's FIVE", 5, 9 and the hash of "five" -> the entry of "five"
 */
export function lookUpIn(text: string, start: number, end: number, hash: number): Entry | undefined {
  for (let slot = hash & (SLOTS - 1), entry = ENTRIES[slot]; entry !== undefined; entry = ENTRIES[slot]) {
    if (HASHES[slot] === hash && standsAt(text, start, end, entry.word)) return entry;
    slot = (slot + 1) & (SLOTS - 1);
  }
  return undefined;
}

function standsAt(text: string, start: number, end: number, word: string): boolean {
  let i = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === APOSTROPHE || code === COLON) continue;
    if (i === word.length || (code | LOWER_CASE) !== word.charCodeAt(i++)) return false;
  }
  return i === word.length;
}

/**
 * A hash that goes on with the next code unit.
 *
 * @example [...'five'].reduce((hash, letter) => extendWordHash(hash, letter.charCodeAt(0)), 0) // the hash of "five"
 */
export function extendWordHash(hash: number, code: number): number {
  return (Math.imul(hash ^ code, 0x9e3779b1) ^ (hash >>> 15)) | 0;
}

function hashWord(word: string): number {
  let hash = 0;
  for (let i = 0; i < word.length; i++) hash = extendWordHash(hash, word.charCodeAt(i));
  return hash;
}

function buildLexicon(): void {
  for (const [word, value] of UNITS) entryOf(word).unit = value;
  for (const [word, value] of TEENS) entryOf(word).teen = value;
  for (const [word, value] of TENS) entryOf(word).ten = value;
  for (const [word, value] of [...LIKENESSES, ...HOMOPHONES]) entryOf(word).likeness = value;
  for (const [word, value] of REPEATS) entryOf(word).repeat = Number(value);
  // Signs all have one: what is asked of words is asked of them.
  for (let code = 0x21; code < 0x7f; code++)
    if (!/[a-z\d]/i.test(String.fromCharCode(code))) entryOf(String.fromCharCode(code));
}

const ANNOUNCEMENTS = new Map<TermKind, Announcement>();

/** Makes phrases known, once for each kind. */
export function learnPhrases(announcements: readonly Announcement[]): void {
  for (const announcement of announcements) ANNOUNCEMENTS.set(announcement.kind, announcement);
  for (const [kind, words] of phrases(announcements)) {
    let node: PhraseNode | undefined;
    for (const word of words) {
      const level: Map<string, PhraseNode> | undefined = node?.next;
      let next: PhraseNode | undefined = node === undefined ? entryOf(word).phrase : level?.get(word);
      if (next === undefined) {
        next = { kinds: [], next: undefined };
        if (node === undefined) entryOf(word).phrase = next;
        else {
          node.next ??= new Map();
          node.next.set(word, next);
        }
      }
      node = next;
    }
    if (node !== undefined && !node.kinds.includes(kind)) node.kinds.push(kind);
  }
}

/**
 * What is known of a kind of phrase.
 *
 * @example announcementOf('EXCLUSION')?.answer // 'exclusion'
 */
export function announcementOf(kind: TermKind): Announcement | undefined {
  return ANNOUNCEMENTS.get(kind);
}

/**
 * Every phrase with its kind, as tokens.
 *
 * @example [...phrases()].find(([kind]) => kind === 'EXCLUSION') // ['EXCLUSION', ['order']]
 */
export function* phrases(
  announcements: Iterable<Announcement> = ANNOUNCEMENTS.values(),
): Generator<[TermKind, string[]]> {
  for (const { kind, phrases: lines } of announcements) {
    for (const phrase of lines.split('\n')) {
      const tokens = phrase.match(PHRASE_TOKENS);
      if (tokens !== null) yield [kind, tokens];
    }
  }
}
