/** The part of planning that takes as long as the vendor does: it goes on over as many calls as that is. */
import { type ExecutionInput, jobOptionsOf } from '../../shared/contracts/execution-input.ts';
import { readIdFile } from '../id-file/read-id-file.ts';
import type { Planner } from '../planner.ts';
import { beginPlanning, type Planning, type SearchSpan } from '../planning.ts';
import { spanOfRest, spanOfSchedule, spanOfWindow } from '../select/search-spans.ts';
import { readUnfinished, waitingAmong } from '../select/select-retry.ts';
import { checkInPortions } from './checked-ids.ts';
import { askForGaps, openGaps } from './gaps.ts';
import { searchSpan } from './search-span.ts';

/** A window may hold many that are stored already, and its search is not to end at those. */
const FOUND_IN_WINDOW = 5;

export interface Asked {
  planning: Planning;
  /** False when a further call has to go on. */
  isDone: boolean;
}

/**
 * The planning, and whether it has all its answers. Asks the vendor what the plan needs, and keeps the answers below
 * `runs/<runId>/search/`.
 *
 * @throws PipelineError what the vendor's search throws, `InputInvalid`, `DataLakeUnavailable`
 */
export async function askVendor(planner: Planner, runId: string, input: ExecutionInput): Promise<Asked> {
  const { maxInteractions } = planner.settings;
  const maxFound = FOUND_IN_WINDOW * maxInteractions;
  if ('window' in input) return search(planner, runId, input, maxFound, async () => spanOfWindow(input));
  if ('schedule' in input) {
    const asked = await search(planner, runId, input, maxInteractions, () => spanOfSchedule(planner, input));
    if (!asked.isDone || !asked.planning.span) return asked;
    const gaps = await openGaps(planner.store, input.schedule.name);
    return { ...asked, isDone: await askForGaps(planner, runId, asked.planning, gaps) };
  }
  if ('interactionIdsFrom' in input) return check(planner, runId, readIdFile(planner, input.interactionIdsFrom));
  if ('retryRun' in input) return askAgain(planner, runId, input.retryRun, maxFound);
  // What an input names itself is few.
  return { planning: { schemaVersion: 1, calls: 0 }, isDone: true };
}

/** What the other run has found too early is looked up once more, and what it has not come to is searched. */
async function askAgain(planner: Planner, runId: string, otherRunId: string, maxFound: number): Promise<Asked> {
  const { plan, rest: parts, lines } = await readUnfinished(planner, otherRunId);
  const rest = spanOfRest(parts, plan);
  const planning = await begin(planner, runId, async () => rest);
  if (!(await checkInPortions(planner, runId, planning, waitingAmong(lines)))) return { planning, isDone: false };
  return searchFor(planner, runId, planning, plan.options.mediaTypes, maxFound);
}

async function search(
  planner: Planner,
  runId: string,
  input: Extract<ExecutionInput, { window: object } | { schedule: object }>,
  maxFound: number,
  spanOf: () => Promise<SearchSpan | undefined>,
): Promise<Asked> {
  const planning = await begin(planner, runId, spanOf);
  return searchFor(planner, runId, planning, jobOptionsOf(input).mediaTypes, maxFound);
}

async function searchFor(
  planner: Planner,
  runId: string,
  planning: Planning,
  mediaTypes: readonly string[],
  maxFound: number,
): Promise<Asked> {
  const { span } = planning;
  if (!span) return { planning, isDone: true };
  return { planning, isDone: await searchSpan(planner, planning, { runId, span, mediaTypes, maxFound }) };
}

async function check(planner: Planner, runId: string, ids: AsyncIterable<string> | Iterable<string>): Promise<Asked> {
  const planning = await begin(planner, runId, async () => undefined);
  return { planning, isDone: await checkInPortions(planner, runId, planning, ids) };
}

function begin(planner: Planner, runId: string, spanOf: () => Promise<SearchSpan | undefined>): Promise<Planning> {
  return beginPlanning(planner, runId, async () => {
    const span = await spanOf();
    return span ? { span } : {};
  });
}
