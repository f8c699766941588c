/**
 * Transcripts that are to be erased since the vendor has given ones without names in their place.
 *
 * Which they are, the receipts of the run say that stored the others. A note in `state/` says that a run has such receipts:
 * a run that ends before they are seen to leaves its note to the next one.
 */
import * as z from 'zod';
import { RunId } from '../contracts/ids.ts';
import { keys } from '../storage/layout.ts';
import type { ObjectStorage } from '../storage/object-store.ts';

/** `state/replaced/<runId>.json` */
export const ReplacedNote = z.object({
  schemaVersion: z.literal(1),
  runId: RunId,
  /** Days that were seen to. */
  doneDays: z.array(z.iso.date()),
});
export type ReplacedNote = z.infer<typeof ReplacedNote>;

/**
 * Notes that a run has receipts with `replaced` in them. Where there is a note, it stays.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`
 * @example await noteReplaced(store, 'daily-1') // state/replaced/daily-1.json
 */
export async function noteReplaced(store: Pick<ObjectStorage, 'write'>, runId: string): Promise<void> {
  const note: ReplacedNote = { schemaVersion: 1, runId, doneDays: [] };
  await store.write(keys.replacedBy(runId), JSON.stringify(note), { absent: true });
}

/**
 * How many runs have a note: this one's, and those of runs that ended before theirs was seen to.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`
 * @example await countReplaced(store) // 0, as a rule
 */
export async function countReplaced(store: Pick<ObjectStorage, 'list'>): Promise<number> {
  let notes = 0;
  for await (const _ of store.list(keys.replaced)) notes += 1;
  return notes;
}
