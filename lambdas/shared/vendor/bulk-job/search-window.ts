/** Finds every interaction of a span through the vendor's paged search, whatever its cursor does. */
import { PipelineError } from '../../contracts/errors.ts';
import type { Discovery, FoundInteraction, TimeSlice } from '../transcript-source.ts';
import type { SearchAnswer, SearchedInteraction, SearchPage } from './search-page.ts';

const PAGE_SIZE = 500;
/** Pages in a row that bring nothing new: then the cursor leads nowhere. */
const MAX_IDLE_PAGES = 50;

interface Walk extends Discovery {
  search: SearchPage;
  mediaTypes: readonly string[];
  isTooLong(pages: number): boolean;
  /** The most rows that a page has had: a span with far fewer fits into one page. */
  largestPage: number;
}

/**
 * The interactions that started in the span, each once, with the time their transcript is available.
 *
 * Rows may come in any order, twice, or from just outside the span. Behind a cursor that comes back there may be
 * nothing more, or everything: unless the former is certain, the two halves of the span are walked on their own, which
 * rests neither on the cursor nor on an order among the rows, and comes to an end.
 *
 * @param isTooLong asked before each page but the first: a span that takes longer is given up
 * @returns undefined when the span was given up
 * @throws PipelineError `ContractViolation` when the vendor's paging makes no progress
 * @example
 * await searchWindow(search, { fromMs, toMs, mediaTypes: ['voice'] })
 * // { found: Map { 'int-1' => 0 }, unreadable: Set {}, pages: 1, … }
 */
export async function searchWindow(
  search: SearchPage,
  { fromMs, toMs, mediaTypes }: TimeSlice,
  isTooLong: (pages: number) => boolean = () => false,
): Promise<Discovery | undefined> {
  const result = { found: new Map(), unreadable: new Set<string>(), pages: 0 };
  const walk: Walk = Object.assign(result, { search, mediaTypes, isTooLong, largestPage: 0 });
  if (!(await walkSpan(walk, fromMs, toMs))) return undefined;
  for (const id of walk.found.keys()) walk.unreadable.delete(id);
  return walk;
}

/** @returns false when it was given up */
async function walkSpan(walk: Walk, fromMs: number, toMs: number): Promise<boolean> {
  const cursors = new Set<string>();
  let cursor: string | undefined;
  let idlePages = 0;
  let rows = 0;
  let before: string[] = [];
  for (;;) {
    if (walk.pages > 0 && walk.isTooLong(walk.pages)) return false;
    walk.pages += 1;
    const page = await searchSpan(walk, fromMs, toMs, cursor);
    const known = walk.found.size + walk.unreadable.size;
    for (const row of page.interactions) collect(walk.found, row, fromMs, toMs);
    for (const id of page.unreadable ?? []) walk.unreadable.add(id);
    const ids = idsOf(page);
    walk.largestPage = Math.max(walk.largestPage, ids.length);

    const next = page.nextCursor;
    if (next == null) return true;
    if (cursors.has(next)) {
      if (isCertainlyTheEnd(walk, ids, before, rows, toMs - fromMs)) return true;
      return walkHalves(walk, fromMs, toMs);
    }
    idlePages = walk.found.size + walk.unreadable.size > known ? 0 : idlePages + 1;
    if (idlePages > MAX_IDLE_PAGES) throw stuck();
    rows += ids.length;
    before = ids;
    cursors.add(next);
    cursor = next;
  }
}

function searchSpan(walk: Walk, fromMs: number, toMs: number, cursor: string | undefined): Promise<SearchAnswer> {
  return walk.search({
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    mediaTypes: [...walk.mediaTypes],
    pageSize: PAGE_SIZE,
    ...(cursor !== undefined && { cursor }),
  });
}

/** Whether a page that hands back a known cursor is the last one: it brings nothing, and the span is small. */
function isCertainlyTheEnd(
  { largestPage }: Walk,
  ids: readonly string[],
  before: readonly string[],
  rowsBefore: number,
  spanMs: number,
): boolean {
  if (ids.length === 0) return true;
  const seen = new Set(before);
  const bringsNothing = ids.every((id) => seen.has(id));
  return bringsNothing && (rowsBefore * 2 <= largestPage || spanMs <= 1);
}

async function walkHalves(walk: Walk, fromMs: number, toMs: number): Promise<boolean> {
  if (toMs - fromMs <= 1) throw stuck();
  const middleMs = Math.floor((fromMs + toMs) / 2);
  return (await walkSpan(walk, fromMs, middleMs)) && (await walkSpan(walk, middleMs, toMs));
}

/** Of all rows, readable or not. */
function idsOf({ interactions, unreadable = [] }: SearchAnswer): string[] {
  return [...interactions.map(({ interactionId }) => interactionId), ...unreadable];
}

function collect(found: Discovery['found'], row: SearchedInteraction, fromMs: number, toMs: number): void {
  const one = foundInteraction(row);
  if (one.startMs < fromMs || one.startMs >= toMs) return;
  const known = found.get(one.interactionId);
  // An interaction with several media is ready with the first of them.
  if (!known || one.availableMs < known.availableMs) found.set(one.interactionId, one);
}

/**
 * A row in the port's words.
 *
 * @example { interactionId: 'int-1', startTime: '1970-01-01T00:00:01Z' } -> { interactionId: 'int-1', startMs: 1000, availableMs: 0 }
 */
export function foundInteraction({
  interactionId,
  startTime,
  availableAt,
}: SearchedInteraction): FoundInteraction & { startMs: number } {
  const availableMs = availableAt == null ? 0 : Date.parse(availableAt);
  return { interactionId, startMs: Date.parse(startTime), availableMs };
}

function stuck(): PipelineError {
  return new PipelineError(
    'ContractViolation',
    'The interaction search of CXone makes no progress: its cursor repeats',
  );
}
