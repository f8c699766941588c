/**
 * The runs that have planned batches and are not recorded yet: one small object, changed only by compare-and-swap.
 *
 * A planner reads it, leaves out what the runs in it are at, and enters its own run over the version it has read. If
 * another one was faster it plans again. So no two runs ever hold the same interaction without knowing of each other,
 * and no planner waits for another one.
 */
import * as z from 'zod';
import { RunId } from '../contracts/ids.ts';
import { compareAndSwap, unchanged } from '../storage/compare-and-swap.ts';
import { keys } from '../storage/layout.ts';
import type { ObjectStorage, WriteCondition, WriteResult } from '../storage/object-store.ts';
import { readJson } from '../storage/read-json.ts';
import { SOURCES } from './run-records.ts';

/** An entry of the list of open runs: enough to find what the run has planned and what of it is done. */
export const OpenRun = z.object({
  runId: RunId,
  source: z.enum(SOURCES),
  plannedAt: z.iso.datetime(),
  batchesKey: z.string(),
  batchCount: z.int().positive(),
});
export type OpenRun = z.infer<typeof OpenRun>;

const OpenRuns = z.object({
  schemaVersion: z.literal(1),
  /** Counts the changes: an ETag may be a hash, and the same runs again must not look like no change. */
  revision: z.int().nonnegative(),
  runs: z.array(OpenRun),
});

/** What was read, and the condition under which it may be replaced. */
export interface OpenRunsView {
  revision: number;
  runs: OpenRun[];
  unchanged: WriteCondition;
}

/**
 * The open runs, and the condition under which their list may be replaced; no runs where there is no list yet.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 * @example await readOpenRuns(store) // { revision: 0, runs: [], unchanged: { absent: true } } in an empty lake
 */
export async function readOpenRuns(store: ObjectStorage): Promise<OpenRunsView> {
  const found = await readJson(store, keys.openRuns, OpenRuns);
  const { revision, runs } = found?.value ?? { revision: 0, runs: [] };
  return { revision, runs, unchanged: unchanged(found) };
}

/**
 * Enters a run into the list that was read; false when the list has changed since.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`
 * @example if (!(await enterOpenRun(store, view, run))) continue; // plan again
 */
export async function enterOpenRun(store: ObjectStorage, view: OpenRunsView, run: OpenRun): Promise<boolean> {
  const others = view.runs.filter(({ runId }) => runId !== run.runId);
  return (await replace(store, view, [...others, run])).written;
}

/**
 * Takes a run off the list of open runs; nothing changes when it is not on it.
 *
 * @throws PipelineError `DataLakeUnavailable` when other runs keep changing the list
 * @example await leaveOpenRuns(store, 'daily-1');
 */
export async function leaveOpenRuns(store: ObjectStorage, runId: string): Promise<void> {
  await compareAndSwap(async () => {
    const view = await readOpenRuns(store);
    const others = view.runs.filter((run) => run.runId !== runId);
    return others.length === view.runs.length ? undefined : replace(store, view, others);
  }, 'The list of open runs kept changing');
}

async function replace(store: ObjectStorage, view: OpenRunsView, runs: OpenRun[]): Promise<WriteResult> {
  const next = { schemaVersion: 1, revision: view.revision + 1, runs };
  return store.write(keys.openRuns, JSON.stringify(next), view.unchanged);
}
