/** One batch from the vendor's result to parts and audit in S3; the receipt it returns is still to be written. */

import { MASK_RULES_VERSION } from '@cxone-transcripts/masker';
import type { z } from 'zod';
import { PipelineError } from '../shared/contracts/errors.ts';
import type { StoreTranscriptsInput } from '../shared/contracts/states.ts';
import { countOf, latencyMs } from '../shared/lib/latency.ts';
import type { ObjectStore } from '../shared/storage/object-store.ts';
import type { BatchReceipt } from '../shared/storage/records.ts';
import { readTombstones } from '../shared/storage/tombstones.ts';
import type { TaskContext } from '../shared/task/middleware.ts';
import { downloadResult } from '../shared/vendor/bulk-job/download-result.ts';
import { readResult } from '../shared/vendor/bulk-job/result-stream.ts';
import { splitArtifacts } from '../shared/vendor/bulk-job/split-artifacts.ts';
import type { TranscriptSource } from '../shared/vendor/transcript-source.ts';
import { auditLines, writeAudit } from './audit.ts';
import { BatchLedger } from './batch-ledger.ts';
import { type FoundReceipt, refuseLateAttempt } from './batch-receipt.ts';
import type { Masking } from './build-row.ts';
import { PartWriter } from './part-writer.ts';
import { storeArtifacts } from './store-artifacts.ts';
import type { StoreConfig } from './store-config.ts';

export interface BatchToStore {
  input: z.output<typeof StoreTranscriptsInput>;
  task: TaskContext;
  source: TranscriptSource;
  store: ObjectStore;
  config: z.output<typeof StoreConfig>;
  masking: Masking;
  /** What an earlier attempt left behind, if this one replaces it. */
  earlier: FoundReceipt | undefined;
}

/**
 * Memory grows with the largest artifact, not with the result; time with the result's bytes.
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
  const read = { bytes: 0 };
  const parts = await PartWriter.create();
  try {
    const result = await downloadResult(source, job.jobId, task);
    const limits = { maxBytes: config.MAX_RESULT_BYTES, declaredBytes: result.declaredBytes };
    const bytes = readResult(result.stream, limits, read);
    const ending = { isVisible: false };
    const artifacts = splitArtifacts(bytes, config.MAX_ARTIFACT_BYTES, ending);
    const context = { runId, jobId: job.jobId, extractedAt: startedAt };
    await storeArtifacts(artifacts, ledger, parts, context, masking);
    ledger.settle();
    if (ledger.leaksCaught > 0) task.metrics.addMetric('PiiLeaksCaught', 'Count', ledger.leaksCaught);
    refuseUnseenCut(result.endIsUnmarked && !ending.isVisible, ledger);

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
      resultBytes: read.bytes,
      latencies: countOf(latencyMs(job.submittedAt, storedAt), counts.stored),
      polls: job.polls,
      submissions: job.submissions,
      storedAt,
    };
  } finally {
    await parts.dispose();
  }
}

/**
 * JSON Lines without length or chunk marks end when the connection does, so a cut between two lines looks like an end.
 * If something is missing after such a body, it is read again rather than believed.
 */
function refuseUnseenCut(endIsUnmarked: boolean, ledger: BatchLedger): void {
  if (endIsUnmarked && ledger.lacking > 0) {
    throw new PipelineError(
      'VendorUnavailable',
      'The result of the job may have been cut short: its end is not marked',
    );
  }
}
