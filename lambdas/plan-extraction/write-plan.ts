/** Streams a selection into `batches.jsonl` and closes the planning with `plan.json`. */
import type { z } from 'zod';
import type { PlanExtractionOutput } from '../shared/contracts.ts';
import { PipelineError } from '../shared/errors.ts';
import { JsonLinesUpload } from '../shared/json-lines-upload.ts';
import { keys } from '../shared/keys.ts';
import type { ObjectStore } from '../shared/object-store.ts';
import type { Plan } from '../shared/runs/run-records.ts';
import { groupIntoBatches } from './group-into-batches.ts';
import type { Selection } from './selection.ts';

/** An attempt at planning that broke off leaves its batches behind; more attempts than this are no accident. */
const MAX_ATTEMPTS = 50;

export interface PlanFrame {
  runId: string;
  startedAt: string;
  dryRun: boolean;
  batchSize: number;
  concurrency: number;
}

/**
 * Writes the batches, the interactions that need none, and then the plan. Memory does not grow with their number.
 *
 * @throws PipelineError `DataLakeUnavailable` when another attempt at the same run is writing too: the retry finds its plan
 */
export async function writePlan(store: ObjectStore, frame: PlanFrame, selection: Selection): Promise<Plan> {
  const attempt = await nextAttempt(store, frame.runId);
  const batches = new JsonLinesUpload(store, keys.batches(frame.runId, attempt));
  const decided = new JsonLinesUpload(store, keys.decided(frame.runId, attempt));
  const counts = { missing: 0, notReady: 0, duplicate: 0 };
  let requested = 0;

  async function* toExtract() {
    for await (const candidate of selection.candidates) {
      requested += 1;
      if (candidate.decided === undefined) {
        yield candidate.interactionId;
        continue;
      }
      counts[candidate.decided] += 1;
      const { interactionId, decided: outcome, attempts = 0 } = candidate;
      await decided.write({ interactionId, outcome, attempts: attempts + 1 });
    }
  }

  try {
    for await (const batch of groupIntoBatches(toExtract(), frame.batchSize)) await batches.write(batch);
    await batches.end();
    await decided.end();
  } catch (error) {
    batches.abort();
    decided.abort();
    throw error;
  }

  const { source, reference, window, options, leftOut } = selection;
  const plan: Plan = {
    schemaVersion: 1,
    ...frame,
    plannedAt: new Date().toISOString(),
    source,
    reference,
    ...(window && { window }),
    options,
    batchesKey: batches.key,
    batchCount: batches.lines,
    requested,
    decided: counts,
    ...(decided.lines > 0 && { decidedKey: decided.key }),
    leftOut,
  };
  const { written } = await store.write(keys.plan(frame.runId), JSON.stringify(plan), { absent: true });
  if (!written) throw new PipelineError('DataLakeUnavailable', 'Another attempt at this run has finished its plan');
  return plan;
}

async function nextAttempt(store: ObjectStore, runId: string): Promise<number> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const batches = await store.head(keys.batches(runId, attempt));
    const decided = await store.head(keys.decided(runId, attempt));
    if (!batches && !decided) return attempt;
  }
  throw new PipelineError('DataLakeRejected', 'Planning this run broke off too often; start a new one');
}

/** What the state machine goes on with. A dry run has nothing to extract. */
export function planOutput(plan: Plan, bucket: string): z.input<typeof PlanExtractionOutput> {
  const { runId, startedAt, batchesKey, requested, concurrency, options } = plan;
  const batchCount = plan.dryRun ? 0 : plan.batchCount;
  return { runId, startedAt, bucket, batchesKey, batchCount, requested, concurrency, options };
}
