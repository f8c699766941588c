/** Asks the vendor which of the named interactions it knows, before any job is paid for. */

import { isNameless } from '../../shared/contracts/nameless-row.ts';
import { dayOf } from '../../shared/lib/days.ts';
import { mapConcurrently } from '../../shared/lib/map-concurrently.ts';
import type { FoundInteraction, IdAnswer, LookUpHints } from '../../shared/vendor/transcript-source.ts';
import { chunks } from '../chunks.ts';
import { type Candidate, UNREADABLE_ROW } from '../select/selection.ts';

/** Ids in one search request. A page of the search has as many rows, so an answer is one page as a rule. */
export const IDS_PER_SEARCH = 500;
/** Searches at the same time: few, since the vendor's limit is shared with the tenant's other clients. */
export const SEARCHES_AT_ONCE = 4;

/** One id search; `undefined` when the vendor does not offer it. */
export type SearchByIds = (interactionIds: string[], hints?: LookUpHints) => Promise<IdAnswer | undefined>;

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
  const known = new Map<string, Map<string, FoundInteraction>>();
  for (const { askedAs, ...one } of answer.interactions) {
    const found = known.get(askedAs ?? one.interactionId) ?? new Map<string, FoundInteraction>();
    const other = found.get(one.interactionId);
    // An interaction with several media is ready with the first of them.
    if (!other || one.availableMs < other.availableMs) found.set(one.interactionId, one);
    known.set(askedAs ?? one.interactionId, found);
  }
  const unreadable = new Set(answer.unreadable);
  // A row without an id could be of any interaction.
  const tellsAll = answer.isWhole && !answer.unreadable.some(isNameless);
  const taken = new Set<string>();
  return interactionIds.flatMap((asked): Candidate[] => {
    const rows = [...(known.get(asked)?.values() ?? [])];
    if (rows.length > 0) {
      // Two of the ids may stand for the same interaction.
      const fresh = rows.filter(({ interactionId }) => !taken.has(interactionId));
      for (const { interactionId } of fresh) taken.add(interactionId);
      return fresh.map((row) => toCandidate(row, nowMs));
    }
    if (taken.has(asked)) return [];
    if (unreadable.has(asked)) return [{ interactionId: asked, decided: 'quarantined', error: UNREADABLE_ROW }];
    return [{ interactionId: asked, ...(tellsAll && { decided: 'missing' as const }) }];
  });
}

function toCandidate({ interactionId, startMs, availableMs, aliases }: FoundInteraction, nowMs: number): Candidate {
  const day = startMs === undefined ? undefined : dayOf(startMs);
  return {
    interactionId,
    ...(day !== undefined && { days: { first: day, last: day } }),
    ...(aliases && { aliases }),
    ...(availableMs > nowMs && { decided: 'notReady' as const }),
  };
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
  hints: LookUpHints = {},
): AsyncGenerator<Candidate> {
  const answers = mapConcurrently(chunks(interactionIds, IDS_PER_SEARCH), SEARCHES_AT_ONCE, async (ids) =>
    judgeIds(ids, await search(ids, hints), nowMs()),
  );
  for await (const candidates of answers) yield* candidates;
}
