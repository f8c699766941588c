/** Decides what a run does with each interaction that was found. Pure. */
import { type Aliases, idsOf } from '../../shared/contracts/aliases.ts';
import type { DayRange } from '../../shared/contracts/batch.ts';
import { TAKEN_BY_OTHER_RUN } from '../../shared/runs/list-unfinished.ts';
import type { Plan } from '../../shared/runs/run-records.ts';
import { ERASED, type IsErased } from '../../shared/storage/tombstones.ts';
import { type Candidate, UNREADABLE_ROW } from './selection.ts';

/** What is known of the interactions besides that they exist. */
export interface Knowledge {
  /** Another run that is under way has planned them. */
  claimed: { has(interactionId: string): boolean };
  /** What another run is at is that run's alone, to store or to say why not. A schedule asks after it once more. */
  leavesClaimed?: boolean;
  isErased: IsErased;
  nowMs: number;
}

export interface FoundInteraction {
  interactionId: string;
  days?: DayRange;
  /** 0 where the vendor does not say. */
  availableMs?: number;
  attempts?: number;
  aliases?: Aliases | undefined;
  heldVersion?: string;
  /** The vendor's row about it cannot be read. */
  isUnreadable?: boolean;
}

/**
 * Interactions that were found by searching or taken over and are not stored, as candidates: erased ones are left out.
 *
 * @param leftOut is counted up
 * @example
 * decideFound([{ interactionId: 'int-1', availableMs: nowMs + 1 }], { …, nowMs }, leftOut)
 * // yields { interactionId: 'int-1', decided: 'notReady' }
 */
export function* decideFound(
  interactions: Iterable<FoundInteraction>,
  knowledge: Knowledge,
  leftOut: Plan['leftOut'],
): Generator<Candidate> {
  for (const { availableMs = 0, isUnreadable = false, ...candidate } of interactions) {
    const { interactionId } = candidate;
    if (isErasedAs(candidate, knowledge.isErased)) leftOut.erased += 1;
    else if (knowledge.claimed.has(interactionId)) {
      if (knowledge.leavesClaimed) leftOut.taken += 1;
      else yield { ...candidate, decided: 'notReady', error: TAKEN_BY_OTHER_RUN };
    } else if (isUnreadable) yield { ...candidate, decided: 'quarantined', error: UNREADABLE_ROW };
    else if (availableMs > knowledge.nowMs) yield { ...candidate, decided: 'notReady' };
    else yield { ...candidate, ...(availableMs > 0 && { availableMs }) };
  }
}

/**
 * Interactions that were named: each gets an outcome, since a caller waits for it.
 *
 * @example
 * decideNamed([{ interactionId: 'int-1' }], { …, stored: new Set(['int-1']) })
 * // yields { interactionId: 'int-1', decided: 'duplicate' }
 */
export function* decideNamed(
  candidates: Iterable<Candidate>,
  knowledge: Pick<Knowledge, 'claimed' | 'isErased'> & { stored: ReadonlySet<string> },
): Generator<Candidate> {
  for (const candidate of candidates) {
    const { interactionId } = candidate;
    if (isErasedAs(candidate, knowledge.isErased)) yield { ...candidate, decided: 'missing', error: ERASED };
    else if (candidate.decided !== undefined) yield candidate;
    else if (knowledge.stored.has(interactionId)) yield { ...candidate, decided: 'duplicate' };
    else if (knowledge.claimed.has(interactionId)) {
      yield { ...candidate, decided: 'notReady', error: TAKEN_BY_OTHER_RUN };
    } else yield candidate;
  }
}

/** Whether an interaction was erased under any of its ids. */
function isErasedAs(
  { interactionId, aliases }: Pick<Candidate, 'interactionId' | 'aliases'>,
  isErased: IsErased,
): boolean {
  return [interactionId, ...idsOf(aliases)].some(isErased);
}
