/** The smallest piece of a number in a text: one numeral, or the words of one spoken number. */
import type { Tokens } from '../text/tokens.ts';

/** One numeral or spoken number and the digits it stands for. */
export interface Atom {
  digits: string;
  /** Other reading of "twenty five": 205 instead of 25. */
  long: string | undefined;
  /** First and last token, inclusive. */
  first: number;
  last: number;
  start: number;
  end: number;
  spoken: boolean;
  /** Part of an amount ("two hundred and five", "$415", "1,234,567", "3.5"): never part of an identifier. */
  quantity: boolean;
  /** Letters touch it ("B2", "10-rc1"): part of a code. */
  glued: boolean;
  /** A colon ties it to other digits ("08:00"). */
  clock: boolean;
  /** A plus sign or the word "plus" stands before it. */
  plus: boolean;
  /** Signs that hide the digits before it: "**** 4242", "xx4242". */
  tail: boolean;
  /** How the gap to the previous atom of the run reads. */
  gap: Gap;
}

const NO_GAP = 0;
/** Only signs that are written inside numbers. */
export const TIGHT_GAP = 1;
/** A comma, a line break, a filler word. */
export const LOOSE_GAP = 2;
/** "no, sorry": what follows starts over. */
export const CORRECTION_GAP = 3;
export type Gap = typeof NO_GAP | typeof TIGHT_GAP | typeof LOOSE_GAP | typeof CORRECTION_GAP;

/**
 * An atom of tokens `first` to `last` that nothing more is known of.
 *
 * @example makeAtom(tokenise('call 415'), '415', 1, 1, false).start // 5
 */
export function makeAtom(tokens: Tokens, digits: string, first: number, last: number, isSpoken: boolean): Atom {
  const before = tokens.words[first - 1];
  const touching = (tokens.ends[first - 1] ?? -1) >= (tokens.starts[first] ?? 0) - (isSpoken ? 2 : 1);
  return {
    digits,
    long: undefined,
    first,
    last,
    start: tokens.starts[first] ?? 0,
    end: tokens.ends[last] ?? 0,
    spoken: isSpoken,
    quantity: false,
    glued: false,
    clock: false,
    plus: (before === '+' && touching) || (before === 'plus' && first > 0),
    tail: false,
    gap: NO_GAP,
  };
}

/**
 * How many digits atoms have together.
 *
 * @example of the atoms "415", "555" -> 6
 */
export function digitCount(atoms: readonly Atom[]): number {
  let digits = 0;
  for (const atom of atoms) digits += atom.digits.length;
  return digits;
}

/**
 * The digits of atoms, one after the other.
 *
 * @example of the atoms "415", "555" -> "415555"
 */
export function joinedDigits(atoms: readonly Atom[]): string {
  let digits = '';
  for (const atom of atoms) digits += atom.digits;
  return digits;
}
