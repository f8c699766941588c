/** The audit trail of a batch: who, what, when, outcome; one line an interaction, no text. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { z } from 'zod';
import { MASK_RULES_VERSION } from '../pii/rules-version.ts';
import type { StoreTranscriptsInput } from '../shared/contracts.ts';
import { keys } from '../shared/keys.ts';
import { latencyMs } from '../shared/latency.ts';
import type { ObjectStore } from '../shared/object-store.ts';
import type { AuditLine, BatchReceipt } from '../shared/records.ts';
import type { BatchLedger } from './batch-ledger.ts';
import { putOnce } from './put-once.ts';

type Input = z.output<typeof StoreTranscriptsInput>;

/**
 * The lines of a batch, in the order in which its interactions were requested. Pure.
 *
 * @param at when the transcripts were stored
 */
export function auditLines(input: Input, ledger: BatchLedger, actor: string, at: string): AuditLine[] {
  const latency = { latencyMs: latencyMs(input.job.submittedAt, at) };
  return [...ledger.entries()].map(([interactionId, { outcome, error, findings }]) => ({
    at,
    action: 'transcript_extracted',
    actor,
    runId: input.runId,
    batch: input.batch.batch,
    jobId: input.job.jobId,
    interactionId,
    outcome,
    ...(error ? { error } : {}),
    findings,
    maskRulesVersion: MASK_RULES_VERSION,
    ...(outcome === 'stored' ? latency : {}),
  }));
}

/**
 * Writes the audit object; a batch is at most 1,000 lines, so it is built in memory.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`: a batch without its audit trail is not done
 */
export async function writeAudit(store: ObjectStore, input: Input, lines: AuditLine[]): Promise<BatchReceipt['audit']> {
  const key = keys.audit(input.startedAt.slice(0, 10), input.runId, input.batch.batch);
  const body = gzipSync(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const sha256 = createHash('sha256').update(body).digest('hex');
  await putOnce(store, key, sha256, (condition, options) => store.write(key, body, condition, options));
  return { key, bytes: body.length, sha256, rows: lines.length };
}
