/** Asks the vendor which of the named interactions it knows, before any job is paid for. */

import { isNameless } from '../../shared/contracts/nameless-row.ts';
import { dayOf } from '../../shared/lib/days.ts';
import { mapConcurrently } from '../../shared/lib/map-concurrently.ts';
import type { FoundInteraction, IdAnswer } from '../../shared/vendor/transcript-source.ts';
import { chunks } from '../chunks.ts';
import { type Candidate, UNREADABLE_ROW } from '../select/selection.ts';

/** Ids in one search request. A page of the search has as many rows, so an answer is one page as a rule. */
export const IDS_PER_SEARCH = 500;
/** Searches at the same time: few, since the vendor's limit is shared with the tenant's other clients. */
export const SEARCHES_AT_ONCE = 4;

/** One id search; `undefined` when the vendor does not offer it. */
export type SearchByIds = (interactionIds: string[]) => Promise<IdAnswer | undefined>;

/**
 * The ids as candidates, with what the vendor's answer says of each. Pure.
 *
 * @param answer undefined when the vendor cannot be asked: then every id is extracted, and the job tells what is
 *   missing
 * @example
 * judgeIds(['int-1'], { interactions: [], unreadable: [], isWhole: true }, nowMs)
 * // [{ interactionId: 'int-1', decided: 'missing' }]
 */
export function judgeIds(interactionIds: readonly string[], answer: IdAnswer | undefined, nowMs: number): Candidate[] {
  if (answer === undefined) return interactionIds.map((interactionId) => ({ interactionId }));
  const known = new Map<string, FoundInteraction>();
  for (const one of answer.interactions) {
    // An interaction with several media is ready with the first of them.
    const other = known.get(one.interactionId);
    if (!other || one.availableMs < other.availableMs) known.set(one.interactionId, one);
  }
  const unreadable = new Set(answer.unreadable);
  // A row without an id could be of any interaction.
  const tellsAll = answer.isWhole && !answer.unreadable.some(isNameless);
  return interactionIds.map((interactionId): Candidate => {
    const row = known.get(interactionId);
    if (row) {
      const day = row.startMs === undefined ? undefined : dayOf(row.startMs);
      const candidate = { interactionId, ...(day !== undefined && { days: { first: day, last: day } }) };
      return row.availableMs > nowMs ? { ...candidate, decided: 'notReady' } : candidate;
    }
    if (unreadable.has(interactionId)) return { interactionId, decided: 'quarantined', error: UNREADABLE_ROW };
    return tellsAll ? { interactionId, decided: 'missing' } : { interactionId };
  });
}

/**
 * The ids as candidates, in their order.
 *
 * @throws PipelineError what the search throws
 */
export async function* checkIds(
  interactionIds: AsyncIterable<string> | Iterable<string>,
  search: SearchByIds,
  nowMs: () => number,
): AsyncGenerator<Candidate> {
  const answers = mapConcurrently(chunks(interactionIds, IDS_PER_SEARCH), SEARCHES_AT_ONCE, async (ids) =>
    judgeIds(ids, await search(ids), nowMs()),
  );
  for await (const candidates of answers) yield* candidates;
}
