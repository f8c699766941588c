/**
 * Gives up the batches of a run that did not end.
 *
 * A receipt is written once, only where none is. So the receipt that says "given up" and the receipt of an attempt that
 * is still under way exclude each other: after sealing, either the batch is stored or it never will be.
 */
import { Batch, otherIdsOf } from '../contracts/batch.ts';
import { mapConcurrently } from '../lib/map-concurrently.ts';
import { keys, receiptBatch } from '../storage/layout.ts';
import type { ObjectStorage } from '../storage/object-store.ts';
import { readJsonLines } from '../storage/read-json.ts';
import { type AuditLine, type BatchReceipt, outcomeCounts } from '../storage/records.ts';
import { createJsonLines, packJsonLines } from '../storage/write-json-lines.ts';
import { notedParts } from './part-notes.ts';
import type { Plan } from './run-records.ts';

const WRITES_AT_ONCE = 16;

export interface Sealing {
  store: ObjectStorage;
  plan: Plan;
  /** The run that gives the batches up; the same one at its own end. */
  sealedBy: string;
  /** Why a batch did not end, where that is known. */
  errorOf(batch: number): string | undefined;
  at: string;
  /** Throws when there is no time to go on. */
  throwIfOutOfTime(): void;
}

/** Error name for a batch of which nothing else is known: its run ended before it did. */
export const RUN_ENDED = 'RunEnded';

/**
 * Writes a receipt that says "given up" for each batch of the plan that has none. Done again, it changes nothing.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`, and what `throwIfOutOfTime`
 *   throws
 */
export async function sealUnfinishedBatches(sealing: Sealing): Promise<void> {
  const { store, plan } = sealing;
  const done = new Set<number>();
  for await (const { key } of store.list(keys.receipts(plan.runId))) done.add(receiptBatch(key));
  if (done.size >= plan.batchCount) return;
  const seals = mapConcurrently(unfinishedBatches(store, plan, done), WRITES_AT_ONCE, (batch) => seal(sealing, batch));
  for await (const _ of seals);
}

async function* unfinishedBatches(store: ObjectStorage, plan: Plan, done: ReadonlySet<number>): AsyncGenerator<Batch> {
  for await (const batch of readJsonLines(store, plan.batchesKey, Batch)) if (!done.has(batch.batch)) yield batch;
}

async function seal(sealing: Sealing, batch: Batch): Promise<void> {
  sealing.throwIfOutOfTime();
  const receipt = sealedReceipt(sealing, batch);
  // A faster writer has stored the batch, or sealed it: both are fine.
  await sealing.store.write(keys.receipt(receipt.runId, receipt.batch), JSON.stringify(receipt), { absent: true });
}

function sealedReceipt({ plan, sealedBy, at, errorOf }: Sealing, batch: Batch): BatchReceipt {
  const { interactionIds } = batch;
  const ids = otherIdsOf(batch);
  const error = errorOf(batch.batch) ?? RUN_ENDED;
  const receipt: BatchReceipt = {
    schemaVersion: 1,
    runId: plan.runId,
    batch: batch.batch,
    jobId: '',
    requested: interactionIds.length,
    interactionIds,
    sealedBy,
    ...(batch.days && { days: batch.days }),
    counts: outcomeCounts({ failed: interactionIds.length }),
    superseded: 0,
    extras: { unrequested: 0, duplicate: 0, unreadable: 0 },
    parts: [],
    audit: {
      key: keys.sealedAudit(plan.startedAt.slice(0, 10), plan.runId, batch.batch),
      bytes: 0,
      sha256: '',
      rows: 0,
    },
    findings: {},
    maskRulesVersion: '',
    unstored: interactionIds.map((interactionId) => ({ interactionId, outcome: 'failed', error })),
    ...(ids.size > 0 && { aliases: Object.fromEntries(ids) }),
    resultBytes: 0,
    polls: 0,
    submissions: 0,
    storedAt: at,
  };
  const { key } = receipt.audit;
  const { bytes, sha256, rows } = packJsonLines(key, auditLines(receipt));
  return { ...receipt, audit: { key, bytes, sha256, rows } };
}

/** The audit of a batch that was given up: it follows from the receipt alone. Pure. */
function auditLines(receipt: BatchReceipt): AuditLine[] {
  return receipt.unstored.map(({ interactionId, outcome, error }) => {
    const { runId, batch, jobId, storedAt: at, sealedBy: actor = runId } = receipt;
    const what = { interactionId, outcome, ...(error && { error }), findings: {}, maskRulesVersion: '' };
    return { at, action: 'transcript_extracted', actor, runId, batch, jobId, ...what };
  });
}

/**
 * Writes the audit of a sealed batch where it is not there yet: beside that of an attempt that broke off, never over
 * it. Done after the seal, and again whenever the run is recorded, since it may have been missed.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`
 */
export async function writeSealedAudit(store: ObjectStorage, receipt: BatchReceipt): Promise<void> {
  await createJsonLines(store, receipt.audit.key, auditLines(receipt));
}

/**
 * Deletes the parts of sealed batches: an attempt that broke off may have written them before its receipt, and they
 * must never be counted. What it may have written is noted, so the time this takes does not grow with the lake.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 */
export async function deleteLeftovers(
  store: ObjectStorage,
  runId: string,
  sealed: { has(batch: number): boolean; readonly size: number },
): Promise<void> {
  if (sealed.size === 0) return;
  for await (const key of notedParts(store, runId, sealed)) await store.delete(key);
}
