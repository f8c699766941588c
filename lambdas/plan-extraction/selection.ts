/** What a source of interactions hands to the planner. */
import type { JobOptions } from '../shared/contracts.ts';
import type { Plan, TimeWindow } from '../shared/runs/run-records.ts';

/** An interaction to extract, or one that needs no extraction for the reason given. */
export interface Candidate {
  interactionId: string;
  decided?: keyof Plan['decided'];
  /** Runs that have tried it before. */
  attempts?: number;
}

export interface Selection {
  source: Plan['source'];
  /** What the source is, for `plan.json`. */
  reference: Record<string, string>;
  window?: TimeWindow;
  options: JobOptions;
  /** Each interaction once. May be read once. */
  candidates: AsyncIterable<Candidate> | Iterable<Candidate>;
  /** Filled while the candidates are read. */
  leftOut: Plan['leftOut'];
}

export function nothingLeftOut(): Plan['leftOut'] {
  return { stored: 0, givenUp: 0, erased: 0 };
}
