/** The event that tells the data lake of one stored transcript. Pure. */
import { createHash } from 'node:crypto';
import type { StoredPart, TranscriptRow } from '../shared/records.ts';

/**
 * The same over retries, redrives and later extractions of unchanged content, so that a receiver recognises a repeat.
 */
export function eventId(
  row: Pick<TranscriptRow, 'interactionId' | 'mediaType' | 'schemaVersion' | 'contentSha256'>,
): string {
  const identity = [row.interactionId, row.mediaType, row.schemaVersion, row.contentSha256].join('\n');
  return `msg_${createHash('sha256').update(identity).digest('base64url').slice(0, 32)}`;
}

/** Body of the request. `rowJson` is the row's own text, so that its numbers keep their digits. */
export function eventBody(row: TranscriptRow, rowJson: string, part: StoredPart): string {
  const head = {
    type: 'transcript.stored',
    timestamp: row.extractedAt,
    interactionId: row.interactionId,
    mediaType: row.mediaType,
    contentSha256: row.contentSha256,
    object: { key: part.key, sha256: part.sha256 },
  };
  return `${JSON.stringify(head).slice(0, -1)},"data":${rowJson}}`;
}
