/** Closes a run: what did not end is given up, what remains to be done is listed, and the manifest is written last. */
import { PipelineError } from '../contracts/errors.ts';
import { compareAndSwap, unchanged } from '../storage/compare-and-swap.ts';
import { keys } from '../storage/layout.ts';
import type { ObjectStorage } from '../storage/object-store.ts';
import { readJson } from '../storage/read-json.ts';
import { uploadJsonLines } from '../storage/write-json-lines.ts';
import { auditDecided } from './audit-decided.ts';
import { buildManifest } from './build-manifest.ts';
import { listUnfinished } from './list-unfinished.ts';
import { readMapErrors } from './map-errors.ts';
import { leaveOpenRuns } from './open-runs.ts';
import { readReceipts, sumDeliveries } from './read-receipts.ts';
import { Reconciliation, summaryOf } from './reconciliation-record.ts';
import { noteReplaced } from './replaced-versions.ts';
import { Manifest, type Plan, type UnfinishedLine } from './run-records.ts';
import { deleteLeftovers, sealUnfinishedBatches, writeSealedAudit } from './seal-batches.ts';
import { addReceipt, emptyTally, type Tally } from './tally.ts';
import { advanceWatermark } from './watermark.ts';

export interface Recorder {
  store: ObjectStorage;
  /** The run that does it: the one that is closed, or one that found its lease expired. */
  runId: string;
  /** Runs that try an interaction whose own transcript is at fault. */
  maxAttempts: number;
  functionVersion: string;
  nowMs: number;
  /** Why the run as a whole was stopped before its end, where it was. */
  stoppedBy?: string | undefined;
  /** Whether there is time to go on; a further attempt finds what was done until then. */
  hasTime?(): boolean;
}

/**
 * The run's manifest, once everything is recorded. Whatever broke off an earlier attempt, and at whatever point, doing
 * it again completes it.
 *
 * The order matters: batches are sealed before anything is counted; the manifest is written before the watermark moves
 * past what it lists; the run leaves the list of open runs when all that is done.
 *
 * @throws PipelineError `DataLakeUnavailable`, also when time runs out; `DataLakeRejected`, `ContractViolation`
 */
export async function recordRun(recorder: Recorder, plan: Plan): Promise<Manifest> {
  const { store } = recorder;
  const { runId } = plan;
  const recordedAt = new Date(recorder.nowMs).toISOString();
  await sealWhatDidNotEnd(recorder, plan, recordedAt);

  const tally = await tallyReceipts(recorder, runId);
  const limit = { maxAttempts: recorder.maxAttempts, at: recordedAt };
  const lines = await listUnfinished(store, plan, tally, limit);
  const manifest = buildManifest({
    plan,
    tally,
    planAudit: await auditDecided(store, plan, recordedAt),
    delivery: await sumDeliveries(store, runId),
    unfinishedKey: await writeUnfinished(store, runId, lines),
    reconciliation: await summariseReconciliation(store, runId),
    continuedBy: continuedBy(recorder, plan),
    recordedAt,
    functionVersion: recorder.functionVersion,
  });
  await writeManifest(store, manifest);
  if (tally.replaced > 0) await noteReplaced(store, runId);
  await advanceWatermark(store, plan, lines, recordedAt);
  await leaveOpenRuns(store, runId);
  return manifest;
}

/** Only the run itself starts the next one, and none after a stop: the next one would be stopped like it. */
function continuedBy({ runId, stoppedBy }: Recorder, { runId: ofPlan, next }: Plan): string | undefined {
  return runId === ofPlan && stoppedBy === undefined ? next?.runId : undefined;
}

async function sealWhatDidNotEnd(recorder: Recorder, plan: Plan, at: string): Promise<void> {
  const { store, runId: sealedBy, stoppedBy } = recorder;
  const errors = await readMapErrors(store, plan.runId);
  await sealUnfinishedBatches({
    store,
    plan,
    sealedBy,
    at,
    errorOf: (batch) => errors.get(batch) ?? stoppedBy,
    throwIfOutOfTime: () => throwIfOutOfTime(recorder),
  });
}

function throwIfOutOfTime({ hasTime }: Recorder): void {
  if (hasTime?.() !== false) return;
  throw new PipelineError('DataLakeUnavailable', 'Recording the run takes longer than there is time for');
}

/** Adds the receipts up, and tidies up after sealed batches: an attempt to record may have broken off before that. */
async function tallyReceipts(recorder: Recorder, runId: string): Promise<Tally> {
  const { store } = recorder;
  const tally = emptyTally();
  const sealed = new Set<number>();
  for await (const receipt of readReceipts(store, runId)) {
    throwIfOutOfTime(recorder);
    addReceipt(tally, receipt);
    if (receipt.sealedBy === undefined) continue;
    sealed.add(receipt.batch);
    await writeSealedAudit(store, receipt);
  }
  await deleteLeftovers(store, runId, sealed);
  return tally;
}

/**
 * Writes the manifest over the one of an earlier recording. That of then keeps its note of what was erased from the run
 * since, even where the erasure comes at the same moment.
 */
async function writeManifest(store: ObjectStorage, manifest: Manifest): Promise<void> {
  const key = keys.manifest(manifest.runId);
  await compareAndSwap(async () => {
    const earlier = await readJson(store, key, Manifest);
    const { erasures } = earlier?.value ?? manifest;
    return store.write(key, JSON.stringify({ ...manifest, erasures }), unchanged(earlier));
  }, 'The manifest kept changing');
}

async function summariseReconciliation(store: ObjectStorage, runId: string): Promise<Manifest['reconciliation']> {
  const key = keys.reconciliation(runId);
  const found = await readJson(store, key, Reconciliation);
  return found && summaryOf(found.value, key);
}

async function writeUnfinished(
  store: ObjectStorage,
  runId: string,
  lines: readonly UnfinishedLine[],
): Promise<string | undefined> {
  if (lines.length === 0) return undefined;
  const key = keys.unfinished(runId);
  await uploadJsonLines(store, key, lines);
  return key;
}
