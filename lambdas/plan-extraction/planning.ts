/**
 * How far the planning of a run has come, for the call that goes on with it.
 *
 * What is searched is fixed by the first call: later ones must not search another span because the clock or the
 * watermark has moved. What was found lies beside it, see `search-slices.ts`.
 */
import * as z from 'zod';
import { PipelineError } from '../shared/contracts/errors.ts';
import { keys } from '../shared/storage/layout.ts';
import type { ObjectStorage } from '../shared/storage/object-store.ts';
import { readJson } from '../shared/storage/read-json.ts';
import type { Planner } from './planner.ts';

/** What a run searches; `[since, to)` is new, `[from, since)` was searched by an earlier run. */
export const SearchSpan = z.object({
  from: z.iso.datetime(),
  since: z.iso.datetime(),
  to: z.iso.datetime(),
  /** Days of what is new are taken from the last to the first. */
  order: z.literal('newest').optional(),
  /** What is stored is fetched again, for a newer version. */
  refetch: z.literal(true).optional(),
  /** Besides, what is stored of this span is fetched again, for a newer version. */
  recheck: z.object({ from: z.iso.datetime(), to: z.iso.datetime() }).optional(),
});
export type SearchSpan = z.infer<typeof SearchSpan>;

/** `runs/<runId>/planning.json`: how far the planning of a run has come. */
export const Planning = z.object({
  schemaVersion: z.literal(1),
  /** Calls of the planner that ended before its work did. */
  calls: z.int().nonnegative(),
  span: SearchSpan.optional(),
  /** Left out in what versions before have noted. */
  begunAt: z.iso.datetime().optional(),
  /** How much time of the vendor's was searched at once when the last call ended, in ms. */
  sliceMs: z.int().positive().optional(),
  /** Since when the vendor has broken off each call before it had kept anything; left out where the last one did. */
  stalledSince: z.iso.datetime().optional(),
});
export type Planning = z.infer<typeof Planning>;

/** Work is begun, and the plan is written, while at least this share of the call's time is left. */
const SHARE_LEFT = 0.5;
/** One slice of a search may take so much of it, so that what was begun is finished. */
const SHARE_OF_SLICE = 0.25;

/**
 * How long a search may go on, by the clock, with all the waits that the vendor asks for. What is not searched by then
 * is left out, and the run says so.
 */
export const SEARCH_MS = 12 * 3_600_000;

/**
 * True when the search has taken longer than {@link SEARCH_MS}: the rest is left out.
 *
 * @example isOverdue({ …, begunAt: '2026-11-21T00:00:00Z' }, Date.parse('2026-11-21T12:00:00Z')) // true
 */
export function isOverdue({ begunAt }: Planning, nowMs: number): boolean {
  return begunAt !== undefined && nowMs - Date.parse(begunAt) >= SEARCH_MS;
}

/**
 * True while this call has the time to begin something.
 *
 * @example hasTime({ callMs: 600_000, remainingMs: () => 400_000 }) // true
 */
export function hasTime({ remainingMs, callMs }: Pick<Planner, 'remainingMs' | 'callMs'>): boolean {
  return remainingMs() >= callMs * SHARE_LEFT;
}

/**
 * Milliseconds that one piece of work may take in a call.
 *
 * @example pieceMs({ callMs: 600_000 }) // 150000
 */
export function pieceMs({ callMs }: Pick<Planner, 'callMs'>): number {
  return callMs * SHARE_OF_SLICE;
}

/**
 * The planning as the first call has noted it, or as this one notes it, being the first.
 *
 * @throws PipelineError `DataLakeUnavailable`, also when another attempt is at it at the same moment;
 *   `DataLakeRejected`, `ContractViolation`
 */
export async function beginPlanning(
  { store, nowMs }: Pick<Planner, 'store' | 'nowMs'>,
  runId: string,
  first: () => Promise<Pick<Planning, 'span'>>,
): Promise<Planning> {
  const found = await readJson(store, keys.planning(runId), Planning);
  if (found) return found.value;
  const planning: Planning = {
    schemaVersion: 1,
    calls: 0,
    begunAt: new Date(nowMs()).toISOString(),
    ...(await first()),
  };
  const { written } = await store.write(keys.planning(runId), JSON.stringify(planning), { absent: true });
  if (!written) throw new PipelineError('DataLakeUnavailable', 'Another attempt at this run is being planned');
  return planning;
}

/**
 * Notes that a call ended before its work did. A call that is repeated may count twice: it is a number for people.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`
 */
export async function noteCall(store: ObjectStorage, runId: string, planning: Planning): Promise<void> {
  const { stalledSince: _, ...gotOn } = planning;
  await savePlanning(store, runId, { ...gotOn, calls: planning.calls + 1 });
}

/**
 * Keeps what a call has learnt that ends with an error: it is repeated, or put off, and goes on from there.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`
 */
export async function savePlanning(store: ObjectStorage, runId: string, planning: Planning): Promise<void> {
  await store.write(keys.planning(runId), JSON.stringify(planning));
}
