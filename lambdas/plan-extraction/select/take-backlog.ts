/** What earlier runs have left, taken once more. */
import type { DayRange } from '../../shared/contracts/batch.ts';
import { daysBetween } from '../../shared/lib/days.ts';
import type { UnfinishedLine } from '../../shared/runs/run-records.ts';
import { storedVersions } from '../../shared/runs/stored-ids.ts';
import type { Planner } from '../planner.ts';
import { decideFound, type Knowledge } from './decide-outcome.ts';
import { type Candidate, type Selection, UNREADABLE_ROW } from './selection.ts';
import { daysNotedOf } from './unreadable-rows.ts';

/**
 * What earlier runs could not finish, as candidates, those with the fewest attempts first.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 * @example lines of two and of no attempts -> the latter first; what is stored by now is counted as left out
 */
export async function* takeBacklog(
  planner: Planner,
  lines: readonly UnfinishedLine[],
  { leftOut }: Pick<Selection, 'leftOut'>,
  around: Pick<Knowledge, 'claimed' | 'isErased'>,
): AsyncGenerator<Candidate> {
  const open = lines.filter(({ givenUpAt }) => givenUpAt === undefined);
  const wanted = new Set(open.map(({ interactionId }) => interactionId));
  const badRows = open.filter(({ error }) => error === UNREADABLE_ROW).map(({ interactionId }) => interactionId);
  const noted = await daysNotedOf(planner, badRows);
  const days = daysOf([...open, ...noted.map((range) => ({ days: range }))]);
  const held = new Map(open.map(({ interactionId, heldVersion }) => [interactionId, heldVersion]));
  for await (const { interactionId, version } of storedVersions(planner.store, days, wanted)) {
    if (isSettledBy(version, held.get(interactionId)) && wanted.delete(interactionId)) leftOut.stored += 1;
  }
  const due = open.filter(({ interactionId }) => wanted.has(interactionId)).sort((a, b) => a.attempts - b.attempts);
  const interactions = due.map(({ interactionId, days, attempts, aliases, availableMs, heldVersion }) => ({
    interactionId,
    attempts,
    ...(days && { days }),
    ...(aliases && { aliases }),
    ...(availableMs !== undefined && { availableMs }),
    ...(heldVersion !== undefined && { heldVersion }),
  }));
  yield* decideFound(interactions, { ...around, nowMs: planner.nowMs() }, leftOut);
}

/** Whether what is stored leaves nothing to do: of what was to be fetched again, only a newer version does. */
function isSettledBy(version: string | undefined, held: string | undefined): boolean {
  return held === undefined || Date.parse(version ?? '') > Date.parse(held);
}

function daysOf(lines: readonly { days?: DayRange | undefined }[]): Set<string> {
  return new Set(lines.flatMap(({ days }) => (days ? daysBetween(days) : [])));
}
