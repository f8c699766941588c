import { dayOf } from '../../shared/lib/days.ts';
import type { UnfinishedLine } from '../../shared/runs/run-records.ts';
import { storedAmong } from '../../shared/runs/stored-ids.ts';
import type { FoundInteraction } from '../../shared/vendor/transcript-source.ts';
import type { Planner } from '../planner.ts';
import { foundOfGaps, openGaps } from '../search/gaps.ts';
import { decideFound, type Knowledge } from './decide-outcome.ts';
import type { Candidate, Selection } from './selection.ts';

/** What the vendor lists by now of the contacts that the last run of a schedule has missed. */
export async function lateOf(
  { store }: Planner,
  runId: string,
  schedule: string,
): Promise<Map<string, FoundInteraction>> {
  return foundOfGaps(store, runId, await openGaps(store, schedule));
}

/**
 * What the vendor lists of contacts that the last run has missed, as candidates, but for what is stored or taken over.
 *
 * @param late nothing that the search has found; what is taken care of is taken out
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 */
export async function* takeLate(
  planner: Planner,
  late: Map<string, FoundInteraction>,
  backlog: readonly UnfinishedLine[],
  { leftOut }: Pick<Selection, 'leftOut'>,
  around: Pick<Knowledge, 'claimed' | 'isErased'>,
): AsyncGenerator<Candidate> {
  for (const { interactionId } of backlog) late.delete(interactionId);
  const dayOfOne = ({ startMs, availableMs }: FoundInteraction) => dayOf(startMs ?? availableMs);
  for await (const id of storedAmong(planner.store, new Set([...late.values()].map(dayOfOne)), late)) late.delete(id);
  const interactions = [...late.values()].map((one) => {
    const { startMs: _, ...rest } = one;
    return { ...rest, days: { first: dayOfOne(one), last: dayOfOne(one) } };
  });
  yield* decideFound(interactions, { ...around, nowMs: planner.nowMs() }, leftOut);
}

/** The candidates, each of which is taken out of `late`: the search has found it too. */
export async function* takeOut(
  late: Map<string, FoundInteraction>,
  candidates: AsyncIterable<Candidate>,
): AsyncGenerator<Candidate> {
  for await (const candidate of candidates) {
    late.delete(candidate.interactionId);
    yield candidate;
  }
}
