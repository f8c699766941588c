/**
 * The runs that have planned batches and are not recorded yet: one small object, changed only by compare-and-swap.
 *
 * A planner reads it, leaves out what the runs in it are at, and enters its own run over the version it has read. If
 * somebody else was faster it plans again. So no two runs ever hold the same interaction without knowing of each other,
 * and no planner waits for another one.
 */
import * as z from 'zod';
import { PipelineError } from '../contracts/errors.ts';
import { RunId } from '../contracts/states.ts';
import { keys } from '../storage/layout.ts';
import type { ObjectStorage, WriteCondition } from '../storage/object-store.ts';
import { readJson } from '../storage/read-json.ts';
import { SOURCES } from './run-records.ts';

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

/** Writers that meet here are few and quick; whoever loses this often has another problem. */
const MAX_TRIES = 20;

export async function readOpenRuns(store: ObjectStorage): Promise<OpenRunsView> {
  const found = await readJson(store, keys.openRuns, OpenRuns);
  if (!found) return { revision: 0, runs: [], unchanged: { absent: true } };
  const { revision, runs } = found.value;
  return { revision, runs, unchanged: { etag: found.etag } };
}

/** Enters a run, over what was read. @returns false when the list has changed since */
export async function enterOpenRun(store: ObjectStorage, view: OpenRunsView, run: OpenRun): Promise<boolean> {
  const others = view.runs.filter(({ runId }) => runId !== run.runId);
  return replace(store, view, [...others, run]);
}

/** Takes a run off the list; fine if it is not on it. */
export async function leaveOpenRuns(store: ObjectStorage, runId: string): Promise<void> {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const view = await readOpenRuns(store);
    const others = view.runs.filter((run) => run.runId !== runId);
    if (others.length === view.runs.length) return;
    if (await replace(store, view, others)) return;
  }
  throw new PipelineError('DataLakeUnavailable', 'The list of open runs kept changing');
}

async function replace(store: ObjectStorage, view: OpenRunsView, runs: OpenRun[]): Promise<boolean> {
  const next = { schemaVersion: 1, revision: view.revision + 1, runs };
  const { written } = await store.write(keys.openRuns, JSON.stringify(next), view.unchanged);
  return written;
}
