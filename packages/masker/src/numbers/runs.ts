/** Runs of digits: neighbouring atoms, written or spoken, that may belong to one number. */

import type { TermKind } from '../model/type-table.ts';
import { CORRECTIONS, DRAWN_OUT, FILLERS, HOLDS } from '../text/fillers.ts';
import { type Entry, WordSet } from '../text/lexicon.ts';
import type { Term } from '../text/terms.ts';
import { DIGITS, PUNCTUATION, type Tokens, WORD } from '../text/tokens.ts';
import { type Atom, CORRECTION_GAP, digitCount, type Gap, LOOSE_GAP, TIGHT_GAP } from './atom.ts';
import { numeral } from './numerals.ts';
import { spokenNumber } from './spoken-numbers.ts';

const FILLER_SET = new WordSet(FILLERS);
const CORRECTION_SET = new WordSet(CORRECTIONS);
/** Tokens between the digits of one number. */
const LONGEST_GAP = 7;

/** Whether the pair of words that ends at a token puts the number on hold. */
function isOnHold({ words }: Tokens, at: number): boolean {
  return HOLDS.some(([before, last]) => words[at] === last && words[at - 1] === before);
}

const TIGHT_SIGNS = new Set('-./()_~*+•·|\\');
const TIGHT = /^[\s\-./()_~*+•·|\\]{0,8}$/;

/** Atoms of one run: longer ones are no number. */
const MAX_ATOMS = 60;
/** Phrases whose number words count digits: "last four", "the three digits", "six digit code". */
const COUNTING: ReadonlySet<TermKind> = new Set(['LAST4', 'CVV', 'PIN', 'CARD', 'SSN']);

/**
 * Whether a word may stand between the digits of one number.
 *
 * @example isFiller(lookUp('uh')) // true
 */
export function isFiller(entry: Entry | undefined): boolean {
  return FILLER_SET.has(entry) || CORRECTION_SET.has(entry);
}

/**
 * The runs of a text: atoms that may belong to one number, in order. Number words inside `terms` are no atoms.
 *
 * @example findRuns(tokenise('call 415 uh 555, not 7 days')).length // 2
 */
export function findRuns(tokens: Tokens, terms: readonly Term[] = []): Atom[][] {
  const runs: Atom[][] = [];
  let run: Atom[] | undefined;
  let previous: Atom | undefined;
  let next = 0;
  for (let at = 0; at < tokens.count; ) {
    while (next < terms.length && (terms[next]?.last ?? 0) < at) next++;
    const term = terms[next];
    if (term !== undefined && term.first <= at && term.words > 1 && COUNTING.has(term.kind)) {
      at = term.last + 1;
      continue;
    }
    const atom = atomAt(tokens, at);
    if (atom === undefined) {
      at++;
      continue;
    }
    const gap = previous === undefined ? undefined : gapBetween(tokens, previous, atom);
    if (run === undefined || gap === undefined || run.length >= MAX_ATOMS || isOver(tokens, run, atom)) {
      run = [atom];
      runs.push(run);
    } else {
      atom.gap = gap;
      run.push(atom);
    }
    previous = atom;
    at = atom.last + 1;
  }
  return runs;
}

function atomAt(tokens: Tokens, at: number): Atom | undefined {
  const kind = tokens.kinds[at];
  return kind === DIGITS ? numeral(tokens, at) : kind === WORD ? spokenNumber(tokens, at) : undefined;
}

/** Digits of numbers that are whole: a social security number, a telephone number without and with its country code. */
const WHOLE = new Set([9, 10, 11]);
/** Digits that nothing in a code has beside an underscore but another number. */
const LONG_PART = 7;

/** Whether the number before is whole, so that the next line, or what an underscore parts, begins another one. */
function isOver({ text, words }: Tokens, run: readonly Atom[], after: Atom): boolean {
  const before = run.at(-1);
  if (before === undefined || before.spoken || after.spoken) return false;
  if (words[before.last + 1] === '_' && after.first - before.last === 2)
    return before.digits.length >= LONG_PART || after.digits.length >= LONG_PART;
  return WHOLE.has(digitCount(run)) && text.slice(before.end, after.start).includes('\n');
}

function gapBetween(tokens: Tokens, before: Atom, after: Atom): Gap | undefined {
  if (after.plus || before.quantity || after.quantity || before.clock || after.clock) return undefined;
  if (after.first === before.last + 1) {
    if (after.start - before.end <= 1) return tokens.text[before.end] === '\n' ? LOOSE_GAP : TIGHT_GAP;
    const space = tokens.text.slice(before.end, after.start);
    return space.length > 4 && !/^\s{1,8}$/.test(space) ? undefined : space.includes('\n') ? LOOSE_GAP : TIGHT_GAP;
  }
  const count = after.first - before.last - 1;
  if (count > LONGEST_GAP) return undefined;
  // "212-555-0142"
  if (count === 1 && after.start - before.end === 1 && TIGHT_SIGNS.has(tokens.words[before.last + 1] ?? ''))
    return TIGHT_GAP;
  const between = tokens.text.slice(before.end, after.start);
  if (between.length <= 8 && TIGHT.test(between)) return between.includes('\n') ? LOOSE_GAP : TIGHT_GAP;
  let words = 0;
  let correction = false;
  let onHold = false;
  for (let i = before.last + 1; i < after.first; i++) {
    const word = tokens.words[i] ?? '';
    const entry = tokens.entries[i];
    if (tokens.kinds[i] === PUNCTUATION) {
      if (!/^[-.,/()_~*…—]$/.test(word)) return undefined;
    } else if (CORRECTION_SET.has(entry)) correction = true;
    else if (onHold) words++;
    else if (isOnHold(tokens, i)) {
      onHold = true;
      words++;
    } else if (word === 'i' || FILLER_SET.has(entry) || DRAWN_OUT.test(word)) words++;
    else return undefined;
  }
  return words > (onHold ? LONGEST_GAP : 6) ? undefined : correction ? CORRECTION_GAP : LOOSE_GAP;
}
