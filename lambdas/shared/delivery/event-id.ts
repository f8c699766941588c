/** Ids that tell a receiver "this one you have": they follow from what an event says, not from when it is sent. Pure. */
import { createHash } from 'node:crypto';
import type { MediaType } from '../contracts/job-options.ts';

const PREFIX = 'msg_';

/** 128 bits of a SHA-256, in hex, behind the prefix that Standard Webhooks uses in its examples. */
function idFrom(...facts: (string | number)[]): string {
  return `${PREFIX}${createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 32)}`;
}

/**
 * Hex digits of an event's name. 64 bits: the rows of a batch are a few thousand at most, so two never look the same.
 */
export const EVENT_NAME_LENGTH = 16;

/**
 * The 16 hex digits of an event's id, 64 bits, that a checkpoint remembers of it.
 *
 * @example eventName('msg_0123456789abcdef0123456789abcdef') // '0123456789abcdef'
 */
export function eventName(id: string): string {
  return id.slice(PREFIX.length, PREFIX.length + EVENT_NAME_LENGTH);
}

export interface TranscriptIdentity {
  interactionId: string;
  mediaType: MediaType;
  schemaVersion: number;
  contentSha256: string;
  /** Where the row has one: the same text under a newer version is a new event. */
  version?: string | undefined;
}

/**
 * The id of a transcript's event: the same for retries, redrives and later runs as long as the masked content and the
 * version are the same.
 *
 * @example
 * transcriptStoredId({ interactionId: 'int-1', mediaType: 'voice', schemaVersion: 1, contentSha256: '00' })
 * // 'msg_a2262d2fa9af2d46ac76c3768257a782'
 */
export function transcriptStoredId(row: TranscriptIdentity): string {
  const { interactionId, mediaType, schemaVersion, contentSha256, version } = row;
  const versions = version === undefined ? [] : [version];
  return idFrom('transcript.stored', interactionId, mediaType, schemaVersion, contentSha256, ...versions);
}

/**
 * The id of an erasure's event: the same however often the erasure is done again.
 *
 * @example transcriptErasedId('int-1', '2026-11-21T00:00:00.000Z') // 'msg_435677ceec2cec77fef792e28433044a'
 */
export function transcriptErasedId(interactionId: string, erasedAt: string): string {
  return idFrom('transcript.erased', interactionId, erasedAt);
}

/**
 * The id of the event that a run has ended.
 *
 * @example runCompletedId('daily') // 'msg_dcf4c85a49f5779f302de284ee48f6f9'
 */
export function runCompletedId(runId: string): string {
  return idFrom('run.completed', runId);
}
