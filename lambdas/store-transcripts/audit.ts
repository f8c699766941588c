/** The audit trail of a batch: who, what, when, outcome; one line an interaction, no text. */
import { createHash } from 'node:crypto';
import { MASK_RULES_VERSION } from '@cxone-transcripts/masker';
import type { z } from 'zod';
import { PipelineError } from '../shared/contracts/errors.ts';
import type { StoreTranscriptsInput } from '../shared/contracts/states/store-transcripts.ts';
import { latencyMs } from '../shared/lib/latency.ts';
import { keys } from '../shared/storage/layout.ts';
import type { ObjectStorage } from '../shared/storage/object-store.ts';
import type { AuditLine, BatchReceipt } from '../shared/storage/records.ts';
import { createJsonLines } from '../shared/storage/write-json-lines.ts';
import type { PassShare } from './pass-share.ts';

type Input = z.output<typeof StoreTranscriptsInput>;

/**
 * The lines of a batch, pass after pass, in the order in which its interactions were requested. Pure.
 *
 * @param actor the execution that did it
 * @example
 * auditLines(input, [share], 'daily-1')
 * // [{ at, interactionId: 'int-1', outcome: 'stored', latencyMs: 9000, … }, …]
 */
export function auditLines(input: Input, shares: readonly PassShare[], actor: string): AuditLine[] {
  return shares.flatMap(({ settled, storedAt: at }) =>
    settled.map(({ interactionId, outcome, error, version, supersedes, anonymised, findings }) => ({
      at,
      action: 'transcript_extracted' as const,
      actor,
      runId: input.runId,
      batch: input.batch.batch,
      jobId: input.job.jobId,
      interactionId,
      outcome,
      ...(error && { error }),
      ...(version && { version }),
      ...(supersedes && { supersedes }),
      ...(anonymised && { anonymised }),
      findings,
      maskRulesVersion: MASK_RULES_VERSION,
      ...(outcome === 'stored' && { latencyMs: latencyMs(input.job.submittedAt, at) }),
    })),
  );
}

/**
 * The receipt's entry for the audit of a batch, which is written. It is at most 1,000 lines, so it is built in memory.
 *
 * Nothing is ever written over. An attempt that finds the audit of an earlier one, which broke off before its receipt,
 * takes that one if it says the same; otherwise it writes its own beside it, and its receipt says which of them counts.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`: a batch without its audit trail is not done
 */
export async function writeAudit(
  store: ObjectStorage,
  { runId, batch, startedAt }: Pick<Input, 'runId' | 'batch' | 'startedAt'>,
  lines: AuditLine[],
): Promise<BatchReceipt['audit']> {
  const day = startedAt.slice(0, 10);
  const outcomes = createHash('sha256')
    .update(JSON.stringify(lines.map(({ at: _, ...line }) => line)))
    .digest('hex');
  const candidates = [
    keys.audit(day, runId, batch.batch),
    keys.auditOfAttempt(day, runId, batch.batch, outcomes.slice(0, 12)),
  ];
  for (const key of candidates) {
    const facts = await createOrFind(store, key, lines, outcomes);
    if (facts) return { key, ...facts, rows: lines.length };
  }
  throw new PipelineError('DataLakeUnavailable', 'Another attempt at this batch is writing the same object');
}

/** What is at the key now; undefined for the audit of other outcomes. */
async function createOrFind(
  store: ObjectStorage,
  key: string,
  lines: AuditLine[],
  outcomes: string,
): Promise<{ bytes: number; sha256: string } | undefined> {
  const { written, bytes, sha256 } = await createJsonLines(store, key, lines, (facts) => ({
    sha256: facts.sha256,
    outcomes,
  }));
  if (written) return { bytes, sha256 };
  const found = await store.head(key);
  const { sha256: earlier } = found?.metadata ?? {};
  return found?.metadata.outcomes === outcomes && earlier !== undefined
    ? { bytes: found.bytes, sha256: earlier }
    : undefined;
}
