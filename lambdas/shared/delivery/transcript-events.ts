/** Events from the rows of a batch, one at a time, as the bytes that are signed and sent. */
import * as z from 'zod';
import { isPipelineError, PipelineError } from '../contracts/errors.ts';
import { MediaType } from '../contracts/job-options.ts';
import { SourceName } from '../contracts/source-name.ts';
import type { ObjectStorage } from '../storage/object-store.ts';
import { NewerRecord, refuseNewer } from '../storage/record-version.ts';
import { type BatchReceipt, ROW_SCHEMA_VERSION, type StoredPart } from '../storage/records.ts';
import { transcriptStoredId } from './event-id.ts';

/** What the event says of a row; the rest of it is carried over as text, so that numbers keep their digits. */
const RowHead = z.object({
  schemaVersion: z.literal(ROW_SCHEMA_VERSION),
  interactionId: z.string(),
  mediaType: MediaType,
  contentSha256: z.string(),
  source: SourceName.optional(),
  version: z.string().optional(),
  supersedes: z.string().optional(),
});

export interface WebhookEvent {
  id: string;
  body: Buffer;
}

export interface EventContext {
  bucket: string;
  receipt: Pick<BatchReceipt, 'runId' | 'batch' | 'storedAt'>;
  /** Larger events are sent without the row. */
  maxBytes: number;
}

/**
 * The event of a row: its id, and its body as it is signed and sent. Without the row where it would be too large.
 *
 * @param row the row's JSON text
 * @param line the row's line in the part, from 1
 * @throws PipelineError `ContractViolation` for a row that is not of the form that was written
 * @example
 * buildTranscriptEvent('{"schemaVersion":1,…}', part, 1, context).body
 * // {"type":"transcript.stored",…,"row":{…}}
 */
export function buildTranscriptEvent(row: string, part: StoredPart, line: number, context: EventContext): WebhookEvent {
  const head = parseHead(row, part.key);
  const { runId, batch, storedAt } = context.receipt;
  const { schemaVersion, interactionId, mediaType, contentSha256, source, version, supersedes } = head;
  const versions = { ...(source && { source }), ...(version && { version }), ...(supersedes && { supersedes }) };
  const object = { bucket: context.bucket, key: part.key, sha256: part.sha256, line };
  const data = { schemaVersion, interactionId, mediaType, ...versions, contentSha256, runId, batch, object };
  const pointer = JSON.stringify({ type: 'transcript.stored', timestamp: storedAt, data });
  const full = Buffer.from(`${pointer.slice(0, -2)},"row":${row}}}`);
  return { id: transcriptStoredId(head), body: full.length > context.maxBytes ? Buffer.from(pointer) : full };
}

/**
 * The id of a row's event, and the interaction that the row belongs to.
 *
 * @param where the row is, for an error: the key of its part
 * @throws PipelineError `ContractViolation` for a row that is not of the form that was written
 * @example eventIdOf('{"schemaVersion":1,"interactionId":"int-1",…}') // { id: 'msg_a226…', interactionId: 'int-1' }
 */
export function eventIdOf(row: string, where = 'A stored row'): { id: string; interactionId: string } {
  const head = parseHead(row, where);
  return { id: transcriptStoredId(head), interactionId: head.interactionId };
}

/**
 * True when the row is not there any more, or not of the form that was written: no later attempt would find it. A row of a
 * newer version is not lost: it is delivered after an upgrade.
 *
 * @example isLostRow(new PipelineError('DataLakeUnavailable', 'S3 did not answer')) // false
 */
export function isLostRow(error: unknown): boolean {
  if (error instanceof NewerRecord) return false;
  return (
    isPipelineError(error, 'ContractViolation') || (isPipelineError(error, 'DataLakeRejected') && error.status === 404)
  );
}

function parseHead(row: string, where: string): z.infer<typeof RowHead> {
  try {
    const value: unknown = JSON.parse(row);
    refuseNewer(RowHead, value, where);
    return RowHead.parse(value);
  } catch (error) {
    if (error instanceof NewerRecord) throw error;
    // What JSON.parse and zod throw may quote the row.
    throw new PipelineError('ContractViolation', 'A stored row is not of the form that was written');
  }
}

export interface RowOfBatch {
  /** Position over all parts of the batch, from 0. */
  index: number;
  part: StoredPart;
  /** Position in its part, from 1. */
  line: number;
  text: string;
}

/**
 * The rows of a batch that are wanted, in order. Parts without any are not read.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`
 * @example
 * readRows(store, receipt, (index) => ledger.isPending(index))
 * // yields { index: 7, part, line: 8, text: '{…}' }
 */
export async function* readRows(
  store: Pick<ObjectStorage, 'readLines'>,
  { parts }: Pick<BatchReceipt, 'parts'>,
  isWanted: (index: number) => boolean,
): AsyncGenerator<RowOfBatch> {
  let first = 0;
  for (const part of parts) {
    const end = first + part.rows;
    if (hasAny(first, end, isWanted)) {
      let index = first;
      for await (const text of store.readLines(part.key)) {
        if (index >= end) break;
        if (isWanted(index)) yield { index, part, line: index - first + 1, text };
        index += 1;
      }
    }
    first = end;
  }
}

function hasAny(from: number, to: number, isWanted: (index: number) => boolean): boolean {
  for (let index = from; index < to; index += 1) if (isWanted(index)) return true;
  return false;
}
