/** Sees to every note about replaced transcripts, as far as one call has time. */
import { PipelineError } from '../shared/contracts/errors.ts';
import type { ErasableLake } from '../shared/erasure/affected-run.ts';
import { readReceipts } from '../shared/runs/read-receipts.ts';
import { countReplaced, ReplacedNote } from '../shared/runs/replaced-versions.ts';
import { keys } from '../shared/storage/layout.ts';
import { type FoundRecord, readRecord, UnreadableObject } from '../shared/storage/read-record.ts';
import { eraseOnDay } from './erase-on-day.ts';
import { replacedByDay } from './find-replaced.ts';

export interface Call {
  /** Now, ISO 8601. */
  at: string;
  scratch: string;
  /** Whether to begin with another day. */
  hasTime(): boolean;
}

/**
 * How many notes are left for a further call. The first day of a call is always seen to, so that each one gets further.
 *
 * @throws UnreadableObject that names what cannot be gone by, once everything else is seen to: the note stays, and the next
 *   run tries it again
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`
 * @example await eraseReplaced(lake, { at, scratch, hasTime: () => true }) // { pending: 0 }
 */
export async function eraseReplaced(lake: ErasableLake, call: Call): Promise<{ pending: number }> {
  const { store } = lake;
  let unreadable: UnreadableObject | undefined;
  let isFirst = true;
  const mayGoOn = () => {
    const may = isFirst || call.hasTime();
    isFirst = false;
    return may;
  };
  for (const key of await notesIn(lake)) {
    try {
      const note = await readRecord(store, key, ReplacedNote);
      if (!note) continue;
      if (!(await seeTo(lake, key, note, call, mayGoOn))) return { pending: await countReplaced(store) };
      await store.delete(key);
    } catch (error) {
      if (!(error instanceof UnreadableObject)) throw error;
      unreadable = error;
    }
  }
  if (unreadable) throw unreadable;
  return { pending: 0 };
}

async function notesIn({ store }: ErasableLake): Promise<string[]> {
  return (await Array.fromAsync(store.list(keys.replaced))).map(({ key }) => key);
}

/** @returns false when time was up before all days were seen to */
async function seeTo(
  lake: ErasableLake,
  key: string,
  note: FoundRecord<ReplacedNote>,
  { at, scratch }: Call,
  mayGoOn: () => boolean,
): Promise<boolean> {
  const { runId, doneDays } = note.value;
  const done = [...doneDays];
  let { etag } = note;
  for (const [day, replaced] of replacedByDay(await Array.fromAsync(readReceipts(lake.store, runId)))) {
    if (done.includes(day)) continue;
    if (!mayGoOn()) return false;
    await eraseOnDay(lake, { day, replaced, at, scratch });
    done.push(day);
    const written = await lake.store.write(key, JSON.stringify({ ...note.raw, doneDays: done }), { etag });
    if (!written.written) throw new PipelineError('DataLakeUnavailable', 'Another run sees to the same erasures');
    etag = written.etag;
  }
  return true;
}
