/** How far a schedule has come: one small object for each schedule, changed only by compare-and-swap. */
import * as z from 'zod';
import { RunId } from '../contracts/ids.ts';
import { compareAndSwap, unchanged } from '../storage/compare-and-swap.ts';
import { keys } from '../storage/layout.ts';
import type { ObjectStorage } from '../storage/object-store.ts';
import { readJson, readJsonLinesIfAny } from '../storage/read-json.ts';
import { uploadJsonLines } from '../storage/write-json-lines.ts';
import { mergeBacklog } from './merge-backlog.ts';
import { type Plan, UnfinishedLine } from './run-records.ts';

/** `state/watermarks/<schedule>.json`: how far a schedule has come. */
export const Watermark = z.object({
  schemaVersion: z.literal(1),
  /** Everything that started before it is stored, or on the backlog, or was accounted for otherwise. */
  watermark: z.iso.datetime(),
  /** Where the first run of the schedule began; left out in what versions before have written. */
  since: z.iso.datetime().optional(),
  /** Interactions that the next run takes again; left out where there are none. */
  backlogKey: z.string().optional(),
  /** The run that advanced it last. */
  runId: RunId,
  advancedAt: z.iso.datetime(),
});
export type Watermark = z.infer<typeof Watermark>;

/**
 * The watermark of a schedule with its ETag, or undefined before its first run has ended.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 * @example (await readWatermark(store, 'daily'))?.value.watermark // '2026-11-21T00:00:00.000Z'
 */
export async function readWatermark(
  store: ObjectStorage,
  schedule: string,
): Promise<{ value: Watermark; etag: string } | undefined> {
  return readJson(store, keys.watermark(schedule), Watermark);
}

/**
 * The interactions that earlier runs left, none where no key is given; undefined when the object that the key names is
 * gone: what it listed is not known any more.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 */
export async function readBacklog(
  store: ObjectStorage,
  key: string | undefined,
): Promise<UnfinishedLine[] | undefined> {
  if (key === undefined) return [];
  const lines = await Array.fromAsync(readJsonLinesIfAny(store, key, UnfinishedLine));
  return lines.length === 0 && !(await store.head(key)) ? undefined : lines;
}

/**
 * Moves the schedule's watermark to the end of what the run has searched, never back, together with the backlog: one
 * write changes both. Done again, it changes nothing.
 *
 * @param unfinished what the run found but did not store
 * @throws PipelineError `DataLakeUnavailable`, also when other runs keep moving it; `DataLakeRejected`,
 *   `ContractViolation`
 */
export async function advanceWatermark(
  store: ObjectStorage,
  plan: Plan,
  unfinished: readonly UnfinishedLine[],
  at: string,
): Promise<void> {
  const { runId, window } = plan;
  const schedule = plan.reference.schedule;
  if (!window || schedule === undefined) return;
  await compareAndSwap(async () => {
    const found = await readWatermark(store, schedule);
    if (found?.value.runId === runId) return undefined;
    const before = found?.value;
    const backlog = mergeBacklog({
      current: (await readBacklog(store, before?.backlogKey)) ?? [],
      isTakenOver: before?.backlogKey === plan.takenOverKey,
      unfinished,
      windowFrom: window.from,
    });
    const backlogKey = backlog.length > 0 ? keys.backlog(schedule, runId) : undefined;
    if (backlogKey !== undefined) await uploadJsonLines(store, backlogKey, backlog);
    const next: Watermark = {
      schemaVersion: 1,
      watermark: before && before.watermark > window.to ? before.watermark : window.to,
      since: before?.since !== undefined && before.since < window.from ? before.since : window.from,
      ...(backlogKey !== undefined && { backlogKey }),
      runId,
      advancedAt: at,
    };
    return store.write(keys.watermark(schedule), JSON.stringify(next), unchanged(found));
  }, 'The watermark kept changing');
}
