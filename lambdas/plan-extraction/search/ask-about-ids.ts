import { isPipelineError } from '../../shared/contracts/errors.ts';
import type { TaskContext } from '../../shared/task/middleware.ts';
import type { IdAnswer, LookUpHints } from '../../shared/vendor/transcript-source.ts';
import type { SearchByIds } from './check-ids.ts';

/**
 * Looks ids up. Not every tenant's search takes ids; then they go unchecked, since the extraction tells what is missing
 * too, only later.
 *
 * @throws what may pass, of what `lookUp` throws
 */
export function askAboutIds(
  lookUp: (interactionIds: string[], hints: LookUpHints) => Promise<IdAnswer>,
  task: Pick<TaskContext, 'logger'>,
): SearchByIds {
  return async (interactionIds, hints = {}) => {
    try {
      return await lookUp(interactionIds, hints);
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
