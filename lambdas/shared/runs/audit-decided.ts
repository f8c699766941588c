/** The audit of interactions whose outcome was clear when the run was planned. */
import { createHash } from 'node:crypto';
import { PipelineError } from '../contracts/errors.ts';
import { keys } from '../storage/layout.ts';
import type { ObjectStorage } from '../storage/object-store.ts';
import { readJsonLines } from '../storage/read-json.ts';
import type { AuditLine } from '../storage/records.ts';
import { uploadJsonLines } from '../storage/write-json-lines.ts';
import { DecidedLine, type Manifest, type Plan } from './run-records.ts';

/**
 * The manifest's entry for the audit of what was decided while planning; empty where nothing was. Streams these
 * interactions into one audit object, once: a run that is recorded again keeps the first.
 *
 * @param at time of recording, ISO 8601
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`
 */
export async function auditDecided(store: ObjectStorage, plan: Plan, at: string): Promise<Manifest['audit']> {
  if (plan.decidedKey === undefined) return [];
  const key = keys.auditOfPlan(plan.startedAt.slice(0, 10), plan.runId);
  const { written, bytes, sha256, rows } = await uploadJsonLines(
    store,
    key,
    auditLines(store, plan.decidedKey, plan.runId, at),
    { absent: true },
  );
  // The lines are the same each time, but for the time that they carry.
  return [{ key, rows, ...(written ? { bytes, sha256 } : await factsOf(store, key)) }];
}

async function* auditLines(
  store: ObjectStorage,
  decidedKey: string,
  runId: string,
  at: string,
): AsyncGenerator<AuditLine> {
  for await (const { interactionId, outcome, error } of readJsonLines(store, decidedKey, DecidedLine)) {
    const what = { interactionId, outcome, ...(error && { error }), findings: {}, maskRulesVersion: '' };
    yield { at, action: 'transcript_extracted', actor: runId, runId, jobId: '', ...what };
  }
}

async function factsOf(store: ObjectStorage, key: string): Promise<{ bytes: number; sha256: string }> {
  const found = await store.open(key);
  if (!found) throw new PipelineError('DataLakeUnavailable', 'Another attempt at recording the run writes its audit');
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of found.body as AsyncIterable<Buffer>) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  } catch {
    throw new PipelineError('DataLakeUnavailable', 'S3 did not complete GetObject');
  }
  return { bytes, sha256: hash.digest('hex') };
}
