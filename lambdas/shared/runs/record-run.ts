/** Closes a run: what did not end is given up, what remains to be done is listed, and the manifest is written last. */
import type { DayRange } from '../contracts.ts';
import { keys } from '../keys.ts';
import { jsonLines, type ObjectStorage } from '../object-store.ts';
import { auditDecided } from './audit-decided.ts';
import { buildManifest } from './build-manifest.ts';
import { listUnfinished } from './list-unfinished.ts';
import { readMapErrors } from './map-errors.ts';
import { leaveOpenRuns } from './open-runs.ts';
import { readJson } from './read-json.ts';
import { readReceipts, sumDeliveries } from './read-receipts.ts';
import { Manifest, type Plan, type UnfinishedLine } from './run-records.ts';
import { deleteLeftovers, sealUnfinishedBatches, writeSealedAudit } from './seal-batches.ts';
import { addReceipt, emptyTally, type Tally } from './tally.ts';
import { advanceWatermark } from './watermark.ts';

export interface Recorder {
  store: ObjectStorage;
  /** The run that does it: the one that is closed, or one that found it dead. */
  runId: string;
  /** Runs that try an interaction whose own transcript is at fault. */
  maxAttempts: number;
  functionVersion: string;
  nowMs: number;
}

/**
 * Records a run. Whatever broke off an earlier attempt, and at whatever point, doing it again completes it.
 *
 * The order matters: batches are sealed before anything is counted; the manifest is written before the watermark moves
 * past what it lists; the run leaves the list of open runs when all that is done.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 */
export async function recordRun(recorder: Recorder, plan: Plan): Promise<Manifest> {
  const { store } = recorder;
  const { runId } = plan;
  const recordedAt = new Date(recorder.nowMs).toISOString();
  await sealWhatDidNotEnd(recorder, plan, recordedAt);

  const tally = await tallyReceipts(store, runId);
  const limit = { maxAttempts: recorder.maxAttempts, at: recordedAt };
  const lines = await listUnfinished(store, plan, tally, limit);
  const manifest = buildManifest({
    plan,
    tally,
    planAudit: await auditDecided(store, plan, recordedAt),
    delivery: await sumDeliveries(store, runId),
    unfinishedKey: await writeUnfinished(store, runId, lines),
    recordedAt,
    functionVersion: recorder.functionVersion,
  });
  const earlier = await readJson(store, keys.manifest(runId), Manifest);
  // A run that is recorded again keeps the note of what was erased from it since.
  const { erasures } = earlier?.value ?? manifest;
  await store.write(keys.manifest(runId), JSON.stringify({ ...manifest, erasures }));
  await advanceWatermark(store, plan, lines, recordedAt);
  await leaveOpenRuns(store, runId);
  return manifest;
}

async function sealWhatDidNotEnd({ store, runId: sealedBy }: Recorder, plan: Plan, at: string): Promise<void> {
  const errors = await readMapErrors(store, plan.runId);
  await sealUnfinishedBatches({ store, plan, sealedBy, at, errorOf: (batch) => errors.get(batch) });
}

/** Adds the receipts up, and tidies up after sealed batches: an attempt to record may have broken off before that. */
async function tallyReceipts(store: ObjectStorage, runId: string): Promise<Tally> {
  const tally = emptyTally();
  const sealed = new Map<number, DayRange | undefined>();
  for await (const receipt of readReceipts(store, runId)) {
    addReceipt(tally, receipt);
    if (receipt.sealedBy === undefined) continue;
    sealed.set(receipt.batch, receipt.days);
    await writeSealedAudit(store, receipt);
  }
  await deleteLeftovers(store, runId, sealed);
  return tally;
}

async function writeUnfinished(
  store: ObjectStorage,
  runId: string,
  lines: readonly UnfinishedLine[],
): Promise<string | undefined> {
  if (lines.length === 0) return undefined;
  const key = keys.unfinished(runId);
  await store.uploadStream(key, jsonLines(lines), {}, { contentType: 'application/x-ndjson' });
  return key;
}
