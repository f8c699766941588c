/** Asks the vendor which of the named interactions it knows, before any job is paid for. */
import type { SearchResponse } from '../shared/cxone/schemas.ts';
import { mapConcurrently } from '../shared/map-concurrently.ts';
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
  const availableAt = new Map<string, number>();
  for (const { interactionId, availableAt: at } of rows) {
    // An interaction with several media is ready with the first of them.
    const atMs = at == null ? 0 : Date.parse(at);
    availableAt.set(interactionId, Math.min(atMs, availableAt.get(interactionId) ?? atMs));
  }
  return interactionIds.map((interactionId) => {
    const atMs = availableAt.get(interactionId);
    if (atMs === undefined) return { interactionId, decided: 'missing' };
    return atMs > nowMs ? { interactionId, decided: 'notReady' } : { interactionId };
  });
}

/** The ids as candidates, in their order. */
export async function* checkIds(
  interactionIds: AsyncIterable<string> | Iterable<string>,
  search: SearchByIds,
): AsyncGenerator<Candidate> {
  const answers = mapConcurrently(chunks(interactionIds, IDS_PER_SEARCH), SEARCHES_AT_ONCE, async (ids) =>
    judgeIds(ids, await search(ids), Date.now()),
  );
  for await (const candidates of answers) yield* candidates;
}
