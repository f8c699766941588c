/** Ids that tell a receiver "this one you have": they follow from what an event says, not from when it is sent. Pure. */
import { createHash } from 'node:crypto';
import type { MediaType } from '../contracts/job-options.ts';

const PREFIX = 'msg_';

/** 128 bits of a SHA-256, in hex, behind the prefix that Standard Webhooks uses in its examples. */
function idFrom(...facts: (string | number)[]): string {
  return `${PREFIX}${createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 32)}`;
}

export const EVENT_NAME_LENGTH = 16;

/** What is remembered of an id, 64 bits of it: `msg_0123456789abcdef0123…` -> `0123456789abcdef` */
export function eventName(id: string): string {
  return id.slice(PREFIX.length, PREFIX.length + EVENT_NAME_LENGTH);
}

export interface TranscriptIdentity {
  interactionId: string;
  mediaType: MediaType;
  schemaVersion: number;
  contentSha256: string;
}

/** The same for retries, redrives and later runs as long as the masked content is the same. */
export function transcriptStoredId(row: TranscriptIdentity): string {
  return idFrom('transcript.stored', row.interactionId, row.mediaType, row.schemaVersion, row.contentSha256);
}

export function transcriptErasedId(interactionId: string, erasedAt: string): string {
  return idFrom('transcript.erased', interactionId, erasedAt);
}

export function runCompletedId(runId: string): string {
  return idFrom('run.completed', runId);
}
