/** `runs/<runId>/pace.json`: the rate at which the webhook takes the events of a run, for the calls that come after. */
import * as z from 'zod';
import type { LearntRate } from '../lib/pacing/learnt-rate.ts';
import { keys } from '../storage/layout.ts';
import type { ObjectStorage } from '../storage/object-store.ts';
import { readJson } from '../storage/read-json.ts';

/** What one call of the function was taken; those at work at the same time have their own shares of what the webhook bears. */
const PaceNote = z.object({
  schemaVersion: z.literal(1),
  /** Requests per second that it was last known to bear. */
  perSecond: z.number().positive(),
  /** The rate begins a little below that here, and comes back by time alone. */
  from: z.iso.datetime(),
  /** Milliseconds until it is back. */
  probeMs: z.int().positive(),
});

/**
 * What the latest call to be refused has learnt; undefined while none was.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 * @example await readPace(store, 'daily-1') // { ceiling: 20, fromMs: 1_795_000_000_000, probeMs: 20_000 }
 */
export async function readPace(store: ObjectStorage, runId: string): Promise<LearntRate | undefined> {
  const note = (await readJson(store, keys.pace(runId), PaceNote))?.value;
  return note && { ceiling: note.perSecond, fromMs: Date.parse(note.from), probeMs: note.probeMs };
}

/**
 * Notes what a call has learnt: the last one to end is right.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`
 * @example await notePace(store, 'daily-1', { ceiling: 20, fromMs: Date.now(), probeMs: 20_000 })
 */
export async function notePace(store: ObjectStorage, runId: string, learnt: LearntRate): Promise<void> {
  const { ceiling: perSecond, fromMs, probeMs } = learnt;
  const note: z.infer<typeof PaceNote> = { schemaVersion: 1, perSecond, from: new Date(fromMs).toISOString(), probeMs };
  await store.write(keys.pace(runId), JSON.stringify(note));
}
