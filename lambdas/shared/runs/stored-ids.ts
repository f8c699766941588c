/**
 * Which interactions are stored already.
 *
 * A planner notes for each day which of its batches hold interactions that started on it. The receipts of these batches,
 * which exist only once everything in them is stored, name the interactions. So a run that died counts as far as it
 * came, and there is no second list of what is stored that could disagree with the first.
 */
import * as z from 'zod';
import { Batch } from '../contracts/batch.ts';
import { isPipelineError, PipelineError } from '../contracts/errors.ts';
import { RunId } from '../contracts/ids.ts';
import { daysBetween } from '../lib/days.ts';
import { IdSet } from '../lib/id-set.ts';
import { mapConcurrently } from '../lib/map-concurrently.ts';
import { unchanged } from '../storage/compare-and-swap.ts';
import { keys, receiptBatch } from '../storage/layout.ts';
import type { ObjectStorage } from '../storage/object-store.ts';
import { readJson, readJsonLinesIfAny } from '../storage/read-json.ts';
import { NewerRecord } from '../storage/record-version.ts';
import { BatchReceipt } from '../storage/records.ts';

const READS_AT_ONCE = 32;

/**
 * The ids of `wanted` that some run has stored, some of them maybe twice. One listing for each day, one read for each
 * batch on these days; memory does not grow with what is found.
 *
 * @param days on which they may have started, `YYYY-MM-DD`
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 * @example storedAmong(store, ['2026-11-21'], new Set(['int-1', 'int-2'])) // yields 'int-2'
 */
export async function* storedAmong(
  store: ObjectStorage,
  days: Iterable<string>,
  wanted: { has(interactionId: string): boolean; readonly size: number },
): AsyncGenerator<string> {
  for await (const { interactionId } of storedVersions(store, days, wanted)) yield interactionId;
}

/** A transcript that is stored, as a run's receipt tells of it. */
export interface StoredVersion {
  interactionId: string;
  /** Left out for a source without versions. */
  version?: string | undefined;
  /** The vendor had taken names out of it. */
  isAnonymised: boolean;
}

/**
 * The versions in which interactions of `wanted` are stored: each as often as some run has stored it, in no order. Costs as
 * {@link storedAmong}.
 *
 * @param days on which they may have started, `YYYY-MM-DD`
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 * @example
 * storedVersions(store, ['2026-11-21'], new Set(['seg-1']))
 * // yields { interactionId: 'seg-1', version: '2026-11-21T10:00:00Z', isAnonymised: false }
 */
export async function* storedVersions(
  store: ObjectStorage,
  days: Iterable<string>,
  wanted: { has(interactionId: string): boolean; readonly size: number },
): AsyncGenerator<StoredVersion> {
  if (wanted.size === 0) return;
  for await (const { interactionIds, unstored, versions = {}, anonymised } of receiptsOnDays(store, days)) {
    const lacking = new Set(unstored.map(({ interactionId }) => interactionId));
    const withoutNames = new Set(anonymised);
    for (const interactionId of interactionIds) {
      if (lacking.has(interactionId) || !wanted.has(interactionId)) continue;
      yield { interactionId, version: versions[interactionId], isAnonymised: withoutNames.has(interactionId) };
    }
  }
}

/**
 * The receipts of the batches that may hold interactions which started on these days, each once and in no order. A batch
 * that is still under way, or was given up before it had one, has none.
 *
 * @param days `YYYY-MM-DD`
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 */
export async function* receiptsOnDays(store: ObjectStorage, days: Iterable<string>): AsyncGenerator<BatchReceipt> {
  const receipts = mapConcurrently(await receiptsOf(store, days), READS_AT_ONCE, (key) =>
    readJson(store, key, BatchReceipt),
  );
  for await (const receipt of receipts) if (receipt) yield receipt.value;
}

/**
 * The days, `YYYY-MM-DD`, on which anything may be stored, the latest first. One listing, of a key for each run and day.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`
 * @example await storedDays(store) // ['2026-11-21', '2026-11-20']
 */
export async function storedDays(store: Pick<ObjectStorage, 'list'>): Promise<string[]> {
  const days = new Set<string>();
  for await (const { key } of store.list(keys.days)) {
    const [, day] = /\/dt=(\d{4}-\d{2}-\d{2})\//.exec(key) ?? [];
    if (day !== undefined) days.add(day);
  }
  return [...days].sort().reverse();
}

/**
 * Notes that a batch has stored transcripts of days which its plan did not know, so that they are found there. Done before
 * its receipt is written; done again, it changes nothing.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`
 */
export async function noteDaysOfBatch(
  store: Pick<ObjectStorage, 'write'>,
  runId: string,
  batch: number,
  days: Iterable<string>,
): Promise<void> {
  const note = JSON.stringify({ schemaVersion: 1, runId, firstBatch: batch, lastBatch: batch });
  // Every attempt notes the same: where a note is, it stays.
  for (const day of days) await store.write(keys.batchOnDay(day, runId, batch), note, { absent: true });
}

/**
 * Keys of the receipts of all batches that may have stored something on the days; some of them may not be there yet.
 *
 * @param days `YYYY-MM-DD`
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 * @example await receiptsOf(store, ['2026-11-21']) // Set { 'runs/daily-1/batches/000000.json' }
 */
