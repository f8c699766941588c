/** What the index was asked for; times are ms since the epoch. */
export interface ContactQuery {
  fromMs: number;
  toMs: number;
  updatedSinceMs: number | undefined;
  isProcessed: boolean | undefined;
  mediaTypeId: number | undefined;
  fields: ReadonlySet<string> | undefined;
  top: number;
  skip: number;
}

/** Rows of the largest page. */
const LARGEST_PAGE = 10_000;
const DAY_MS = 86_400_000;

/**
 * The query as the vendor reads it, or the reason why it is refused.
 *
 * @param daysBack how far back the index goes
 * @example readContactQuery(new URLSearchParams('startDate=2026-11-01T00:00:00+00:00'), 30, nowMs) // 'startDate must …'
 */
export function readContactQuery(query: URLSearchParams, daysBack: number, nowMs: number): ContactQuery | string {
  const dates: Record<string, number | undefined> = {};
  for (const name of ['startDate', 'endDate', 'updatedSince']) {
    const text = query.get(name);
    if (text === null) continue;
    // A numeric offset, +00:00 too, is refused.
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/.test(text)) return `${name} must be a date of ISO 8601 with Z`;
    dates[name] = Date.parse(text);
  }
  const { startDate, endDate, updatedSince } = dates;
  const oldestMs = nowMs - daysBack * DAY_MS;
  if (startDate === undefined && updatedSince === undefined) return 'startDate or updatedSince must be given';
  if (startDate !== undefined && endDate === undefined) return 'endDate must be given';
  if (startDate !== undefined && startDate < oldestMs) return `startDate must be within the last ${daysBack} days`;
  const top = wholeOf(query.get('top'), LARGEST_PAGE);
  const skip = wholeOf(query.get('skip'), 0);
  if (Number.isNaN(top) || Number.isNaN(skip)) return 'top and skip must be numbers';
  const processed = query.get('analyticsProcessed');
  const mediaTypeId = query.get('mediaTypeId');
  const fields = query.get('fields');
  return {
    fromMs: startDate ?? oldestMs,
    toMs: endDate ?? nowMs,
    updatedSinceMs: updatedSince,
    isProcessed: processed === null ? undefined : processed === 'true',
    mediaTypeId: mediaTypeId === null ? undefined : Number(mediaTypeId),
    fields: fields === null || fields === '' ? undefined : new Set(fields.split(',').map((name) => name.trim())),
    top: Math.min(top, LARGEST_PAGE),
    skip,
  };
}

const wholeOf = (text: string | null, absent: number): number =>
  text === null ? absent : /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
