import type { GeneratedCatalogue } from '../catalogue.ts';
import type { Effect } from '../faults.ts';
import type { Order } from '../timeline.ts';
import type { Segment } from './segment.ts';
import { type DateField, dateOfField, type SegmentBook } from './segment-book.ts';

/** What a list was asked for; times are ms since the epoch. */
export interface ListQuery {
  field: DateField;
  fromMs: number;
  /** Included, as on the vendor's side. */
  toMs: number;
  medium: string | undefined;
  language: string | undefined;
  pageSize: number;
  cursorMs: number | undefined;
  order: Order;
}

const DAY_MS = 86_400_000;
const DEFAULT_PAGE_SIZE = 100;

/**
 * The query as the vendor reads it: unknown parameters are ignored, a page that is too large is cut, and a date, a number or
 * a word that it cannot read is undefined as a whole.
 *
 * @example readListQuery(new URLSearchParams('order=up'), 1_000, nowMs) // undefined
 */
export function readListQuery(query: URLSearchParams, maxPageSize: number, nowMs: number): ListQuery | undefined {
  const field = query.get('dateField') ?? 'startTime';
  const order = query.get('order') ?? 'asc';
  const toMs = dateOf(query.get('endingDate'), nowMs);
  const fromMs = dateOf(query.get('beginningDate'), toMs - DAY_MS);
  const pageSize = wholeOf(query.get('pageSize')) ?? DEFAULT_PAGE_SIZE;
  const cursorMs = wholeOf(query.get('cursor'));
  if (field !== 'startTime' && field !== 'firstAnnotatedAt') return undefined;
  if (order !== 'asc' && order !== 'desc') return undefined;
  if ([fromMs, toMs, pageSize, cursorMs ?? 0].some(Number.isNaN) || pageSize < 1) return undefined;
  const medium = query.get('mediaType') || undefined;
  const language = query.get('lang') || undefined;
  return { field, fromMs, toMs, medium, language, pageSize: Math.min(pageSize, maxPageSize), cursorMs, order };
}

const dateOf = (text: string | null, absent: number): number =>
  text === null || text === '' ? absent : Date.parse(text);
const wholeOf = (text: string | null): number | undefined => {
  if (text === null || text === '') return undefined;
  return /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
};

export interface SegmentPage {
  segments: Segment[];
  hasMore: boolean;
}

/**
 * One page, in time and memory that grow with the page alone. The cursor is inclusive: a page begins with every segment of
 * the cursor's millisecond, also with those that the page before showed.
 */
export function pageOf(
  book: SegmentBook,
  query: ListQuery,
  nowMs: number,
  quirks: Effect<'segments'> = {},
): SegmentPage {
  const { order, pageSize } = query;
  const page: SegmentPage = { segments: [], hasMore: false };
  if (quirks.noRows === true) return page;
  const [fromMs, toMs] = spanOf(query, quirks);
  for (const segment of matching(book, { ...query, fromMs, toMs }, nowMs, order)) {
    if (page.segments.length === pageSize) return { ...page, hasMore: true };
    page.segments.push(segment);
  }
  return page;
}

/** What is left of the window at the cursor. */
function spanOf({ fromMs, toMs, cursorMs, order }: ListQuery, quirks: Effect<'segments'>): [number, number] {
  if (cursorMs === undefined || quirks.ignoreCursor === true) return [fromMs, toMs];
  const step = quirks.exclusiveCursor === true ? 1 : 0;
  return order === 'asc' ? [Math.max(fromMs, cursorMs + step), toMs] : [fromMs, Math.min(toMs, cursorMs - step)];
}

function* matching(book: SegmentBook, query: ListQuery, nowMs: number, order: Order): Generator<Segment> {
  const toMs = query.field === 'firstAnnotatedAt' ? Math.min(query.toMs, nowMs) : query.toMs;
  for (const segment of book.listed(query.field, query.fromMs, toMs, order)) {
    if (segment.firstAnnotatedMs > nowMs) continue;
    if (query.medium !== undefined && segment.medium !== query.medium) continue;
    if (query.language !== undefined && segment.language !== query.language) continue;
    yield segment;
  }
}

/** Above this many interactions a total is an estimate: counting would take longer than the page. */
const COUNTED_AT_MOST = 5_000;

/**
 * `totalRecords` of the whole window: exact for a small one, else the number of interactions in it.
 */
export function totalOf(book: SegmentBook, generated: GeneratedCatalogue, query: ListQuery, nowMs: number): number {
  const toMs = Math.min(query.toMs, nowMs);
  const interactions = generated.timeline.slotBehind(toMs) - generated.timeline.slotAt(query.fromMs);
  if (interactions > COUNTED_AT_MOST) return interactions;
  let total = 0;
  for (const _ of matching(book, query, nowMs, query.order)) total += 1;
  return total;
}

/**
 * Whether the page lies beyond the largest result that the vendor walks through: rows are estimated by interactions.
 *
 * @param rowCap 400,000 at the vendor's
 */
export function isBeyondCap({ timeline }: GeneratedCatalogue, query: ListQuery, rowCap: number): boolean {
  if (query.cursorMs === undefined) return false;
  const [fromMs, toMs] = query.order === 'asc' ? [query.fromMs, query.cursorMs] : [query.cursorMs, query.toMs];
  return timeline.slotAt(toMs) - timeline.slotAt(fromMs) + query.pageSize > rowCap;
}

/**
 * Whether the query's window holds a segment of the id, which may be that of an interaction or an ACD contact as well.
 */
export function concernsSegment(book: SegmentBook, query: ListQuery, id: string): boolean {
  const dateIn = dateOfField(query.field);
  return book.find(id).some((segment) => dateIn(segment) >= query.fromMs && dateIn(segment) <= query.toMs);
}

/**
 * Whether the id is one of the segment's: its own, its interaction's, its ACD contact's.
 *
 * @example isIdOf(segment, String(segment.acdContactId)) // true
 */
export const isIdOf = ({ segmentId, interactionId, acdContactId }: Segment, id: string): boolean =>
  id === segmentId || id === interactionId || id === String(acdContactId);