export async function receiptsOf(store: ObjectStorage, days: Iterable<string>): Promise<Set<string>> {
  const receipts = new Set<string>();
  for (const day of new Set(days)) {
    const notes = mapConcurrently(store.list(keys.batchesOfDay(day)), READS_AT_ONCE, ({ key }) =>
      readJson(store, key, BatchesOfDay),
    );
    for await (const note of notes) {
      if (!note) continue;
      const { runId, firstBatch, lastBatch, ranges = [[firstBatch, lastBatch] as const] } = note.value;
      for (const [first, last] of ranges) {
        for (let batch = first; batch <= last; batch += 1) receipts.add(keys.receipt(runId, batch));
      }
    }
  }
  return receipts;
}

/** `state/days/dt=<day>/<runId>.json`: the batches of a run that may hold interactions which started on that day. */
const BatchesOfDay = z.object({
  schemaVersion: z.literal(1),
  runId: RunId,
  firstBatch: z.int().nonnegative(),
  lastBatch: z.int().nonnegative(),
  /** The same more exactly: a day's batches come in a few runs of numbers. */
  ranges: z.array(z.tuple([z.int().nonnegative(), z.int().nonnegative()])).optional(),
});

/** First and last batch by day, and the runs of numbers between them. */
export type DayIndex = Map<string, { firstBatch: number; lastBatch: number; ranges: [number, number][] }>;

/** Ranges that a note may have; what comes after that widens the last one. */
const MAX_RANGES = 32;

/**
 * Adds a batch to the index, in place. Batches come in ascending order. Pure.
 *
 * @example
 * indexBatch(index, { batch: 4, interactionIds, days: { first: '2026-11-20', last: '2026-11-21' } });
 * index.get('2026-11-21') // { firstBatch: 4, lastBatch: 4, ranges: [[4, 4]] }
 */
export function indexBatch(index: DayIndex, { batch, days }: Batch): void {
  for (const day of days ? daysBetween(days) : []) {
    const entry = index.get(day);
    if (!entry) {
      index.set(day, { firstBatch: batch, lastBatch: batch, ranges: [[batch, batch]] });
      continue;
    }
    const last = entry.ranges.at(-1);
    if (last && (batch === entry.lastBatch + 1 || entry.ranges.length === MAX_RANGES)) last[1] = batch;
    else entry.ranges.push([batch, batch]);
    entry.lastBatch = batch;
  }
}

/**
 * Notes the days of a run's batches, over what an attempt at planning that broke off has noted. Done before the first
 * batch can be stored.
 *
 * @throws PipelineError `DataLakeUnavailable`, also when another attempt is writing too; `DataLakeRejected`
 */
export async function writeDayIndex(store: ObjectStorage, runId: string, index: DayIndex): Promise<void> {
  const notes = mapConcurrently(index, READS_AT_ONCE, async ([day, range]) => {
    const key = keys.batchesOfRunOnDay(day, runId);
    const earlier = await store.head(key);
    const note = JSON.stringify({ schemaVersion: 1, runId, ...range });
    const { written } = await store.write(key, note, unchanged(earlier));
    if (!written) throw new PipelineError('DataLakeUnavailable', 'Another attempt at this run is being planned');
  });
  for await (const _ of notes);
}

/**
 * The interactions that open runs have planned and not finished, those of `except` aside. A run whose batches have
 * expired holds none: nothing of it can be under way any more.
 *
 * @param onUnreadable told of a run whose batches cannot be read, and why; such a run counts for nothing then. Without
 *   it, that is an error
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 */
export async function claimedIds(
  store: ObjectStorage,
  runs: readonly { runId: string; batchesKey: string }[],
  except: string,
  onUnreadable?: (runId: string, errorName: string) => void,
): Promise<IdSet> {
  const claimed = new IdSet();
  for (const run of runs) {
    const { runId } = run;
    if (runId === except) continue;
    try {
      for await (const { interactionIds } of batchesUnderWay(store, run)) {
        for (const id of interactionIds) claimed.add(id);
      }
    } catch (error) {
      const isDamaged = isPipelineError(error, 'ContractViolation') || isPipelineError(error, 'DataLakeRejected');
      // A newer version may be at it this moment: to take what it is at would be to take it twice.
      if (!onUnreadable || !isDamaged || error instanceof NewerRecord) throw error;
      onUnreadable(runId, error.name);
    }
  }
  return claimed;
}

/**
 * The batches of an open run that are not done.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 * @example batchesUnderWay(store, { runId: 'r1', batchesKey }) // yields { batch: 3, interactionIds: ['int-7'] }
 */
export async function* batchesUnderWay(
  store: ObjectStorage,
  { runId, batchesKey }: { runId: string; batchesKey: string },
): AsyncGenerator<Batch> {
  const done = new Set<number>();
  for await (const { key } of store.list(keys.receipts(runId))) done.add(receiptBatch(key));
  for await (const batch of readJsonLinesIfAny(store, batchesKey, Batch)) if (!done.has(batch.batch)) yield batch;
}
