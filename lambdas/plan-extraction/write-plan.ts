/** Streams a selection into `batches.jsonl`, and closes the planning with `plan.json`. */
import type { z } from 'zod';
import { PipelineError } from '../shared/contracts/errors.ts';
import type { SourceName } from '../shared/contracts/source-name.ts';
import type { PlannedExtraction } from '../shared/contracts/states/plan-extraction.ts';
import type { DecidedLine, Plan } from '../shared/runs/run-records.ts';
import { type DayIndex, indexBatch, writeDayIndex } from '../shared/runs/stored-ids.ts';
import { JsonLinesUpload } from '../shared/storage/json-lines-upload.ts';
import { keys } from '../shared/storage/layout.ts';
import type { ObjectStorage } from '../shared/storage/object-store.ts';
import { groupIntoBatches } from './group-into-batches.ts';
import { nextRunOf } from './next-run.ts';
import type { PlanFrame, Planner } from './planner.ts';
import { type RowNotes, writeRowNotes } from './select/row-notes.ts';
import type { Selection } from './select/selection.ts';
import { tooOldOf } from './too-old.ts';

/** An attempt at planning that broke off leaves its batches behind; more attempts than this are no accident. */
const MAX_ATTEMPTS = 50;

/** A plan whose batches are written, but that nothing points to yet. */
export interface Draft {
  plan: Plan;
  days: DayIndex;
  rowNotes: RowNotes;
}

/**
 * The plan, not yet written, once its batches and the interactions that need none are. Memory does not grow with their
 * number.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, and what reading the candidates throws
 */
export async function writeBatches(
  { store, nowMs, settings }: Pick<Planner, 'store' | 'nowMs' | 'settings'>,
  frame: PlanFrame,
  planningCalls: number,
  selection: Selection,
): Promise<Draft> {
  const attempt = await nextAttempt(store, frame.runId);
  const batches = new JsonLinesUpload(store, keys.batches(frame.runId, attempt));
  const decided = new JsonLinesUpload(store, keys.decided(frame.runId, attempt));
  const counts = { missing: 0, notReady: 0, duplicate: 0, quarantined: 0 };
  const days: DayIndex = new Map();
  let requested = 0;

  async function* toExtract() {
    for await (const candidate of selection.candidates) {
      requested += 1;
      const { interactionId, decided: outcome, error, attempts = 0, days: started, aliases, heldVersion } = candidate;
      if (outcome === undefined) {
        yield candidate;
        continue;
      }
      counts[outcome] += 1;
      const line: DecidedLine = {
        interactionId,
        outcome,
        ...(error && { error }),
        attempts,
        ...(started && { days: started }),
        ...(aliases && { aliases }),
        ...(heldVersion && { heldVersion }),
      };
      await decided.write(line);
    }
  }

  try {
    // Only a schedule comes back by itself for what the vendor lists and has no transcript of.
    const asksAgain = (attempts: number) => selection.source === 'schedule' && attempts + 1 < settings.maxAttempts;
    for await (const batch of groupIntoBatches(toExtract(), frame.batchSize, asksAgain)) {
      indexBatch(days, batch);
      await batches.write(batch);
    }
    await batches.end();
    await decided.end();
  } catch (error) {
    batches.abort();
    decided.abort();
    throw error;
  }

  const { source, reference, window, order, refetch, notSearched, options, leftOut, takenOverKey, rest } = selection;
  const next = rest && nextRunOf(frame.runId, rest.input, { span: rest.span, notSearched });
  const tooOld = rest && tooOldOf(rest.span, settings.retentionMs, nowMs());
  const plan: Plan = {
    schemaVersion: 1,
    ...frame,
    plannedAt: new Date(nowMs()).toISOString(),
    source,
    reference,
    ...(window && { window }),
    ...(order && { order }),
    ...(refetch && { refetch }),
    ...(notSearched && { notSearched }),
    planningCalls,
    options,
    batchesKey: batches.key,
    batchCount: batches.lines,
    requested,
    decided: counts,
    ...(decided.lines > 0 && { decidedKey: decided.key }),
    leftOut,
    ...(takenOverKey !== undefined && { takenOverKey }),
    ...(next && { next }),
    ...(tooOld && { tooOld }),
  };
  return { plan, days, rowNotes: selection.rowNotes };
}

/**
 * The plan, written after everything that it names and that goes with it.
 *
 * @throws PipelineError `DataLakeUnavailable` when another attempt at the same run was faster: the retry finds its plan
 */
export async function commitPlan({ store }: Pick<Planner, 'store'>, { plan, days, rowNotes }: Draft): Promise<Plan> {
  if (!plan.dryRun) {
    await writeDayIndex(store, plan.runId, days);
    await writeRowNotes(store, rowNotes);
  }
  const { written } = await store.write(keys.plan(plan.runId), JSON.stringify(plan), { absent: true });
  if (!written) throw new PipelineError('DataLakeUnavailable', 'Another attempt at this run has finished its plan');
  return plan;
}

async function nextAttempt(store: ObjectStorage, runId: string): Promise<number> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const batches = await store.head(keys.batches(runId, attempt));
    const decided = await store.head(keys.decided(runId, attempt));
    if (!batches && !decided) return attempt;
  }
  throw new PipelineError('DataLakeRejected', 'Planning this run broke off too often; start a new one');
}

/** A small run is not stopped by its first failures: they say little about the others. */
const MIN_TOLERATED = 3;

/**
 * Batches that may fail before the others are stopped.
 *
 * @param percentage of the batches
 * @example 20 batches, 10 % -> 3; 1,000 batches, 10 % -> 100
 */
export function toleratedFailures(batchCount: number, percentage: number): number {
  return Math.max(MIN_TOLERATED, Math.floor((batchCount * percentage) / 100));
}

/**
 * Whether a run is held against the vendor's list of contacts: one of a schedule that has searched something, of the source
 * whose transcripts say which contact they belong to.
 *
 * @example reconciles({ …, source: 'window' }, 'interaction-analytics') // false
 */
function reconciles({ source, window, dryRun }: Plan, transcripts: SourceName): boolean {
  return source === 'schedule' && window !== undefined && !dryRun && transcripts === 'interaction-analytics';
}

/**
 * The state's output. A dry run has nothing to extract.
 *
 * @example planOutput({ …plan, dryRun: true }, 'lake', 10, 'bulk-job').batchCount // 0
 */
export function planOutput(
  plan: Plan,
  bucket: string,
  toleratedFailurePercentage: number,
  transcripts: SourceName,
): z.input<typeof PlannedExtraction> {
  const { runId, startedAt, batchesKey, requested, leftOut, concurrency, polling, options, tooOld } = plan;
  const batchCount = plan.dryRun ? 0 : plan.batchCount;
  const tolerated = toleratedFailures(batchCount, toleratedFailurePercentage);
  const batches = { bucket, batchesKey, batchCount, toleratedFailures: tolerated };
  const sizes = { requested, leftOut, concurrency, polling, options };
  const how = {
    priority: plan.source === 'schedule' ? ('daily' as const) : ('backfill' as const),
    reconciles: reconciles(plan, transcripts),
  };
  return { again: false, runId, startedAt, ...batches, ...sizes, ...how, ...(tooOld && { tooOld }) };
}
