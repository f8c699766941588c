/** A stored run for the benchmark of the delivery: the same one in every process. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { buildTranscriptEvent } from '../../lambdas/shared/delivery/transcript-events.ts';
import { keys } from '../../lambdas/shared/storage/layout.ts';
import { type BatchReceipt, outcomeCounts, type StoredPart } from '../../lambdas/shared/storage/records.ts';
import { generateCorpus } from '../transcripts.ts';

/** Enough that starting up does not count: some seconds of delivery. */
export const TRANSCRIPTS = 10_000;
const BATCH_SIZE = 100;
/** About what a phone call of ten minutes takes. */
const TRANSCRIPT_BYTES = 10_000;
const AT = '2026-11-22T10:00:00.000Z';

/** A run to be stored. */
interface RunToStore {
  runId: string;
  batches: number;
  /** Rows of each batch. */
  size: number;
}

const WHOLE: RunToStore = { runId: 'bench', batches: TRANSCRIPTS / BATCH_SIZE, size: BATCH_SIZE };

/** Rows of one batch as text; each has its own id and content. */
function rowsOf({ runId, size }: RunToStore, batch: number, talk: readonly string[]): string[] {
  return Array.from({ length: size }, (_, index) => {
    const turns: string[] = [];
    for (let bytes = 0, at = batch * size + index; bytes < TRANSCRIPT_BYTES; at += 1) {
      const text = talk[at % talk.length] ?? '';
      turns.push(text);
      bytes += text.length + 3;
    }
    const transcript = JSON.stringify({ batch, index, turns });
    const contentSha256 = createHash('sha256').update(transcript).digest('hex');
    const head = `{"schemaVersion":1,"interactionId":"int-${batch}-${index}","mediaType":"voice","timestamp":"${AT}"`;
    const tail = { masked: true, maskRulesVersion: '1', findings: {}, contentSha256, runId, jobId: 'job' };
    return `${head},"transcript":${transcript},${JSON.stringify({ ...tail, extractedAt: AT }).slice(1)}`;
  });
}

const receiptOf = ({ runId, size }: RunToStore, batch: number, part: StoredPart): BatchReceipt => ({
  schemaVersion: 1,
  runId,
  batch,
  jobId: 'job',
  requested: size,
  interactionIds: [],
  counts: outcomeCounts({ stored: size }),
  superseded: 0,
  extras: { unrequested: 0, duplicate: 0, unreadable: 0 },
  parts: [part],
  audit: { key: 'audit', bytes: 0, sha256: '0'.repeat(64), rows: size },
  findings: {},
  maskRulesVersion: '1',
  unstored: [],
  resultBytes: 0,
  polls: 1,
  submissions: 1,
  storedAt: AT,
});

export interface StoredBatch {
  receipt: BatchReceipt;
  /** The part's key and bytes. */
  part: { key: string; bytes: Buffer };
  rows: string[];
}

/**
 * The batches of the run, as the store step leaves them.
 *
 * @example [...storedBatches()].length // 100
 */
export function* storedBatches(run = WHOLE): Generator<StoredBatch> {
  const { texts } = generateCorpus({ bytes: 200_000, personal: 0, withDigits: 0.1, twoByte: false });
  for (let batch = 0; batch < run.batches; batch += 1) {
    const rows = rowsOf(run, batch, texts);
    const bytes = gzipSync(`${rows.join('\n')}\n`);
    const key = keys.transcripts('voice', '2026-11-22', run.runId, batch);
    const part: StoredPart = {
      key,
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      etag: '',
      rows: rows.length,
      mediaType: 'voice',
      day: '2026-11-22',
      minTimestamp: AT,
      maxTimestamp: AT,
    };
    yield { receipt: receiptOf(run, batch, part), part: { key, bytes }, rows };
  }
}

/**
 * The bodies of the run's events.
 *
 * @example eventBodies().length // 10000
 */
export function eventBodies(): Buffer[] {
  return [...storedBatches()].flatMap(({ receipt, rows }) => {
    const context = { bucket: 'bench', receipt, maxBytes: 262_144 };
    const [part] = receipt.parts as [StoredPart];
    return rows.map((row, index) => buildTranscriptEvent(row, part, index + 1, context).body);
  });
}
