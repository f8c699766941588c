/** What a part of a run looks like, whatever the words around it say. */
import { type Atom, CORRECTION_GAP } from './atom.ts';

/** The shape of atoms `from` to `to` of a run. Most parts of a run are dismissed before the groups are asked for. */
export class Shape {
  readonly digits: string;
  /** Some or all of it is spoken; `mixed` when only some. */
  readonly spoken: boolean;
  readonly mixed: boolean;
  readonly plus: boolean;
  /** Written after signs that hide the digits before it. */
  readonly tail: boolean;
  readonly corrected: boolean;
  /** Every reading of the digits: spoken tens have two. */
  readonly readings: readonly string[];
  private readonly text: string;
  private readonly run: readonly Atom[];
  private readonly from: number;
  private readonly to: number;
  private knownGroups: string | undefined;

  /** @param digits the digits of those atoms */
  constructor(text: string, run: readonly Atom[], from: number, to: number, digits: string) {
    this.text = text;
    this.run = run;
    this.from = from;
    this.to = to;
    const first = run[from] as Atom;
    let spoken = first.spoken;
    let written = !spoken;
    let corrected = false;
    let ambiguous = first.long !== undefined;
    for (let i = from + 1; i <= to; i++) {
      const atom = run[i] as Atom;
      if (atom.long !== undefined) ambiguous = true;
      if (atom.spoken) spoken = true;
      else written = true;
      if (atom.gap === CORRECTION_GAP) corrected = true;
    }
    this.digits = digits;
    this.spoken = spoken;
    this.mixed = spoken && written;
    this.plus = first.plus;
    this.tail = first.tail;
    this.corrected = corrected;
    this.readings = ambiguous ? readingsOf(run, from, to) : [digits];
  }

  get length(): number {
    return this.digits.length;
  }

  get groupCount(): number {
    return this.to - this.from + 1;
  }

  /** Lengths of the written groups, "3-3-4". */
  get groups(): string {
    if (this.knownGroups === undefined) {
      let groups = '';
      for (let i = this.from; i <= this.to; i++) {
        const { length } = (this.run[i] as Atom).digits;
        groups += i === this.from ? length : `-${length}`;
      }
      this.knownGroups = groups;
    }
    return this.knownGroups;
  }

  /** What stands between the groups. */
  get separators(): string {
    let separators = '';
    for (let i = this.from + 1; i <= this.to; i++) separators += this.signBefore(i);
    return separators;
  }

  /** Whether the sign between the groups is the same everywhere. */
  get uniform(): boolean {
    for (let i = this.from + 2; i <= this.to; i++)
      if (this.signBefore(i) !== this.signBefore(this.from + 1)) return false;
    return true;
  }

  private signBefore(at: number): string {
    return signBetween(this.text, (this.run[at - 1] as Atom).end, (this.run[at] as Atom).start);
  }
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
    const { digits, long } = run[i] as Atom;
    const next = readings.map((reading) => reading + digits);
    if (long !== undefined && readings.length < 16) next.push(...readings.map((reading) => reading + long));
    readings = next;
  }
  return readings;
}
