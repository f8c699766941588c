/** Asks the list of Interaction Analytics how it behaves. */
import { readPage } from '../../lambdas/shared/vendor/interaction-analytics/read-page.ts';
import type { SegmentPage, SegmentRow } from '../../lambdas/shared/vendor/interaction-analytics/segment-page.ts';
import { type CursorKind, cursorKind, cursorToTry, type PageTaken, pageTaken, tally } from './list-behaviour.ts';
import type { TenantCalls } from './tenant-calls.ts';

const PATH = '/interaction-analytics-gateway/v2/segments/analyzed';
const DAY_MS = 86_400_000;
/** Spans that are asked for, in days: a tenant that refuses the longest may take a shorter one. */
const SPANS = [3_650, 365, 30];
/** How far behind the newest row a page is taken from, in days. */
const SAMPLE_DAYS = 30;
/** One more than the vendor's clients ask for: it shows whether larger pages are taken. */
const PAGE_SIZE = 1_001;
const USUAL_PAGE_SIZE = 1_000;
/** Rows behind a cursor that are enough to see where it begins. */
const FEW = 10;

export interface SegmentFindings {
  /** Of `firstAnnotatedAt`. */
  oldest: string;
  newest: string;
  /** Days that the vendor took as one span: nothing older was asked for. */
  spanDays: number;
  cursor: CursorKind;
  page: PageTaken;
  /** Rows of that page, by medium. */
  media: Record<string, number>;
  /** Rows without an id or a time. */
  unreadable: number;
}

export interface ProbedSegments {
  /** Status of the first answer. */
  status: number;
  /** Undefined where there are no rows, or none could be read. */
  findings?: SegmentFindings;
  rows: SegmentRow[];
}

type Asked = { status: number; page?: SegmentPage };

/**
 * What the list shows, and the rows of one page, in six calls or fewer.
 *
 * @example (await probeSegments(calls, Date.now())).findings?.cursor // 'inclusive'
 */
export async function probeSegments(calls: TenantCalls, nowMs: number): Promise<ProbedSegments> {
  const list = async (fromMs: number, toMs: number, more: Record<string, string>): Promise<Asked> => {
    const query = {
      dateField: 'firstAnnotatedAt',
      beginningDate: new Date(fromMs).toISOString(),
      endingDate: new Date(toMs).toISOString(),
      ...more,
    };
    const { status, body } = await calls.ask({ path: PATH, query });
    return status === 200 && body !== undefined ? { status, ...readable(body) } : { status };
  };

  let first: Asked = { status: 0 };
  let spanDays = 0;
  for (spanDays of SPANS) {
    first = await list(nowMs - spanDays * DAY_MS, nowMs, { order: 'desc', pageSize: '1' });
    if (first.status !== 400) break;
  }
  const { status } = first;
  const newestMs = timesOf(first.page).at(0);
  if (newestMs === undefined) return { status, rows: [] };

  const oldest = await list(nowMs - spanDays * DAY_MS, nowMs, { order: 'asc', pageSize: '1' });
  const sampleFromMs = newestMs - SAMPLE_DAYS * DAY_MS;
  const sample = (more: Record<string, string>) => list(sampleFromMs, newestMs + 1, { order: 'asc', ...more });
  let asked = PAGE_SIZE;
  let sampled = await sample({ pageSize: String(asked) });
  if (sampled.status === 400) {
    asked = USUAL_PAGE_SIZE;
    sampled = await sample({ pageSize: String(asked) });
  }
  const rows = sampled.page?.rows ?? [];
  const unreadable = sampled.page?.unreadable.length ?? 0;
  const times = timesOf(sampled.page);
  const cursorMs = cursorToTry(times);
  const behind = cursorMs === undefined ? undefined : await sample({ pageSize: String(FEW), cursor: String(cursorMs) });
  const all = [newestMs, ...times, ...timesOf(oldest.page)];
  return {
    status,
    rows,
    findings: {
      oldest: new Date(Math.min(...all)).toISOString(),
      newest: new Date(Math.max(...all)).toISOString(),
      spanDays,
      cursor: cursorMs === undefined ? 'unknown' : cursorKind(cursorMs, timesOf(behind?.page)),
      page: pageTaken(asked, rows.length + unreadable, rows.length > 0 && Math.max(...times) < newestMs),
      media: tally(rows.map(({ mediaType }) => mediaType ?? 'not named')),
      unreadable,
    },
  };
}

function timesOf(page: SegmentPage | undefined): number[] {
  return (page?.rows ?? []).map(({ availableMs }) => availableMs);
}

/** A body that is no page is told like one without rows: the status stands beside it. */
function readable(body: string): { page?: SegmentPage } {
  try {
    return { page: readPage(body) };
  } catch {
    return {};
  }
}
