/** Which rows of many are drawn: at random, so that each medium and each type of personal data has its share. Pure. */
import { createHash } from 'node:crypto';

/** A row that may be drawn: who it is, and where it stands. */
export interface Candidate {
  interactionId: string;
  mediaType: string;
  /** Of several versions of one row the latest counts. */
  version: string;
  findings: Readonly<Record<string, number>>;
  /** Key of its part, and its line there, from 1. */
  key: string;
  line: number;
}

export interface Drawn extends Candidate {
  /** How many rows of the lake it stands for. */
  weight: number;
}

interface Stratum {
  rows: number;
  /** Those with the lowest lots, in order. */
  lowest: { lot: string; candidate: Candidate }[];
}

/** Of a stratum without a finding. */
const NOTHING_FOUND = 'nothing found';

/**
 * Draws rows out of a stream of them. Each belongs to one stratum, its medium and one of the types that were found in it, and
 * has a lot that the seed and its id determine: the same seed draws the same rows, in whatever order they come.
 *
 * @example const strata = new Strata(20, 'seed'); strata.add(row); strata.draw().length // 20, or as many as there are
 */
export class Strata {
  readonly #wanted: number;
  readonly #seed: string;
  readonly #strata = new Map<string, Stratum>();

  constructor(wanted: number, seed: string) {
    this.#wanted = wanted;
    this.#seed = seed;
  }

  add(candidate: Candidate): void {
    const lot = this.#lotOf(candidate);
    const name = stratumOf(candidate, lot);
    const stratum = this.#strata.get(name) ?? { rows: 0, lowest: [] };
    this.#strata.set(name, stratum);
    const same = stratum.lowest.find((other) => other.lot === lot);
    if (same !== undefined) {
      if (candidate.version >= same.candidate.version) same.candidate = candidate;
      return;
    }
    stratum.rows += 1;
    const last = stratum.lowest.at(-1);
    if (stratum.lowest.length === this.#wanted && last !== undefined && last.lot < lot) return;
    const place = stratum.lowest.findIndex((other) => other.lot > lot);
    stratum.lowest.splice(place < 0 ? stratum.lowest.length : place, 0, { lot, candidate });
    if (stratum.lowest.length > this.#wanted) stratum.lowest.pop();
  }

  /** Rows seen; those of one interaction and medium are one as long as it is among the lowest. */
  get rows(): number {
    return [...this.#strata.values()].reduce((sum, { rows }) => sum + rows, 0);
  }

  /** The rows that are drawn: one of each stratum in turn, each interaction and medium once. */
  draw(): Drawn[] {
    // Where there are more strata than rows to draw, chance decides which come first.
    const strata = [...this.#strata].sort(([a], [b]) => compare(this.#hash(a), this.#hash(b))).map(([, each]) => each);
    const taken = strata.map(() => [] as Candidate[]);
    const known = new Set<string>();
    for (let turn = 0; turn < this.#wanted && known.size < this.#wanted; turn++) {
      strata.forEach(({ lowest }, n) => {
        const candidate = lowest[turn]?.candidate;
        if (candidate === undefined || known.size === this.#wanted) return;
        const name = `${candidate.mediaType} ${candidate.interactionId}`;
        if (known.has(name)) return;
        known.add(name);
        taken[n]?.push(candidate);
      });
    }
    const weightOf = (n: number) => (strata[n]?.rows ?? 0) / (taken[n]?.length ?? 1);
    return taken.flatMap((candidates, n) => candidates.map((each) => ({ ...each, weight: weightOf(n) })));
  }

  #lotOf({ interactionId, mediaType }: Candidate): string {
    return this.#hash(`${mediaType} ${interactionId}`);
  }

  #hash(text: string): string {
    return createHash('sha256').update(`${this.#seed}\0${text}`).digest('hex');
  }
}

function stratumOf({ mediaType, findings }: Candidate, lot: string): string {
  const types = Object.keys(findings).sort();
  // Not the figures that order the lots.
  const chosen = types[Number.parseInt(lot.slice(-8), 16) % Math.max(1, types.length)];
  return `${mediaType}: ${chosen ?? NOTHING_FOUND}`;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : 1;
}
