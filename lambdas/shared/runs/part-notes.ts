/**
 * Which parts a batch is about to write, noted before the first of them.
 *
 * When the batch is given up, what an attempt that broke off has left is found by its notes: without them one would have
 * to look through every day of the lake, which takes longer the older it is.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { PipelineError } from '../contracts/errors.ts';
import { keys, partOrigin } from '../storage/layout.ts';
import type { ObjectStorage } from '../storage/object-store.ts';
import { readJson } from '../storage/read-json.ts';

const PartNote = z.object({ schemaVersion: z.literal(1), keys: z.array(z.string()) });

/**
 * Notes the keys that an attempt at a batch writes. Attempts that write other keys have notes of their own.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`
 */
export async function noteParts(
  store: Pick<ObjectStorage, 'write'>,
  runId: string,
  batch: number,
  partKeys: readonly string[],
): Promise<void> {
  if (partKeys.length === 0) return;
  const body = JSON.stringify({ schemaVersion: 1, keys: partKeys });
  const name = createHash('sha256').update(body).digest('hex').slice(0, 16);
  await store.write(keys.partNote(runId, batch, name), body);
}

/** More attempts than one batch ever has. */
const MAX_ATTEMPTS = 10_000;

/**
 * A number that no other attempt at the batch has, with the parts noted that are written under it. Attempts at transcripts
 * that are fetched one by one come to different parts: none of them may write over those of another.
 *
 * @param from the first number to try
 * @param keysOf the parts by that number
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`
 * @example
 * await claimPartNumber(store, 'daily-1', 0, 1, (number) => [keys.transcripts('voice', day, 'daily-1', 0, number)]) // 1
 */
export async function claimPartNumber(
  store: Pick<ObjectStorage, 'write'>,
  runId: string,
  batch: number,
  from: number,
  keysOf: (number: number) => string[],
): Promise<number> {
  for (let number = from; number < from + MAX_ATTEMPTS; number += 1) {
    const body = JSON.stringify({ schemaVersion: 1, keys: keysOf(number) });
    const { written } = await store.write(keys.partNote(runId, batch, `p${number}`), body, { absent: true });
    if (written) return number;
  }
  throw new PipelineError('DataLakeUnavailable', 'Too many attempts at this batch broke off');
}

/**
 * The keys of parts that attempts at these batches of a run have written, or were about to; of those batches alone.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 */
export async function* notedParts(
  store: ObjectStorage,
  runId: string,
  batches: { has(batch: number): boolean },
): AsyncGenerator<string> {
  for await (const { key } of store.list(keys.partNotes(runId))) {
    const batch = Number(/\/parts\/(\d+)\//.exec(key)?.[1]);
    if (batches.has(batch)) yield* partsOfNote(store, key, runId, batch);
  }
}

/**
 * Deletes what attempts at a batch have written beside the parts that count: one that broke off may have fetched other
 * interactions than the one that came after it.
 *
 * @param kept keys of the parts that the batch's receipt lists; it is written by now
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 */
export async function deleteStrayParts(
  store: ObjectStorage,
  runId: string,
  batch: number,
  kept: ReadonlySet<string>,
): Promise<void> {
  for await (const { key } of store.list(keys.partNotesOfBatch(runId, batch))) {
    for await (const part of partsOfNote(store, key, runId, batch)) if (!kept.has(part)) await store.delete(part);
  }
}

async function* partsOfNote(store: ObjectStorage, key: string, runId: string, batch: number): AsyncGenerator<string> {
  for (const part of (await readJson(store, key, PartNote))?.value.keys ?? []) {
    const origin = partOrigin(part);
    if (origin?.runId === runId && origin.batch === batch) yield part;
  }
}
