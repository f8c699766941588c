/**
 * Interactions that were erased on request and must not come back.
 *
 * A tombstone holds the hash of the interaction's id, the time, and how many rows were where: nothing of what they said. It is written before anything is
 * erased, so that a run that starts in between does not bring the transcript back.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { isPipelineError } from '../contracts/errors.ts';
import { keys } from './layout.ts';
import type { ObjectStorage } from './object-store.ts';
import { readJson } from './read-json.ts';
import { NewerRecord } from './record-version.ts';

/** `state/tombstones/<hash>.json`: an erased interaction. */
export const Tombstone = z.object({
  schemaVersion: z.literal(1),
  /** SHA-256 of the interaction's id, in hex. */
  interactionHash: z.string().regex(/^[0-9a-f]{64}$/),
  erasedAt: z.iso.datetime(),
  /** Rows that erasures have found, by object: what was erased in all, however often one broke off. */
  found: z.record(z.string(), z.int().nonnegative()).optional(),
  /** The run whose outbox holds the event. */
  outbox: z.string().optional(),
});
export type Tombstone = z.infer<typeof Tombstone>;

/**
 * SHA-256 of the interaction's id, in hex.
 *
 * @example hashInteractionId('int-1') // '4ac333a03cd51295eeacfc4eb55ae408c95bec6fd7d06974e3a148cc831d4a6b'
 */
export function hashInteractionId(interactionId: string): string {
  return createHash('sha256').update(interactionId).digest('hex');
}

/** Why an interaction that was erased counts as missing. */
export const ERASED = 'Erased';

/** Says of an interaction whether it was erased. */
export type IsErased = (interactionId: string) => boolean;

/**
 * Says of any interaction whether it was erased. Takes one listing, a page for each thousand of them.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`
 * @example (await readTombstones(store))('int-1') // false
 */
export async function readTombstones(store: ObjectStorage): Promise<IsErased> {
  const hashes = new Set<string>();
  for await (const { key } of store.list(keys.tombstones)) {
    hashes.add(key.slice(keys.tombstones.length).replace(/\.json$/, ''));
  }
  return (interactionId) => hashes.size > 0 && hashes.has(hashInteractionId(interactionId));
}

/**
 * When the interaction was erased: the time given, or the earlier one of a tombstone that was there. Writes the tombstone
 * where there is none.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`; NewerRecord for a tombstone of a newer version
 * @example
 * await writeTombstone(store, 'int-1', '2026-11-21T00:00:00.000Z') // '2026-11-21T00:00:00.000Z'
 * await writeTombstone(store, 'int-1', '2026-11-22T00:00:00.000Z') // '2026-11-21T00:00:00.000Z'
 */
export async function writeTombstone(store: ObjectStorage, interactionId: string, erasedAt: string): Promise<string> {
  const interactionHash = hashInteractionId(interactionId);
  const tombstone: Tombstone = { schemaVersion: 1, interactionHash, erasedAt };
  const key = keys.tombstone(interactionHash);
  if ((await store.write(key, JSON.stringify(tombstone), { absent: true })).written) return erasedAt;
  try {
    return (await readJson(store, key, Tombstone))?.value.erasedAt ?? erasedAt;
  } catch (error) {
    // Its key alone keeps the interaction out: that it cannot be read must not keep others from being erased.
    if (!isPipelineError(error, 'ContractViolation') || error instanceof NewerRecord) throw error;
    return erasedAt;
  }
}
