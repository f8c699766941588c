/** Runs of digits: neighbouring atoms, written or spoken, that may belong to one number. */
import { type Atom, CORRECTION_GAP, type Gap, LOOSE_GAP, TIGHT_GAP } from './atom.ts';
import { type Entry, WordSet } from './lexicon.ts';
import { numeral } from './numerals.ts';
import { spokenNumber } from './spoken-numbers.ts';
import type { Term } from './terms.ts';
import { DIGITS, PUNCTUATION, type Tokens, WORD } from './tokens.ts';
import type { TermKind } from './vocabulary.ts';

const FILLERS = new WordSet(
  'uh uhh um umm er erm ah eh hm hmm mm like so then and okay ok yeah yes yep right well followed by dash hyphen minus slash space dot point period comma stroke next another again plus got it you know let me see just a sec second thats is its paren parentheses open close area code last the rest of number digits hang hold'.split(
    ' ',
  ),
);
const CORRECTIONS = new WordSet('no sorry wait scratch actually correction mean oops rather nope strike'.split(' '));
/** Tokens between the digits of one number. */
const LONGEST_GAP = 7;

/** "hang on", "hold on", "let me", "bear with me": what follows is about something else. */
function isOnHold({ words }: Tokens, at: number): boolean {
  const before = words[at - 1];
  switch (words[at]) {
    case 'on':
      return before === 'hang' || before === 'hold';
    case 'me':
      return before === 'let' || before === 'with' || before === 'give';
    default:
      return false;
  }
}

const TIGHT_SIGNS = new Set('-./()_~*+•·|\\');
const TIGHT = /^[\s\-./()_~*+•·|\\]{0,8}$/;

/** Atoms of one run: longer ones are no number. */
const MAX_ATOMS = 60;
/** Phrases whose number words count digits: "last four", "the three digits", "six digit code". */
const COUNTING: ReadonlySet<TermKind> = new Set(['LAST4', 'CVV', 'PIN', 'CARD', 'SSN']);

/** Whether a word may stand between the digits of one number. */
export function isFiller(entry: Entry | undefined): boolean {
  return FILLERS.has(entry) || CORRECTIONS.has(entry);
}

/** The runs of a text: atoms that may belong to one number, in order. Number words inside `terms` are no atoms. */
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
    if (run === undefined || gap === undefined || run.length >= MAX_ATOMS) {
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
    } else if (CORRECTIONS.has(entry)) correction = true;
    else if (onHold) words++;
    else if (isOnHold(tokens, i)) {
      onHold = true;
      words++;
    } else if (word === 'i' || FILLERS.has(entry) || /^(?:u+h+|u+m+|e+r+m*|h+m+|m+)$/.test(word)) words++;
    else return undefined;
  }
  return words > (onHold ? LONGEST_GAP : 6) ? undefined : correction ? CORRECTION_GAP : LOOSE_GAP;
}
