/** The vendor's search as the planner uses it. */
import type { InteractionSearch, TranscriptSource } from '../shared/cxone/transcript-source.ts';
import { isPipelineError } from '../shared/errors.ts';
import type { TaskContext } from '../shared/task-middleware.ts';
import type { SearchByIds } from './check-ids.ts';

/** One page of a search. */
export type SearchPage = (query: InteractionSearch) => ReturnType<TranscriptSource['search']>;

export function searchPage(source: TranscriptSource, task: TaskContext): SearchPage {
  return (query) => source.search(query, task);
}

/**
 * Looks ids up. Not every tenant's search takes ids; then they go unchecked, since a job's result tells what is missing
 * too, only later.
 */
export function searchByIds(search: SearchPage, task: TaskContext): SearchByIds {
  return async (interactionIds) => {
    try {
      const { interactions } = await search({ interactionIds });
      return interactions;
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
