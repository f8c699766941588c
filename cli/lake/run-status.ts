/** How a run is doing, from what it has left in S3 so far. */

import { countDeliveries } from '../../lambdas/shared/delivery/survey.ts';
import { mapConcurrently } from '../../lambdas/shared/lib/map-concurrently.ts';
import { readOpenRuns } from '../../lambdas/shared/runs/open-runs.ts';
import { findPlan } from '../../lambdas/shared/runs/read-plan.ts';
import { readReceipts } from '../../lambdas/shared/runs/read-receipts.ts';
import type { Plan } from '../../lambdas/shared/runs/run-records.ts';
import { addReceipt, emptyTally } from '../../lambdas/shared/runs/tally.ts';
import { keys } from '../../lambdas/shared/storage/layout.ts';
import { listRuns, readManifest } from './list-runs.ts';
import type { Lake } from './open-lake.ts';

export interface RunStatus {
  runId: string;
  /** `planning`: it has begun. `open`: its batches are under way, or it died. `complete`, `incomplete`: recorded. */
  state: 'unknown' | 'planning' | 'open' | 'abandoned' | 'dry run' | 'complete' | 'incomplete';
  source?: Plan['source'];
  reference?: Record<string, string>;
  window?: { from: string; to: string };
  /** What it was to search and did not come to; a retry of it does. */
  notSearched?: { from: string; to: string }[];
  startedAt?: string;
  batches?: { done: number; of: number };
  /** Outcomes of the interactions so far. */
  counts?: Record<string, number>;
  planned?: number;
  /** Transcripts stored, and of these: taken by the webhook at least once, given up. */
  rows?: number;
  delivered?: number;
  parked?: number;
  /** When the last batch ended, or the run was planned. */
  lastSignAt?: string;
  unfinishedKey?: string;
  /** The latest run that was started to take what this one left. */
  takenOverBy?: { runId: string; state: 'open' | 'complete' | 'incomplete'; stored: number };
}

/**
 * How far a run has come, from its records; `unknown` when it has left none.
 *
 * @throws UnreadableObject, PipelineError when a record cannot be read
 * @example (await readRunStatus(lake, 'r1')).state // 'open'
 */
export async function readRunStatus(lake: Lake, runId: string): Promise<RunStatus> {
  const { store } = lake;
  const plan = await findPlan(store, runId);
  if (!plan) return { runId, state: (await store.head(keys.input(runId))) ? 'planning' : 'unknown' };

  const manifest = (await readManifest(lake, runId))?.value;
  const tally = emptyTally();
  let lastSignAt = plan.plannedAt;
  for await (const receipt of readReceipts(store, runId)) {
    addReceipt(tally, receipt);
    if (receipt.storedAt > lastSignAt) lastSignAt = receipt.storedAt;
  }
  const { delivered, parked } = await countDeliveries(store, runId);
  const isDone = plan.dryRun || manifest?.status === 'complete';
  const takenOverBy = isDone ? undefined : await findSuccessor(lake, runId);
  const isOpen = (await readOpenRuns(store)).runs.some((run) => run.runId === runId);
  return {
    runId,
    state: plan.dryRun ? 'dry run' : (manifest?.status ?? (isOpen || plan.batchCount === 0 ? 'open' : 'abandoned')),
    source: plan.source,
    reference: plan.reference,
    ...(plan.window && { window: plan.window }),
    ...(plan.notSearched && { notSearched: plan.notSearched }),
    startedAt: plan.startedAt,
    batches: { done: tally.batches.size, of: plan.batchCount },
    counts: manifest ? { ...manifest.counts } : { ...tally.counts },
    planned: plan.requested,
    rows: tally.rows,
    delivered,
    parked,
    lastSignAt,
    ...(manifest?.unfinishedKey !== undefined && { unfinishedKey: manifest.unfinishedKey }),
    ...(takenOverBy && { takenOverBy }),
  };
}

const READS_AT_ONCE = 16;

/** Reads the plan of every run: what a run left is its own record, who takes it is that of the other. */
async function findSuccessor(lake: Lake, runId: string): Promise<RunStatus['takenOverBy']> {
  const others: string[] = [];
  for await (const other of listRuns(lake)) if (other !== runId) others.push(other);
  // A damaged plan is another run's affair.
  const read = (other: string) => findPlan(lake.store, other).catch(() => undefined);
  let latest: Plan | undefined;
  for await (const plan of mapConcurrently(others, READS_AT_ONCE, read)) {
    if (plan?.source !== 'retryRun' || plan.reference.run !== runId || plan.dryRun) continue;
    if (latest === undefined || plan.startedAt > latest.startedAt) latest = plan;
  }
  if (!latest) return undefined;
  const manifest = (await readManifest(lake, latest.runId))?.value;
  return { runId: latest.runId, state: manifest?.status ?? 'open', stored: manifest?.counts.stored ?? 0 };
}
