/** The part of planning that takes as long as the vendor does: it goes on over as many calls as that is. */
import { type ExecutionInput, jobOptionsOf } from '../../shared/contracts/execution-input.ts';
import { readIdFile } from '../id-file/read-id-file.ts';
import type { Planner } from '../planner.ts';
import { beginPlanning, type Planning } from '../planning.ts';
import { readUnfinished, waitingAmong } from '../select/select-retry.ts';
import { MAX_FOUND_IN_WINDOW, MAX_INTERACTIONS, spanOfSchedule, spanOfWindow } from '../select/select-searched.ts';
import { checkInPortions } from './checked-ids.ts';
import { searchSpan } from './search-span.ts';

export interface Asked {
  planning: Planning;
  /** False when a further call has to go on. */
  isDone: boolean;
}

/**
 * Asks the vendor what the plan needs, and keeps the answers below `runs/<runId>/search/`.
 *
 * @throws PipelineError what the vendor's search throws, `InputInvalid`, `DataLakeUnavailable`
 */
export async function askVendor(planner: Planner, runId: string, input: ExecutionInput): Promise<Asked> {
  if ('window' in input || 'schedule' in input) return search(planner, runId, input);
  if ('interactionIdsFrom' in input) return check(planner, runId, readIdFile(planner, input.interactionIdsFrom));
  if ('retryRun' in input) {
    const { lines } = await readUnfinished(planner, input.retryRun);
    return check(planner, runId, waitingAmong(lines));
  }
  // What an input names itself is few.
  return { planning: { schemaVersion: 1, calls: 0 }, isDone: true };
}

async function search(
  planner: Planner,
  runId: string,
  input: Extract<ExecutionInput, { window: object } | { schedule: object }>,
): Promise<Asked> {
  const planning = await beginPlanning(planner.store, runId, async () => {
    const span = 'window' in input ? spanOfWindow(input) : await spanOfSchedule(planner, input);
    return span ? { span } : {};
  });
  const { span } = planning;
  if (!span) return { planning, isDone: true };
  const maxFound = 'window' in input ? MAX_FOUND_IN_WINDOW : MAX_INTERACTIONS;
  const { mediaTypes } = jobOptionsOf(input);
  return { planning, isDone: await searchSpan(planner, planning, { runId, span, mediaTypes, maxFound }) };
}

async function check(planner: Planner, runId: string, ids: AsyncIterable<string> | Iterable<string>): Promise<Asked> {
  const planning = await beginPlanning(planner.store, runId, async () => ({}));
  return { planning, isDone: await checkInPortions(planner, runId, ids) };
}
