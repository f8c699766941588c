/** What a part of a run looks like, whatever the words around it say. */
import { type Atom, CORRECTION_GAP } from './atom.ts';

export interface Shape {
  /** Every reading of the digits: spoken tens have two. */
  readings: string[];
  digits: string;
  length: number;
  /** Lengths of the written groups, "3-3-4". */
  groups: string;
  separators: string;
  /** The sign between the groups when it is the same everywhere. */
  uniform: boolean;
  /** Some or all of it is spoken; `mixed` when only some. */
  spoken: boolean;
  mixed: boolean;
  plus: boolean;
  /** Written after signs that hide the digits before it. */
  tail: boolean;
  corrected: boolean;
}

/** The shape of atoms `from` to `to`. */
export function shapeOf(text: string, run: readonly Atom[], from: number, to: number): Shape {
  let digits = '';
  let groups = '';
  let separators = '';
  let firstSign = '';
  let uniform = true;
  let spoken = false;
  let written = false;
  let corrected = false;
  let ambiguous = false;
  for (let i = from; i <= to; i++) {
    const atom = run[i];
    if (atom === undefined) continue;
    digits += atom.digits;
    ambiguous ||= atom.long !== undefined;
    if (atom.spoken) spoken = true;
    else written = true;
    if (i === from) groups = String(atom.digits.length);
    else {
      groups += `-${atom.digits.length}`;
      const sign = signBetween(text, run[i - 1]?.end ?? 0, atom.start);
      separators += sign;
      if (i === from + 1) firstSign = sign;
      else if (sign !== firstSign) uniform = false;
      if (atom.gap === CORRECTION_GAP) corrected = true;
    }
  }
  return {
    readings: ambiguous ? readingsOf(run, from, to) : [digits],
    digits,
    length: digits.length,
    groups,
    separators,
    uniform,
    spoken,
    mixed: spoken && written,
    plus: run[from]?.plus === true,
    tail: run[from]?.tail === true,
    corrected,
  };
}

/** What stands between two groups, without the blanks around it; a blank when there is nothing else. */
function signBetween(text: string, start: number, end: number): string {
  if (end - start === 1) {
    const sign = text[start] ?? '';
    return sign === '\n' || sign === '\t' ? ' ' : sign;
  }
  return start === end ? ' ' : text.slice(start, end).trim() || ' ';
}

/** Every reading of a window with spoken tens: "twenty five" is 25 or 205. */
function readingsOf(run: readonly Atom[], from: number, to: number): string[] {
  let readings = [''];
  for (let i = from; i <= to; i++) {
    const atom = run[i];
    if (atom === undefined) continue;
    const { digits, long } = atom;
    const next = readings.map((reading) => reading + digits);
    if (long !== undefined && readings.length < 16) next.push(...readings.map((reading) => reading + long));
    readings = next;
  }
  return readings;
}
