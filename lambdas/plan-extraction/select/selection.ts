/** What a source of interactions hands to the planner. */

import type { Aliases } from '../../shared/contracts/aliases.ts';
import type { DayRange } from '../../shared/contracts/batch.ts';
import type { PipelineErrorName } from '../../shared/contracts/errors.ts';
import type { JobOptions } from '../../shared/contracts/job-options.ts';
import type { DecidedOutcome, Plan, TimeWindow } from '../../shared/runs/run-records.ts';
import type { WindowInput } from '../next-run.ts';
import type { RowNotes } from './row-notes.ts';

/** Why an interaction is quarantined when the vendor's row about it cannot be read. */
export const UNREADABLE_ROW: PipelineErrorName = 'ContractViolation';

/** An interaction to extract, or one that needs no extraction for the reason given. */
export interface Candidate {
  interactionId: string;
  /** Days, UTC, between which it started, where that is known. */
  days?: DayRange;
  decided?: DecidedOutcome;
  /** Why it was decided so, where the outcome alone does not say it. */
  error?: string;
  /** Other ids of it at the vendor. */
  aliases?: Aliases | undefined;
  /** When it became available, in ms; of sources with versions. */
  availableMs?: number;
  /** The version that the lake holds, of one that is fetched again. */
  heldVersion?: string;
  /** Runs that have tried it before; 0 where left out. */
  attempts?: number;
}

export interface Selection {
  source: Plan['source'];
  /** What the source is, for `plan.json`. */
  reference: Record<string, string>;
  /** The span that is searched; its end moves forward to what one run can take while the candidates are read. */
  window?: TimeWindow;
  /** How it is searched, as in the plan. */
  order?: Plan['order'];
  refetch?: Plan['refetch'];
  /** Parts of the span that could not be searched in time; known once the candidates are read. */
  notSearched?: TimeWindow[];
  options: JobOptions;
  /** Each interaction once. May be read once. */
  candidates: AsyncIterable<Candidate> | Iterable<Candidate>;
  /** Filled while the candidates are read. */
  leftOut: Plan['leftOut'];
  /** Filled while the candidates are read. */
  rowNotes: RowNotes;
  takenOverKey?: string;
  /** Of a window: another run goes on with what was not searched, with this input. */
  rest?: { input: WindowInput; span: TimeWindow };
}

/** What is filled while candidates are read, before any is. */
export function nothingRead(): Pick<Selection, 'leftOut' | 'rowNotes'> {
  return { leftOut: { stored: 0, givenUp: 0, erased: 0, taken: 0 }, rowNotes: new Map() };
}
