/**
 * What is known of interactions whose row in the vendor's search cannot be read: one small object each, in `state/`.
 *
 * Such a row does not say when its interaction started, so a search of any day may bring it, for ever. The day index says
 * what is stored by day, and a backlog remembers what was given up while a search can find it: both are asked about the
 * days of one search, and know nothing of a row that comes back with the search of others. A note costs one read for each
 * such row, however old the lake is.
 */
import * as z from 'zod';
import { DayRange } from '../../shared/contracts/batch.ts';
import { isPipelineError } from '../../shared/contracts/errors.ts';
import { mapConcurrently } from '../../shared/lib/map-concurrently.ts';
import { compareAndSwap, unchanged } from '../../shared/storage/compare-and-swap.ts';
import { keys } from '../../shared/storage/layout.ts';
import type { ObjectStorage } from '../../shared/storage/object-store.ts';
import { readJson } from '../../shared/storage/read-json.ts';
import { NewerRecord } from '../../shared/storage/record-version.ts';
import { hashInteractionId } from '../../shared/storage/tombstones.ts';

/** Runs that meet such a row with nothing known of it are few: those of a schedule, and of people who look for it. */
const MAX_RANGES = 32;
const AT_ONCE = 32;

/** `state/rows/….json`: what is known of one such interaction. */
export const RowNote = z.object({
  schemaVersion: z.literal(1),
  /** Once it is stored, the day index has it under one of these. The latest ones. */
  days: z.array(DayRange),
  /** Left out while somebody has still to take care of it. */
  settled: z.enum(['stored', 'givenUp']).optional(),
});
export type RowNote = z.infer<typeof RowNote>;

/** What a run has learnt of such a row. */
export interface RowNews {
  days?: DayRange | undefined;
  settled?: RowNote['settled'];
}

/** By interaction. Filled while candidates are read, written with the plan. */
export type RowNotes = Map<string, RowNews>;

/**
 * The note with what a run has learnt, or undefined where that is nothing new. What is stored stays so, whoever has given
 * it up. Pure.
 *
 * @example mergeNews({ schemaVersion: 1, days: [] }, { settled: 'stored' }) // { schemaVersion: 1, days: [], settled: 'stored' }
 */
export function mergeNews(note: RowNote | undefined, { days, settled }: RowNews): RowNote | undefined {
  const before = note?.days ?? [];
  const isKnown = !days || before.some(({ first, last }) => first === days.first && last === days.last);
  const next = note?.settled === 'stored' ? 'stored' : (settled ?? note?.settled);
  if (isKnown && next === note?.settled) return undefined;
  const ranges = isKnown ? before : [...before, days].slice(-MAX_RANGES);
  return { schemaVersion: 1, days: ranges, ...(next && { settled: next }) };
}

interface NoteReader {
  store: ObjectStorage;
  /** For the log: a constant sentence and facts without content. */
  note(message: string, facts: Record<string, unknown>): void;
}

/**
 * The notes that there are, by interaction. One that cannot be read says nothing, and must not end every run that meets
 * its row.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation` for a note of a newer version
 */
export async function readRowNotes({ store, note }: NoteReader, ids: Iterable<string>): Promise<Map<string, RowNote>> {
  const notes = new Map<string, RowNote>();
  const read = mapConcurrently(ids, AT_ONCE, async (id) => {
    try {
      const found = await readJson(store, keyOf(id), RowNote);
      if (found) notes.set(id, found.value);
    } catch (error) {
      if (error instanceof NewerRecord || !isPipelineError(error, 'ContractViolation')) throw error;
      note('The note of an unreadable row cannot be read itself: going on without it', { key: keyOf(id) });
    }
  });
  for await (const _ of read);
  return notes;
}

/**
 * Adds to the notes what a run has learnt; one that cannot be read is left as it is, for a person to look at.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`
 */
export async function writeRowNotes(store: ObjectStorage, news: RowNotes): Promise<void> {
  const written = mapConcurrently(news, AT_ONCE, async ([id, learnt]) => {
    try {
      await compareAndSwap(async () => {
        const found = await readJson(store, keyOf(id), RowNote);
        const next = mergeNews(found?.value, learnt);
        return next && store.write(keyOf(id), JSON.stringify(next), unchanged(found));
      }, 'The note of an unreadable row kept changing');
    } catch (error) {
      if (error instanceof NewerRecord || !isPipelineError(error, 'ContractViolation')) throw error;
    }
  });
  for await (const _ of written);
}

function keyOf(interactionId: string): string {
  return keys.unreadableRow(hashInteractionId(interactionId));
}
