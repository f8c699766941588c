/** Closes runs that ended without being recorded, so that what they stored counts and the rest is free to be taken. */
import { isPipelineError } from '../shared/errors.ts';
import { keys } from '../shared/keys.ts';
import type { ObjectStorage } from '../shared/object-store.ts';
import { leaveOpenRuns, type OpenRun, readOpenRuns } from '../shared/runs/open-runs.ts';
import { findPlan } from '../shared/runs/read-plan.ts';
import { recordRun } from '../shared/runs/record-run.ts';
import type { Planner } from './planner.ts';

/** Closes every open run that has given no sign of life for the lease, but for the run that asks. */
export async function closeDeadRuns(planner: Planner, runId: string): Promise<void> {
  const { runs } = await readOpenRuns(planner.store);
  for (const run of runs) {
    if (run.runId === runId) continue;
    const silentMs = planner.nowMs() - (await lastSignOfLife(planner.store, run));
    if (silentMs > planner.settings.leaseMs) await closeIfPossible(planner, run.runId, runId);
  }
}

/**
 * Closes a run that is over, or is to be over: what it has under way can no longer be stored.
 *
 * @returns false when it has no plan, so that there is nothing to record
 */
export async function closeRun(planner: Planner, otherRunId: string, runId: string): Promise<boolean> {
  const { store, settings, functionVersion } = planner;
  const plan = await findPlan(store, otherRunId);
  if (!plan) {
    // It broke off between entering the list and writing its plan: no batch of it ever ran.
    await leaveOpenRuns(store, otherRunId);
    return false;
  }
  const { maxAttempts } = settings;
  await recordRun({ store, runId, maxAttempts, functionVersion, nowMs: planner.nowMs() }, plan);
  planner.note('Run closed in its place', { closedRunId: otherRunId });
  return true;
}

/** A run whose records are damaged stays open, for a person to look at; it must not stop every run after it. */
async function closeIfPossible(planner: Planner, otherRunId: string, runId: string): Promise<void> {
  try {
    await closeRun(planner, otherRunId, runId);
  } catch (error) {
    if (!isPipelineError(error, 'ContractViolation') && !isPipelineError(error, 'DataLakeRejected')) throw error;
    planner.note('Run cannot be closed: its records are damaged', { openRunId: otherRunId, errorName: error.name });
  }
}

/** When it was planned, or when the last of its batches ended. */
async function lastSignOfLife(store: ObjectStorage, { runId, plannedAt }: OpenRun): Promise<number> {
  let lastMs = Date.parse(plannedAt);
  for await (const { modifiedMs } of store.list(keys.receipts(runId))) lastMs = Math.max(lastMs, modifiedMs);
  return lastMs;
}
