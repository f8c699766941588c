/** One batch from the vendor's result to parts and audit in S3; the receipt it returns is still to be written. */

import { MASK_RULES_VERSION } from '@cxone-transcripts/masker';
import type { z } from 'zod';
import { PipelineError } from '../shared/contracts/errors.ts';
import type { StoreTranscriptsInput } from '../shared/contracts/states/store-transcripts.ts';
import { countOf, latencyMs } from '../shared/lib/latency.ts';
import type { ObjectStore } from '../shared/storage/object-store.ts';
import type { BatchReceipt } from '../shared/storage/records.ts';
import { readTombstones } from '../shared/storage/tombstones.ts';
import type { TaskConfig } from '../shared/task/config/task-config.ts';
import type { TaskContext } from '../shared/task/middleware.ts';
import type { TranscriptSource } from '../shared/vendor/transcript-source.ts';
import { auditLines, writeAudit } from './audit.ts';
import { BatchLedger } from './batch-ledger.ts';
import { type FoundReceipt, refuseLateAttempt } from './batch-receipt.ts';
import type { Masking } from './build-row.ts';
import { PartWriter } from './part-writer.ts';
import { storeArtifacts } from './store-artifacts.ts';

/** One artifact is held in memory as a whole: this and its masked copy must fit into the function's memory. */
const MAX_ARTIFACT_BYTES = 128 * 1024 * 1024;

export interface BatchToStore {
  input: z.output<typeof StoreTranscriptsInput>;
  task: TaskContext;
  source: TranscriptSource;
  store: ObjectStore;
  config: Pick<TaskConfig<'StoreTranscripts'>, 'MAX_RESULT_BYTES'>;
  masking: Masking;
  /** What an earlier attempt left behind, if this one replaces it. */
  earlier: FoundReceipt | undefined;
}

/**
 * The receipt of a batch, once its parts and its audit are stored. Memory grows with the largest artifact, not with the
 * result; time with the result's bytes.
 *
 * @throws PipelineError `VendorUnavailable` for a result that breaks off (nothing is left in S3), `ContractViolation`,
 *   `VendorRejected`, `VendorAuthFailed`, `VendorThrottled`, `DataLakeUnavailable`, `DataLakeRejected`
 */
export async function storeBatch({
  input,
  task,
  source,
  store,
  config,
  masking,
  earlier,
}: BatchToStore): Promise<BatchReceipt> {
  const { runId, startedAt, batch, job } = input;
  const ledger = new BatchLedger(batch.interactionIds, batch.asksAgain ? 'notReady' : 'missing');
  ledger.leaveOut(batch.interactionIds.filter(await readTombstones(store)));
  const parts = await PartWriter.create();
  try {
    const limits = { maxBytes: config.MAX_RESULT_BYTES, maxArtifactBytes: MAX_ARTIFACT_BYTES };
    const interactions = batch.interactionIds.map((interactionId) => ({ interactionId }));
    const result = await source.open({ jobId: job.jobId, interactions, options: input.options }, limits, task);
    const context = { runId, jobId: job.jobId, extractedAt: startedAt };
    await storeArtifacts(result.artifacts, ledger, parts, context, masking);
    ledger.settle();
    if (ledger.leaksCaught > 0) task.metrics.addMetric('PiiLeaksCaught', 'Count', ledger.leaksCaught);
    refuseUnseenCut(result.isEndCertain(), ledger);

    await refuseLateAttempt(store, runId, batch.batch, earlier);
    const storedParts = await parts.commit(store, runId, batch.batch);
    const storedAt = new Date().toISOString();
    const counts = ledger.counts();
    const audit = await writeAudit(store, input, auditLines(input, ledger, runId, storedAt));
    return {
      schemaVersion: 1,
      runId,
      batch: batch.batch,
      jobId: job.jobId,
      requested: batch.interactionIds.length,
      interactionIds: batch.interactionIds,
      counts,
      extras: ledger.extras,
      parts: storedParts,
      audit,
      findings: ledger.findings,
      maskRulesVersion: MASK_RULES_VERSION,
      unstored: [...ledger.entries()]
        .filter(([, { outcome }]) => outcome !== 'stored')
        .map(([interactionId, { outcome, error }]) => ({ interactionId, outcome, ...(error ? { error } : {}) })),
      resultBytes: result.bytesRead(),
      latencies: countOf(latencyMs(job.submittedAt, storedAt), counts.stored),
      polls: job.polls,
      submissions: job.submissions,
      storedAt,
    };
  } finally {
    await parts.dispose();
  }
}

/** What is missing after an end that may be a cut is asked for again rather than believed. */
function refuseUnseenCut(isEndCertain: boolean, ledger: BatchLedger): void {
  if (!isEndCertain && ledger.lacking > 0) {
    throw new PipelineError(
      'VendorUnavailable',
      'The result of the job may have been cut short: its end is not marked',
    );
  }
}
