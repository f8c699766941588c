/** Plans a run: what it extracts, without anything that another run has or is at. */
import * as z from 'zod';
import { PipelineError } from '../shared/errors.ts';
import { type ExecutionInput, parseExecutionInput } from '../shared/execution-input.ts';
import { keys } from '../shared/keys.ts';
import { enterOpenRun, type OpenRunsView, readOpenRuns } from '../shared/runs/open-runs.ts';
import { readJson } from '../shared/runs/read-json.ts';
import { findPlan, readPlan } from '../shared/runs/read-plan.ts';
import type { Plan } from '../shared/runs/run-records.ts';
import { claimedIds } from '../shared/runs/stored-ids.ts';
import { readTombstones } from '../shared/tombstones.ts';
import { claimSchedule } from './claim-schedule.ts';
import { closeDeadRuns, closeRun } from './close-dead-runs.ts';
import type { PlanFrame, Planner } from './planner.ts';
import { selectFromFile, selectListed } from './select-named.ts';
import { selectRetry } from './select-retry.ts';
import { emptySelection, selectScheduled, selectWindow } from './select-searched.ts';
import { nothingLeftOut, type Selection } from './selection.ts';
import { commitPlan, writeBatches } from './write-plan.ts';

/** Other runs that enter while this one plans make it plan again. */
const MAX_TRIES = 8;

const StartedRun = z.object({ schemaVersion: z.literal(1), startedAt: z.iso.datetime(), input: z.unknown() });

/**
 * Plans the run, or finds the plan that an earlier attempt at it has finished.
 *
 * @throws PipelineError `InputInvalid`, `DataLakeUnavailable`, and what the vendor's search throws
 */
export async function planRun(planner: Planner, frame: PlanFrame, input: ExecutionInput): Promise<Plan> {
  const { store } = planner;
  const earlier = await findPlan(store, frame.runId);
  if (earlier) return earlier;

  if (frame.dryRun) {
    const view = await readOpenRuns(store);
    return commitPlan(planner, await writeBatches(planner, frame, await select(planner, frame, input, view)));
  }
  const started = { schemaVersion: 1, startedAt: frame.startedAt, input };
  await store.write(keys.input(frame.runId), JSON.stringify(started), { absent: true });
  await closeDeadRuns(planner, frame.runId);
  const effective = await resolveRetry(planner, frame, input);
  const holder = await heldBy(planner, frame, effective, input);

  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const view = await readOpenRuns(store);
    const selection =
      holder === undefined ? await select(planner, frame, effective, view) : emptyFor(effective, holder);
    const draft = await writeBatches(planner, frame, selection);
    const { runId, source, plannedAt, batchesKey, batchCount } = draft.plan;
    const mustEnter = batchCount > 0;
    if (mustEnter && !(await enterOpenRun(store, view, { runId, source, plannedAt, batchesKey, batchCount }))) continue;
    return commitPlan(planner, draft);
  }
  throw new PipelineError('DataLakeUnavailable', 'Other runs kept starting while this one was planned');
}

/** A retry of a run that broke off before it had a plan is that run, started again. */
async function resolveRetry(planner: Planner, { runId }: PlanFrame, input: ExecutionInput): Promise<ExecutionInput> {
  if (!('retryRun' in input)) return input;
  if (await closeRun(planner, input.retryRun, runId)) return input;
  const started = await readJson(planner.store, keys.input(input.retryRun), StartedRun);
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
  { runId }: PlanFrame,
  input: ExecutionInput,
  { runs }: OpenRunsView,
): Promise<Selection> {
  const { store } = planner;
  if ('redeliverRun' in input) return redelivery(planner, input.redeliverRun);
  const around = { isErased: await readTombstones(store), claimed: await claimedIds(store, runs, runId) };
  if ('window' in input) return selectWindow(planner, input, around);
  if ('schedule' in input) return selectScheduled(planner, input, around);
  if ('retryRun' in input) return selectRetry(planner, input.retryRun, around);
  if ('interactionIdsFrom' in input) return selectFromFile(planner, input, around);
  return selectListed(planner, input, around);
}

/** Nothing is extracted; what the other run has stored is delivered again. */
async function redelivery({ store }: Planner, otherRunId: string): Promise<Selection> {
  const { options } = await readPlan(store, otherRunId);
  const reference = { run: otherRunId };
  return { source: 'redeliverRun', reference, options, candidates: [], leftOut: nothingLeftOut() };
}
