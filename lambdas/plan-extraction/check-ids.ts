/** Asks the vendor which of the named interactions it knows, before any job is paid for. */
import type { SearchResponse } from '../shared/cxone/schemas.ts';
import { mapConcurrently } from '../shared/map-concurrently.ts';
import { dayOf } from '../shared/runs/days.ts';
import { chunks } from './chunks.ts';
import type { Candidate } from './selection.ts';

/** Ids in one search request. */
const IDS_PER_SEARCH = 500;
/** Searches at the same time. */
const SEARCHES_AT_ONCE = 4;

/** One id search; `undefined` when the vendor does not offer it. */
export type SearchByIds = (interactionIds: string[]) => Promise<SearchResponse['interactions'] | undefined>;

/**
 * What the vendor's answer says of the ids that were asked for. Pure.
 *
 * @param rows undefined when the vendor cannot be asked: then every id is extracted, and the job tells what is missing
 */
export function judgeIds(
  interactionIds: readonly string[],
  rows: SearchResponse['interactions'] | undefined,
  nowMs: number,
): Candidate[] {
  if (rows === undefined) return interactionIds.map((interactionId) => ({ interactionId }));
  const known = new Map<string, { availableMs: number; day: string }>();
  for (const { interactionId, startTime, availableAt } of rows) {
    // An interaction with several media is ready with the first of them.
    const availableMs = availableAt == null ? 0 : Date.parse(availableAt);
    const other = known.get(interactionId);
    if (!other || availableMs < other.availableMs) {
      known.set(interactionId, { availableMs, day: dayOf(Date.parse(startTime)) });
    }
  }
  return interactionIds.map((interactionId) => {
    const row = known.get(interactionId);
    if (!row) return { interactionId, decided: 'missing' };
    const days = { first: row.day, last: row.day };
    return row.availableMs > nowMs ? { interactionId, days, decided: 'notReady' } : { interactionId, days };
  });
}

/** The ids as candidates, in their order. */
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
