/** Runs of digits: neighbouring atoms, written or spoken, that may belong to one number. */
import { type Atom, CORRECTION_GAP, type Gap, LOOSE_GAP, TIGHT_GAP } from './atom.ts';
import { numeral } from './numerals.ts';
import { spokenNumber } from './spoken-numbers.ts';
import type { Term } from './terms.ts';
import { DIGITS, PUNCTUATION, type Tokens, WORD } from './tokens.ts';
import type { TermKind } from './vocabulary.ts';

const FILLERS = new Set([
  'uh',
  'uhh',
  'um',
  'umm',
  'er',
  'erm',
  'ah',
  'eh',
  'hm',
  'hmm',
  'mm',
  'like',
  'so',
  'then',
  'and',
  'okay',
  'ok',
  'yeah',
  'yes',
  'yep',
  'right',
  'well',
  'followed',
  'by',
  'dash',
  'hyphen',
  'minus',
  'slash',
  'space',
  'dot',
  'point',
  'period',
  'comma',
  'stroke',
  'next',
  'another',
  'again',
  'plus',
  'got',
  'it',
  'you',
  'know',
  'let',
  'me',
  'see',
  'just',
  'a',
  'sec',
  'second',
  'thats',
  'is',
  'its',
  'paren',
  'parentheses',
  'open',
  'close',
  'area',
  'code',
  'last',
  'the',
  'rest',
  'of',
  'number',
  'digits',
]);
const CORRECTIONS = new Set([
  'no',
  'sorry',
  'wait',
  'scratch',
  'actually',
  'correction',
  'mean',
  'oops',
  'rather',
  'nope',
  'strike',
]);
const TIGHT_SIGNS = new Set('-./()_~*+•·|\\');
const TIGHT = /^[\s\-./()_~*+•·|\\]{0,8}$/;

/** Whether a word may stand between the digits of one number. */
export function isFiller(word: string): boolean {
  return FILLERS.has(word) || CORRECTIONS.has(word);
}

/** The runs of a text: atoms that may belong to one number, in order. Number words inside `terms` are no atoms. */
export function findRuns(tokens: Tokens, terms: readonly Term[] = []): Atom[][] {
  const atoms = findAtoms(tokens, terms);
  const runs: Atom[][] = [];
  let run: Atom[] = [];
  for (const atom of atoms) {
    const previous = run.at(-1);
    const gap = previous === undefined ? undefined : gapBetween(tokens, previous, atom);
    if (gap === undefined || run.length >= 60) {
      if (run.length > 0) runs.push(run);
      run = [];
    } else atom.gap = gap;
    run.push(atom);
  }
  if (run.length > 0) runs.push(run);
  return runs;
}

function gapBetween(tokens: Tokens, before: Atom, after: Atom): Gap | undefined {
  if (after.plus || before.quantity || after.quantity || before.clock || after.clock) return undefined;
  if (after.first === before.last + 1) {
    if (after.start - before.end <= 1) return tokens.text[before.end] === '\n' ? LOOSE_GAP : TIGHT_GAP;
    const space = tokens.text.slice(before.end, after.start);
    return space.length > 4 && !/^\s{1,8}$/.test(space) ? undefined : space.includes('\n') ? LOOSE_GAP : TIGHT_GAP;
  }
  const count = after.first - before.last - 1;
  if (count > 7) return undefined;
  // "212-555-0142"
  if (count === 1 && after.start - before.end === 1 && TIGHT_SIGNS.has(tokens.words[before.last + 1] ?? ''))
    return TIGHT_GAP;
  const between = tokens.text.slice(before.end, after.start);
  if (between.length <= 8 && TIGHT.test(between)) return between.includes('\n') ? LOOSE_GAP : TIGHT_GAP;
  let words = 0;
  let correction = false;
  for (let i = before.last + 1; i < after.first; i++) {
    const word = tokens.words[i] ?? '';
    if (tokens.kinds[i] === PUNCTUATION) {
      if (!/^[-.,/()_~*…—]$/.test(word)) return undefined;
    } else if (CORRECTIONS.has(word)) correction = true;
    else if (word === 'i' || FILLERS.has(word) || /^(?:u+h+|u+m+|e+r+m*|h+m+|m+)$/.test(word)) words++;
    else return undefined;
  }
  return words > 6 ? undefined : correction ? CORRECTION_GAP : LOOSE_GAP;
}

/** Phrases whose number words count digits: "last four", "the three digits", "six digit code". */
const COUNTING: ReadonlySet<TermKind> = new Set(['LAST4', 'CVV', 'PIN', 'CARD', 'SSN']);

function findAtoms(tokens: Tokens, terms: readonly Term[]): Atom[] {
  const atoms: Atom[] = [];
  let next = 0;
  for (let at = 0; at < tokens.count; ) {
    while (next < terms.length && (terms[next]?.last ?? 0) < at) next++;
    const term = terms[next];
    if (term !== undefined && term.first <= at && term.words > 1 && COUNTING.has(term.kind)) {
      at = term.last + 1;
      continue;
    }
    const atom =
      tokens.kinds[at] === DIGITS
        ? numeral(tokens, at)
        : tokens.kinds[at] === WORD
          ? spokenNumber(tokens, at)
          : undefined;
    if (atom === undefined) at++;
    else {
      atoms.push(atom);
      at = atom.last + 1;
    }
  }
  return atoms;
}
