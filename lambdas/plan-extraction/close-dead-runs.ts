/** Closes runs that ended without being recorded, so that what they stored counts and the rest is free to be taken. */

import { leaveOpenRuns, type OpenRun, readOpenRuns } from '../shared/runs/open-runs.ts';
import { findPlan } from '../shared/runs/read-plan.ts';
import { recordRun } from '../shared/runs/record-run.ts';
import { keys } from '../shared/storage/layout.ts';
import type { ObjectStorage } from '../shared/storage/object-store.ts';
import type { Planner } from './planner.ts';

/** Runs are closed while at least this share of the call's time is left: the rest is for the run that asks. */
const SHARE_LEFT = 0.75;

/**
 * Closes every open run that has given no sign of life for the lease, but for the run that asks. One that cannot be
 * closed, for whatever reason, is reported and left to the next run, or to a person: it must not stop this one.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation` when the list of open runs
 *   cannot be read
 */
export async function closeDeadRuns(planner: Planner, runId: string): Promise<void> {
  const { runs } = await readOpenRuns(planner.store);
  const hasTime = () => planner.remainingMs() >= planner.callMs * SHARE_LEFT;
  for (const run of runs) {
    if (run.runId === runId) continue;
    try {
      if (await isDead(planner, run)) await closeRun(planner, run.runId, runId, hasTime);
    } catch (error) {
      const errorName = error instanceof Error ? error.name : 'unknown';
      planner.note('Run cannot be closed and is left open', { openRunId: run.runId, errorName });
    }
  }
}

async function isDead({ store, settings, nowMs }: Planner, run: OpenRun): Promise<boolean> {
  return nowMs() - (await lastSignOfLife(store, run)) > settings.leaseMs;
}

/**
 * Closes a run that is over, or is to be over: what it has under way can no longer be stored. One whose batches have
 * expired has nothing under way, and what it planned is not known any more: it only leaves the list.
 *
 * @param runId the run that closes it
 * @returns false when it has no plan, so that there is nothing to record
 * @throws PipelineError `DataLakeUnavailable`, also when `hasTime` says no; `DataLakeRejected`, `ContractViolation`
 */
export async function closeRun(
  planner: Planner,
  otherRunId: string,
  runId: string,
  hasTime = () => true,
): Promise<boolean> {
  const { store, settings, functionVersion } = planner;
  const plan = await findPlan(store, otherRunId);
  if (!plan) {
    // It broke off between entering the list and writing its plan: no batch of it ever ran.
    await leaveOpenRuns(store, otherRunId);
    return false;
  }
  if (plan.batchCount > 0 && !(await store.head(plan.batchesKey))) {
    await leaveOpenRuns(store, otherRunId);
    planner.note('Run taken off the list of open ones: its batches have expired', { closedRunId: otherRunId });
    return true;
  }
  const { maxAttempts } = settings;
  await recordRun({ store, runId, maxAttempts, functionVersion, nowMs: planner.nowMs(), hasTime }, plan);
  planner.note('Run closed in its place', { closedRunId: otherRunId });
  return true;
}

/** When it was planned, or when the last of its batches ended. */
async function lastSignOfLife(store: ObjectStorage, { runId, plannedAt }: OpenRun): Promise<number> {
  let lastMs = Date.parse(plannedAt);
  for await (const { modifiedMs } of store.list(keys.receipts(runId))) lastMs = Math.max(lastMs, modifiedMs);
  return lastMs;
}
