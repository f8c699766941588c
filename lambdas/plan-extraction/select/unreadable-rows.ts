/** Decides about interactions whose row in the vendor's search cannot be read: each is accounted for under its id. */
import type { DayRange } from '../../shared/contracts/batch.ts';
import { dayOf, daysBetween } from '../../shared/lib/days.ts';
import type { UnfinishedLine } from '../../shared/runs/run-records.ts';
import { storedAmong } from '../../shared/runs/stored-ids.ts';
import type { Planner } from '../planner.ts';
import type { SearchSpan } from '../planning.ts';
import { decideFound, type Knowledge } from './decide-outcome.ts';
import { type RowNote, readRowNotes } from './row-notes.ts';
import { type Candidate, type Selection, UNREADABLE_ROW } from './selection.ts';

export interface UnreadableRows {
  /** Ids of the rows; what is taken care of is taken out. */
  ids: Set<string>;
  span: SearchSpan;
  /** What the run takes over, by id. */
  listed: ReadonlyMap<string, UnfinishedLine>;
}

/**
 * Those that nobody has taken care of yet are quarantined, and taken by id with the next run. Their day is one of those
 * searched: when the transcript has come in it is found there.
 */
export async function* unreadableRows(
  planner: Planner,
  { ids, span, listed }: UnreadableRows,
  selection: Pick<Selection, 'leftOut' | 'rowNotes' | 'source'>,
  around: Pick<Knowledge, 'claimed' | 'isErased'>,
): AsyncGenerator<Candidate> {
  if (ids.size === 0) return;
  const { leftOut, rowNotes } = selection;
  leaveToBacklog(ids, listed, selection);
  const notes = await readRowNotes(planner, ids);
  leaveOutSettled(ids, notes, selection);

  const days = { first: dayOf(Date.parse(span.from)), last: dayOf(Date.parse(span.to)) };
  const noted = [...ids].flatMap((id) => notes.get(id)?.days ?? []);
  for await (const id of storedAmong(
    planner.store,
    [days, ...noted].flatMap((range) => daysBetween(range)),
    ids,
  )) {
    if (!ids.delete(id)) continue;
    leftOut.stored += 1;
    rowNotes.set(id, { settled: 'stored' });
  }
  const rows = [...ids].map((interactionId) => ({ interactionId, days, isUnreadable: true }));
  for (const candidate of decideFound(rows, { ...around, nowMs: planner.nowMs() }, leftOut)) {
    rowNotes.set(candidate.interactionId, { days });
    // Where another run is at it, too: whoever takes the line over is to know that there is a note.
    yield { ...candidate, error: UNREADABLE_ROW };
  }
}

/** Takes out what the run takes over from others; the list forgets it one day, so what it says is noted. */
function leaveToBacklog(
  ids: Set<string>,
  listed: ReadonlyMap<string, UnfinishedLine>,
  { leftOut, rowNotes }: Pick<Selection, 'leftOut' | 'rowNotes'>,
): void {
  for (const [id, { givenUpAt, days }] of listed) {
    if (!ids.delete(id)) continue;
    if (givenUpAt !== undefined) leftOut.givenUp += 1;
    rowNotes.set(id, givenUpAt === undefined ? { days } : { settled: 'givenUp' });
  }
}

/** What was given up no schedule takes again by itself; a person who looks for it is to hear of it. */
function leaveOutSettled(
  ids: Set<string>,
  notes: ReadonlyMap<string, RowNote>,
  { leftOut, source }: Pick<Selection, 'leftOut' | 'source'>,
): void {
  for (const [id, { settled }] of notes) {
    if (settled === undefined || (settled === 'givenUp' && source !== 'schedule')) continue;
    ids.delete(id);
    leftOut[settled] += 1;
  }
}

/** Days under which what was taken over may be stored besides its own: another run has met the same row. */
export async function daysNotedOf(
  planner: Pick<Planner, 'store' | 'note'>,
  interactionIds: Iterable<string>,
): Promise<DayRange[]> {
  return [...(await readRowNotes(planner, interactionIds)).values()].flatMap(({ days }) => days);
}
