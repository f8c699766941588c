/** Plans a run: what it extracts, without anything that another run has or is at. */
import * as z from 'zod';
import { PipelineError } from '../shared/contracts/errors.ts';
import { type ExecutionInput, parseExecutionInput } from '../shared/contracts/execution-input.ts';
import type { IdSet } from '../shared/lib/id-set.ts';
import { enterOpenRun, type OpenRunsView, readOpenRuns } from '../shared/runs/open-runs.ts';
import { findPlan, readPlan } from '../shared/runs/read-plan.ts';
import type { Plan } from '../shared/runs/run-records.ts';
import { claimedIds } from '../shared/runs/stored-ids.ts';
import { keys } from '../shared/storage/layout.ts';
import { readJson } from '../shared/storage/read-json.ts';
import { readTombstones } from '../shared/storage/tombstones.ts';
import { claimSchedule } from './claim-schedule.ts';
import { closeDeadRuns, closeRun } from './close-dead-runs.ts';
import type { PlanFrame, Planner } from './planner.ts';
import { hasTime, noteCall, type Planning } from './planning.ts';
import { askVendor } from './search/ask-vendor.ts';
import { searchInOneCall } from './search/break-off.ts';
import { spanOfWindow } from './select/search-spans.ts';
import { selectFromFile, selectListed } from './select/select-named.ts';
import { selectRetry } from './select/select-retry.ts';
import { emptySelection, selectScheduled, selectWindow } from './select/select-searched.ts';
import { nothingRead, type Selection } from './select/selection.ts';
import { commitPlan, writeBatches } from './write-plan.ts';

/** Other runs that enter while this one plans make it plan again. */
const MAX_TRIES = 8;

/** `runs/<runId>/input.json`: what a run was started with, written before anything else of it. */
export const StartedRun = z.object({ schemaVersion: z.literal(1), startedAt: z.iso.datetime(), input: z.unknown() });

/**
 * The run's plan: a new one, or the one that an earlier attempt at it has finished; undefined when a further call has
 * to go on, since the vendor's search takes longer than one.
 *
 * @throws PipelineError `InputInvalid`, `DataLakeUnavailable`, and what the vendor's search throws
 */
export async function planRun(planner: Planner, frame: PlanFrame, input: ExecutionInput): Promise<Plan | undefined> {
  const { store } = planner;
  const earlier = await findPlan(store, frame.runId);
  if (earlier) return earlier;
  if (frame.dryRun) return planDry(planner, frame, input);

  const started = { schemaVersion: 1, startedAt: frame.startedAt, input };
  await store.write(keys.input(frame.runId), JSON.stringify(started), { absent: true });
  await closeDeadRuns(planner, frame.runId);
  const effective = await resolveRetry(planner, frame, input);
  const holder = await heldBy(planner, frame, effective, input);
  if (holder !== undefined) {
    return commitPlan(planner, await writeBatches(planner, frame, 1, emptyFor(effective, holder)));
  }
  const planning = await askInTime(planner, frame, effective);
  if (!planning) return undefined;

  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const view = await readOpenRuns(store);
    const selection = await select(planner, frame, effective, view, planning);
    const draft = await writeBatches(planner, frame, planning.calls + 1, selection);
    const { runId, source, plannedAt, batchesKey, batchCount } = draft.plan;
    const mustEnter = batchCount > 0;
    if (mustEnter && !(await enterOpenRun(store, view, { runId, source, plannedAt, batchesKey, batchCount }))) continue;
    return commitPlan(planner, draft);
  }
  throw new PipelineError('DataLakeUnavailable', 'Other runs kept starting while this one was planned');
}

/** Nothing is claimed, closed or entered. */
async function planDry(planner: Planner, frame: PlanFrame, input: ExecutionInput): Promise<Plan | undefined> {
  const planning = await askInTime(planner, frame, input);
  if (!planning) return undefined;
  const selection = await select(planner, frame, input, await readOpenRuns(planner.store), planning);
  return commitPlan(planner, await writeBatches(planner, frame, planning.calls + 1, selection));
}

