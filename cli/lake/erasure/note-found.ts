/**
 * Notes in the tombstone what an erasure has found, before it takes it out: one that broke off and is done again finds
 * only what is left, and is still to say what was erased in all.
 */
import { compareAndSwap } from '../../../lambdas/shared/storage/compare-and-swap.ts';
import { keys } from '../../../lambdas/shared/storage/layout.ts';
import type { ObjectStorage } from '../../../lambdas/shared/storage/object-store.ts';
import { readRecord, UnreadableObject } from '../../../lambdas/shared/storage/read-record.ts';
import { hashInteractionId, Tombstone } from '../../../lambdas/shared/storage/tombstones.ts';

const MAX_TRIES = 5;

export interface Found {
  /** Rows of the interaction, by object. */
  rows: Readonly<Record<string, number>>;
  /** The run whose outbox is to hold the event, if none was chosen before. */
  outbox: string;
}

export interface FoundInAll {
  /** Rows, by object, of this erasure and of those before it. */
  rows: Readonly<Record<string, number>>;
  /** The run whose outbox holds the event. */
  outbox: string | undefined;
}

/**
 * What was found of an interaction in all, now noted in its tombstone; only what is given where that cannot be read.
 *
 * @throws PipelineError `DataLakeUnavailable` when another writer keeps changing it
 * @example
 * await noteFound(store, 'int-1', { rows: { 'transcripts/b': 1 }, outbox: 'r2' })
 * // { rows: { 'transcripts/a': 1, 'transcripts/b': 1 }, outbox: 'r1' }, of an erasure before it too
 */
export async function noteFound(store: ObjectStorage, interactionId: string, now?: Found): Promise<FoundInAll> {
  const key = keys.tombstone(hashInteractionId(interactionId));
  const attempt = async () => {
    const found = await readTombstone(store, key);
    if (!found) return { written: true as const, all: { rows: now?.rows ?? {}, outbox: now?.outbox } };
    const before = { rows: found.value.found ?? {}, outbox: found.value.outbox };
    if (!now) return { written: true as const, all: before };
    const all = { rows: mergeFound(before.rows, now.rows), outbox: before.outbox ?? now.outbox };
    const body = JSON.stringify({ ...found.raw, found: all.rows, outbox: all.outbox });
    const { written } = await store.write(key, body, { etag: found.etag });
    return written ? { written, all } : { written };
  };
  return (await compareAndSwap(attempt, 'A tombstone kept changing', MAX_TRIES)).all;
}

/** What was seen twice is the same rows; a part never gets more of them. Pure. */
function mergeFound(
  before: Readonly<Record<string, number>>,
  now: Readonly<Record<string, number>>,
): Record<string, number> {
  const all = { ...before };
  for (const [key, rows] of Object.entries(now)) all[key] = Math.max(all[key] ?? 0, rows);
  return all;
}

/**
 * The rows that were found in all. Compacted files hold copies: they count where nothing else was left. Pure.
 *
 * @example
 * countFound({ 'transcripts/a': 1, 'transcripts/b': 1, 'compacted/c': 1 }) // 2
 * countFound({ 'compacted/c': 1 }) // 1
 */
export function countFound(rows: Readonly<Record<string, number>>): number {
  const sum = (isCounted: (key: string) => boolean) =>
    Object.entries(rows).reduce((total, [key, count]) => total + (isCounted(key) ? count : 0), 0);
  return sum((key) => !key.startsWith('compacted/')) || sum(() => true);
}

async function readTombstone(store: ObjectStorage, key: string) {
  try {
    return await readRecord(store, key, Tombstone);
  } catch (error) {
    // Its key alone keeps the interaction out: that it cannot be read must not hold up an erasure.
    if (error instanceof UnreadableObject) return undefined;
    throw error;
  }
}
