import type { IdAnswer } from '../transcript-source.ts';
import type { SearchPage } from './search-page.ts';
import { foundInteraction } from './search-window.ts';

/** Pages of an answer about ids; what is not in them by then is not looked for. */
const MAX_ID_PAGES = 20;

/**
 * What the search says of the ids, over all pages of its answer.
 *
 * @throws what the search throws
 */
export async function lookUpIds(search: SearchPage, interactionIds: string[]): Promise<IdAnswer> {
  const answer: IdAnswer = { interactions: [], unreadable: [], isWhole: false };
  const cursors = new Set<string>();
  let cursor: string | undefined;
  for (let pages = 0; pages < MAX_ID_PAGES; pages += 1) {
    const page = await search({ interactionIds, ...(cursor !== undefined && { cursor }) });
    answer.interactions.push(...page.interactions.map(foundInteraction));
    answer.unreadable.push(...(page.unreadable ?? []));
    if (page.nextCursor == null) return { ...answer, isWhole: true };
    if (cursors.has(page.nextCursor)) return answer;
    cursor = page.nextCursor;
    cursors.add(cursor);
  }
  return answer;
}
