/** Where a run may be cut: what it costs to end one number and to begin another between two atoms. */
import { type Atom, CORRECTION_GAP, LOOSE_GAP } from '../numbers/atom.ts';

/** A cut that would tear a number apart. */
export const TORN = Number.POSITIVE_INFINITY;
/** Cutting spoken digits, or digits written one by one, apart: mostly only the whole is a number. */
export const SPOKEN_CUT = 7;
/** An unbroken group of this length is a number of its own. */
const SHORTEST_WHOLE = 10;

/** Costs that the gap next to the cut decides. */
const BY_BLANK = -1;
const BY_SIGN = -2;

/** The costs of cutting one run, worked out once for all windows of it. */
export class Cuts {
  /** What stands before each atom. */
  private readonly gaps: string[] = [''];
  /** Of cutting before each atom. */
  private readonly costs: number[] = [0];
  /** The least that any cut costs; infinite when the run is one number or none. */
  readonly cheapest: number;

  /** @param spokenCut the cost of {@link SPOKEN_CUT}, or less where two values are expected */
  constructor(text: string, run: readonly Atom[], spokenCut = SPOKEN_CUT) {
    for (let at = 1; at < run.length; at++) {
      const left = run[at - 1] as Atom;
      const right = run[at] as Atom;
      const gap = text.slice(left.end, right.start);
      this.gaps.push(gap);
      this.costs.push(costOf(run, left, right, gap, spokenCut));
    }
    this.cheapest = this.cheapestCost();
  }

  private cheapestCost(): number {
    const { gaps, costs } = this;
    let cheapest = TORN;
    let isUniform = true;
    for (let at = 1; at < costs.length; at++) {
      const cost = costs[at] as number;
      if (cost !== BY_SIGN || gaps[at] !== gaps[1]) isUniform = false;
      cheapest = Math.min(cheapest, cost === BY_BLANK ? 1 : cost === BY_SIGN ? 0 : cost);
    }
    // "212-555-0142": a sign parts nothing where there is the same sign inside.
    return isUniform ? TORN : cheapest;
  }

  /** What it costs to cut the window of atoms `from` to `to` out; infinite where that would tear a number apart. */
  around(from: number, to: number): number {
    const inner = from === to ? undefined : from + 1;
    return this.cost(from, inner) + this.cost(to + 1, inner === undefined ? undefined : to);
  }

  /** `inner` is the gap next to the cut inside the window. */
  private cost(at: number, inner: number | undefined): number {
    const cost = at < this.costs.length ? (this.costs[at] as number) : 0;
    if (cost >= 0) return cost;
    const inside = inner === undefined ? '' : (this.gaps[inner] as string);
    if (cost === BY_BLANK) return inside === ' ' ? 2 : 1;
    const gap = this.gaps[at] as string;
    return inside === '' || inside === gap || inside.trim() === gap ? TORN : 0;
  }
}

function costOf(run: readonly Atom[], left: Atom, right: Atom, gap: string, spokenCut: number): number {
  if (right.gap === CORRECTION_GAP) return 0;
  // Said one after the other, or written one by one: only the whole is a number.
  if (!left.spoken && !right.spoken && left.digits.length === 1 && right.digits.length === 1) return spokenCut;
  if (right.gap === LOOSE_GAP) return 1;
  if (left.spoken && right.spoken) return spokenCut;
  // "2125550142/6465550199": a stroke between whole numbers.
  if ((gap === '/' || gap === '|') && run.some(({ digits }) => digits.length >= SHORTEST_WHOLE)) return 1;
  if (gap === ' ' || (gap !== '-' && /\s/.test(gap))) return BY_BLANK;
  return left.clock || right.clock || left.glued || right.glued ? TORN : BY_SIGN;
}
