/** Searches the span of a run, over as many calls of the planner as the vendor's speed makes necessary. */
import { daySlices, midnightAfter } from '../../shared/lib/days.ts';
import type { Planner } from '../planner.ts';
import { hasTime, isOverdue, type Planning, pieceMs, type SearchSpan } from '../planning.ts';
import { breakOff } from './break-off.ts';
import { listSlices, reachOf, type Slice, writeSlice } from './search-slices.ts';

const DAY_MS = 86_400_000;
/** Pages that a slice may have: what a call that is killed loses at most. */
const MAX_PAGES = 100;
/**
 * A slice with more pages than it may have, or that the vendor broke off, makes the next ones so many times shorter; one
 * with far fewer pages makes them longer.
 */
const SHRINK = 4;
const GROW = 2;
/** Half a day to a day of searching. What is not searched by then is left out, and the run says so. */
const MAX_CALLS = 96;

export interface SpanToSearch {
  runId: string;
  span: SearchSpan;
  mediaTypes: readonly string[];
  /** Interactions from which on no further day of the new part is begun. */
  maxFound: number;
}

/**
 * True when the search is at its end, false when a further call has to go on. It goes on where the calls before have
 * left it. What is new comes first: a long look-back must not keep the schedule from moving on.
 *
 * @param planning its `sliceMs` is set for the next call
 * @throws PipelineError what the vendor's search throws; where that passes by itself, `planning` is saved before
 */
export async function searchSpan(planner: Planner, planning: Planning, search: SpanToSearch): Promise<boolean> {
  if (planning.calls >= MAX_CALLS || isOverdue(planning, planner.nowMs())) return true;
  const { span, runId } = search;
  const [fromMs, sinceMs, toMs] = [Date.parse(span.from), Date.parse(span.since), Date.parse(span.to)];
  const slices = await listSlices(planner.store, runId);
  const newPart = { fromMs: sinceMs, toMs, maxFound: search.maxFound };
  const lookBack = { fromMs, toMs: sinceMs, maxFound: Number.POSITIVE_INFINITY };
  const { recheck } = span;
  const again = recheck && {
    fromMs: Date.parse(recheck.from),
    toMs: Date.parse(recheck.to),
    maxFound: search.maxFound,
  };
  const known = slices.length;
  try {
    return (
      (await searchNew(planner, planning, search, slices, newPart)) &&
      (await searchPart(planner, planning, search, slices, lookBack)) &&
      (again === undefined || (await searchPart(planner, planning, search, slices, again)))
    );
  } catch (error) {
    return breakOff(planner, runId, planning, error, slices.length > known);
  }
}

interface Part {
  fromMs: number;
  toMs: number;
  maxFound: number;
}

/** Day by day from the last one on, where the span says so. */
async function searchNew(
  planner: Planner,
  planning: Planning,
  search: SpanToSearch,
  slices: Slice[],
  part: Part,
): Promise<boolean> {
  if (search.span.order !== 'newest') return searchPart(planner, planning, search, slices, part);
  for (const { fromMs, toMs } of daySlices(part.fromMs, part.toMs).reverse()) {
    if (rowsOf(slices, toMs, part.toMs) >= part.maxFound) return true;
    const day = { fromMs, toMs, maxFound: Number.POSITIVE_INFINITY };
    if (!(await searchPart(planner, planning, search, slices, day))) return false;
  }
  return true;
}

async function searchPart(
  planner: Planner,
  planning: Planning,
  { runId, mediaTypes }: SpanToSearch,
  slices: Slice[],
  { fromMs, toMs, maxFound }: Part,
): Promise<boolean> {
  let positionMs = reachOf(slices, fromMs, toMs);
  let found = rowsOf(slices, fromMs, positionMs);
  let sliceMs = planning.sliceMs ?? DAY_MS;
  const shorterThan = (lengthMs: number) => Math.max(1, Math.floor(lengthMs / SHRINK));
  while (positionMs < toMs) {
    if (found >= maxFound && positionMs % DAY_MS === 0) return true;
    if (!hasTime(planner)) return false;
    const endMs = Math.min(positionMs + sliceMs, midnightAfter(positionMs), toMs);
    const lengthMs = endMs - positionMs;
    const untilMs = planner.remainingMs() - pieceMs(planner);
    const isTooLong = (pages: number) => lengthMs > 1 && (pages >= MAX_PAGES || planner.remainingMs() < untilMs);
    // Noted before it is asked: when the vendor breaks the slice off its pages are lost, and as long a one would end alike.
    planning.sliceMs = shorterThan(lengthMs);
    const result = await planner.discover({ fromMs: positionMs, toMs: endMs, mediaTypes }, isTooLong);
    if (result) {
      const slice = await writeSlice(planner.store, runId, positionMs, endMs, result);
      slices.push(slice);
      found += slice.rows;
      positionMs = endMs;
      if (result.pages * SHRINK <= MAX_PAGES) sliceMs = Math.min(DAY_MS, sliceMs * GROW);
    } else {
      sliceMs = shorterThan(lengthMs);
    }
    planning.sliceMs = sliceMs;
  }
  return true;
}

function rowsOf(slices: readonly Slice[], fromMs: number, toMs: number): number {
  const within = slices.filter((slice) => slice.fromMs >= fromMs && slice.toMs <= toMs);
  return within.reduce((sum, { rows }) => sum + rows, 0);
}
