import { BULK_MEDIA_TYPES } from '../../../../lambdas/shared/contracts/job-options.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Effect } from '../faults.ts';
import type { CatalogueEntry } from '../timeline.ts';
import type { SearchRequest } from './requests.ts';

export interface SearchAnswer {
  status: 200 | 400;
  body: Record<string, unknown>;
}

/**
 * Whether a search asks for the interaction: by its id, or by a window in which it started.
 *
 * @example concerns(catalogue, { interactionIds: ['a', 'b'] }, 'b') // true
 */
export function concerns(catalogue: Catalogue, request: SearchRequest, interactionId: string): boolean {
  if ('interactionIds' in request) return request.interactionIds.includes(interactionId);
  const [fromMs, toMs] = [Date.parse(request.from), Date.parse(request.to)];
  const entries = catalogue.find(interactionId, request.mediaTypes);
  return entries.some(({ startMs }) => startMs >= fromMs && startMs < toMs);
}

/**
 * A page of interactions by id, or by the time they started, `from` inclusive and `to` exclusive. A window shows only what
 * is available by now; ids show what is known, with `availableAt`.
 *
 * @param target the interaction that the quirks say other things of; all of them if left out
 * @example search(catalogue, { interactionIds: ['unknown'] }, Date.now()) // { status: 200, body: { interactions: [] } }
 */
export function search(
  catalogue: Catalogue,
  request: SearchRequest,
  nowMs: number,
  quirks: Effect<'search'> = {},
  target?: string,
): SearchAnswer {
  const rowOf = (entry: CatalogueEntry) => toRow(entry, isTarget(entry, target) ? quirks : {});
  if ('interactionIds' in request) {
    const mediaTypes = request.mediaTypes ?? BULK_MEDIA_TYPES;
    const rows = request.interactionIds.flatMap((id) => catalogue.find(id, mediaTypes)).map(rowOf);
    return { status: 200, body: { interactions: rows } };
  }
  const position = request.cursor === undefined ? undefined : decodeCursor(request.cursor);
  if (request.cursor !== undefined && position === undefined) {
    return { status: 400, body: { error: 'invalid_cursor' } };
  }
  const isInclusive = quirks.inclusiveBoundary === true;
  const pageSize = request.pageSize ?? 100;
  const page: CatalogueEntry[] = [];
  let hasMore = false;
  const fromMs = Math.max(Date.parse(request.from), position?.startMs ?? Number.NEGATIVE_INFINITY);
  for (const entry of catalogue.between(fromMs, Date.parse(request.to) + (isInclusive ? 1 : 0), request.mediaTypes)) {
    if (entry.availableMs > nowMs) continue;
    if (position !== undefined && isBefore(entry, position, isInclusive)) continue;
    if (page.length === pageSize) {
      hasMore = true;
      break;
    }
    page.push(entry);
  }
  const last = page.at(-1);
  const next = hasMore && last !== undefined ? encodeCursor(last) : undefined;
  const nextCursor = quirks.repeatCursor === true ? (request.cursor ?? next) : next;
  const rows = page.map(rowOf);
  if (quirks.outOfOrder === true) rows.reverse();
  return { status: 200, body: { interactions: rows, ...(nextCursor === undefined ? {} : { nextCursor }) } };
}

const isTarget = ({ interactionId }: CatalogueEntry, target: string | undefined): boolean =>
  target === undefined || target === interactionId;

function toRow({ interactionId, mediaType, startMs, availableMs }: CatalogueEntry, said: Effect<'search'>) {
  const availableAt = said.availableAt ?? (availableMs === 0 ? undefined : new Date(availableMs).toISOString());
  const startTime = said.startTime ?? new Date(startMs).toISOString();
  const id = said.saidId === undefined ? interactionId : said.saidId;
  return {
    ...(id === null ? {} : { interactionId: id }),
    mediaType,
    startTime,
    ...(availableAt === undefined ? {} : { availableAt }),
  };
}

type Position = Pick<CatalogueEntry, 'startMs' | 'interactionId'>;

/** Whether the entry belongs to the pages before; the entry at the position itself comes again if inclusive. */
function isBefore(entry: CatalogueEntry, position: Position, isInclusive: boolean): boolean {
  if (entry.startMs !== position.startMs) return entry.startMs < position.startMs;
  if (entry.interactionId === position.interactionId) return !isInclusive;
  return entry.interactionId < position.interactionId;
}

const encodeCursor = ({ startMs, interactionId }: Position): string =>
  Buffer.from(JSON.stringify([startMs, interactionId])).toString('base64url');

function decodeCursor(cursor: string): Position | undefined {
  try {
    const [startMs, interactionId] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    if (typeof startMs === 'number' && typeof interactionId === 'string') return { startMs, interactionId };
  } catch {
    // Not one of ours.
  }
  return undefined;
}
