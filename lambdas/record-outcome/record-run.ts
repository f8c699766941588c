/** Writes what a run leaves behind: the list of what is unfinished, then the manifest, last. */
import type { z } from 'zod';
import type { RecordOutcomeOutput, RunCounts } from '../shared/contracts.ts';
import { keys } from '../shared/keys.ts';
import { jsonLines, type ObjectStore } from '../shared/object-store.ts';
import type { Manifest, Plan } from '../shared/run-records.ts';
import { buildManifest } from './build-manifest.ts';
import { listUnfinished } from './list-unfinished.ts';
import { sumDeliveries, tallyReceipts } from './read-receipts.ts';

type Output = z.input<typeof RecordOutcomeOutput>;

/**
 * Records a run; again, with the same result, if it has been recorded before and nothing has changed since.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 */
export async function recordRun(store: ObjectStore, plan: Plan): Promise<{ manifest: Manifest; output: Output }> {
  const { runId } = plan;
  const tally = await tallyReceipts(store, runId);
  const delivery = await sumDeliveries(store, runId);
  const frame = {
    plan,
    tally,
    delivery,
    recordedAt: new Date().toISOString(),
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION ?? 'unknown',
  };
  const { counts } = buildManifest({ ...frame, unfinishedKey: undefined });
  const hasUnfinished = counts.failed + counts.quarantined + counts.unfinished + counts.notReady > 0;
  const unfinishedKey = hasUnfinished ? keys.unfinished(runId) : undefined;
  if (unfinishedKey !== undefined) {
    const lines = jsonLines(listUnfinished(store, plan, tally, new Map()));
    await store.uploadStream(unfinishedKey, lines, {}, { contentType: 'application/x-ndjson' });
  }
  const manifest = buildManifest({ ...frame, unfinishedKey });
  await store.write(keys.manifest(runId), JSON.stringify(manifest));
  return { manifest, output: outputOf(manifest) };
}

function outputOf({ runId, status, planned, counts, delivery, findings }: Manifest): Output {
  const { delivered, parked } = delivery;
  return {
    runId,
    status,
    counts: { requested: planned, ...counts, delivered, parked },
    findings,
    manifestKey: keys.manifest(runId),
  };
}

/** A dry run stores nothing, so it has no manifest: its plan is the answer. */
export function reportDryRun({ runId, requested, decided }: Plan): Output {
  const nothing = { stored: 0, failed: 0, quarantined: 0, unfinished: 0, delivered: 0, parked: 0 };
  const counts: RunCounts = { requested, ...nothing, ...decided };
  return { runId, status: 'complete', counts, findings: {}, manifestKey: keys.plan(runId) };
}
