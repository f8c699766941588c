/** What a schedule still owes: the interactions that its runs have found but not stored. Pure. */
import type { UnfinishedLine } from './run-records.ts';

export interface BacklogMerge {
  /** The schedule's backlog as it is now. */
  current: readonly UnfinishedLine[];
  /** Whether `current` is what the run took over: then all of it that was not given up was tried by the run. */
  isTakenOver: boolean;
  /** What the run could not finish. */
  unfinished: readonly UnfinishedLine[];
  /** Start of the span that the run searched. */
  windowFrom: string;
}

/**
 * The schedule's backlog after a run.
 *
 * An interaction that was given up stays listed while a search can still find it: it started before it was given up, so
 * until a run's span starts after that. A row that comes back whatever is searched has a note of its own by then: the
 * planner writes it when it finds the row and the line together.
 *
 * @example
 * const before = [{ interactionId: 'i', outcome: 'notReady', attempts: 1 }] as const;
 * const after = [{ interactionId: 'i', outcome: 'notReady', attempts: 2 }] as const;
 * mergeBacklog({ current: before, isTakenOver: true, unfinished: after, windowFrom }) // as `after`
 * mergeBacklog({ current: before, isTakenOver: true, unfinished: [], windowFrom }) // []: the run has stored it
 */
export function mergeBacklog({ current, isTakenOver, unfinished, windowFrom }: BacklogMerge): UnfinishedLine[] {
  const kept = current.filter(({ givenUpAt }) =>
    givenUpAt === undefined ? !isTakenOver : Date.parse(givenUpAt) >= Date.parse(windowFrom),
  );
  const merged = new Map<string, UnfinishedLine>();
  for (const line of [...kept, ...unfinished]) {
    const other = merged.get(line.interactionId);
    if (!other || line.attempts >= other.attempts) merged.set(line.interactionId, line);
  }
  return [...merged.values()];
}

export interface AttemptLimit {
  /** Runs that try an interaction whose own transcript is at fault. */
  maxAttempts: number;
  at: string;
}

/**
 * The line, marked as given up once its interaction was tried often enough. A failed batch says nothing against its
 * interactions, so those go on.
 *
 * @example
 * giveUp({ interactionId: 'i', outcome: 'failed', attempts: 3 }, false, { maxAttempts: 3, at }) // { …, givenUpAt: at }
 * giveUp({ interactionId: 'i', outcome: 'failed', attempts: 3 }, true, { maxAttempts: 3, at }) // the line as it was
 */
export function giveUp(
  line: UnfinishedLine,
  isBatchFailure: boolean,
  { maxAttempts, at }: AttemptLimit,
): UnfinishedLine {
  return !isBatchFailure && line.attempts >= maxAttempts ? { ...line, givenUpAt: at } : line;
}
