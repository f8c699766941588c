/** The vendor's search as the planner uses it. */

import { isPipelineError } from '../../shared/contracts/errors.ts';
import type { TaskContext } from '../../shared/task/middleware.ts';
import type { InteractionSearch, TranscriptSource } from '../../shared/vendor/transcript-source.ts';
import type { IdAnswer, SearchByIds } from './check-ids.ts';

/** One page of a search. */
export type SearchPage = (query: InteractionSearch) => ReturnType<TranscriptSource['search']>;

/** The source's search within the time of the call. */
export function searchPage(source: TranscriptSource, task: TaskContext): SearchPage {
  return (query) => source.search(query, task);
}

/** Pages of an answer about ids; what is not in them by then is not looked for. */
const MAX_ID_PAGES = 20;

/**
 * A search for ids. Not every tenant's search takes ids; then it answers undefined and the ids go unchecked, since a
 * job's result tells what is missing too, only later.
 *
 * @throws PipelineError, from the search: `VendorAuthFailed`, `VendorThrottled`, `VendorUnavailable`
 */
export function searchByIds(search: SearchPage, task: Pick<TaskContext, 'logger'>): SearchByIds {
  return async (interactionIds) => {
    try {
      return await readIdPages(search, interactionIds);
    } catch (error) {
      if (!isPipelineError(error, 'VendorRejected') && !isPipelineError(error, 'ContractViolation')) throw error;
      task.logger.warn('Ids go unchecked: CXone does not search by id', {
        errorName: error.name,
        status: error.status,
      });
      return undefined;
    }
  };
}

async function readIdPages(search: SearchPage, interactionIds: string[]): Promise<IdAnswer> {
  const answer: IdAnswer = { interactions: [], unreadable: [], isWhole: false };
  const cursors = new Set<string>();
  let cursor: string | undefined;
  for (let pages = 0; pages < MAX_ID_PAGES; pages += 1) {
    const page = await search({ interactionIds, ...(cursor !== undefined && { cursor }) });
    answer.interactions.push(...page.interactions);
    answer.unreadable.push(...(page.unreadable ?? []));
    if (page.nextCursor == null) return { ...answer, isWhole: true };
    if (cursors.has(page.nextCursor)) return answer;
    cursor = page.nextCursor;
    cursors.add(cursor);
  }
  return answer;
}