/** @returns undefined when there is more to ask than this call has time for, or none left to write the plan */
async function askInTime(planner: Planner, { runId }: PlanFrame, input: ExecutionInput): Promise<Planning | undefined> {
  let hasAsked = false;
  const noting = <Query extends unknown[], Answer>(ask: (...query: Query) => Answer) => {
    return (...query: Query): Answer => {
      hasAsked = true;
      return ask(...query);
    };
  };
  const asking: Planner = {
    ...planner,
    discover: noting(planner.discover),
    searchByIds: noting(planner.searchByIds),
  };
  const { planning, isDone } = await askVendor(asking, runId, input);
  // A call that had nothing to ask about cannot have lost its time to the vendor: the next one would be no better off.
  if (isDone && (hasTime(planner) || !hasAsked)) return planning;
  await noteCall(planner.store, runId, planning);
  return undefined;
}

/** A retry of a run that broke off before it had a plan is that run, started again. */
async function resolveRetry(planner: Planner, { runId }: PlanFrame, input: ExecutionInput): Promise<ExecutionInput> {
  if (!('retryRun' in input)) return input;
  const { store } = planner;
  // A call before this one has closed it.
  if ((await store.head(keys.planning(runId))) && (await store.head(keys.manifest(input.retryRun)))) return input;
  if (await closeRun(planner, input.retryRun, runId)) return input;
  const started = await readJson(store, keys.input(input.retryRun), StartedRun);
  return started ? parseExecutionInput(started.value.input) : input;
}

/** The run that has the schedule's moment already, if it is not this one. */
async function heldBy(
  { store, nowMs }: Planner,
  { runId }: PlanFrame,
  input: ExecutionInput,
  given: ExecutionInput,
): Promise<string | undefined> {
  if (!('schedule' in input)) return undefined;
  return claimSchedule(store, input.schedule, runId, nowMs(), 'retryRun' in given ? given.retryRun : undefined);
}

function emptyFor(input: ExecutionInput, holder: string): Selection {
  if (!('schedule' in input)) throw new PipelineError('ContractViolation', 'Only schedules are claimed');
  const { name, time } = input.schedule;
  return emptySelection({ schedule: name, time: new Date(time).toISOString(), takenBy: holder }, input);
}

async function select(
  planner: Planner,
  frame: PlanFrame,
  input: ExecutionInput,
  { runs }: OpenRunsView,
  { span }: Planning,
): Promise<Selection> {
  const { store } = planner;
  const { runId } = frame;
  if ('redeliverRun' in input) return redelivery(planner, input.redeliverRun);
  const around = { isErased: await readTombstones(store), claimed: await claimedByOthers(planner, runs, runId) };
  if ('window' in input) return selectWindow(planner, runId, input, span ?? spanOfWindow(input), around);
  if ('schedule' in input) return selectScheduled(planner, runId, input, span, around);
  if ('retryRun' in input) return selectRetry(planner, runId, input.retryRun, span, around);
  if ('interactionIdsFrom' in input) return selectFromFile(planner, runId, input, around);
  return selectListed({ ...planner, searchByIds: searchInOneCall(planner, frame) }, input, around);
}

/** A run whose batches cannot be read is at none of them; it stays open, for a person to look at. */
function claimedByOthers({ store, note }: Planner, runs: OpenRunsView['runs'], runId: string): Promise<IdSet> {
  return claimedIds(store, runs, runId, (openRunId, errorName) => {
    note('Run is left open: its batches cannot be read', { openRunId, errorName });
  });
}

/** Nothing is extracted; what the other run has stored is delivered again. */
async function redelivery({ store }: Planner, otherRunId: string): Promise<Selection> {
  const { options } = await readPlan(store, otherRunId);
  const reference = { run: otherRunId };
  return { source: 'redeliverRun', reference, options, candidates: [], ...nothingRead() };
}
