/** What the vendor has under ids of a segment, an interaction or an ACD contact. */
import type { IdAnswer, LookedUp } from '../transcript-source.ts';
import { foundSegment } from './found-segment.ts';
import type { ListSegments, SegmentRow } from './segment-page.ts';
import { walkSegments } from './walk-segments.ts';

/** The form of an ACD contact's id, under which no transcript is served. Others may be a segment's, whatever their form. */
const CONTACT_ID = /^\d+$/;
/** How far from the named instant a transcript may have become available, in ms. */
const AROUND_MS = 86_400_000;
/** Pages of the list that ids are looked for in: two days of 200,000 segments. */
const MAX_PAGES = 400;

/**
 * What becomes of the ids. One that is no number is taken for a segment's where the list does not show it, since its transcript
 * is asked for by it: the vendor says whether there is one. What else it may stand for, and what the numbers stand for, is in the
 * list around the given instant only.
 *
 * @param around ISO 8601; without it the list is not asked
 * @throws what `list` throws
 * @example
 * await lookUpSegments(list, ['4711'], '2026-11-21T10:00:00Z')
 * // { interactions: [{ interactionId: '0e52…', askedAs: '4711', … }], unreadable: [], isWhole: true }
 */
export async function lookUpSegments(list: ListSegments, ids: readonly string[], around?: string): Promise<IdAnswer> {
  const asked = new Set(ids);
  const found = new Map<string, LookedUp>();
  const keep = (row: SegmentRow) => {
    const { interactionId, acdContactId } = row.aliases;
    const askedAs = [row.segmentId, interactionId, acdContactId].filter((id) => id !== undefined && asked.has(id));
    for (const id of askedAs) {
      found.set(`${row.segmentId} ${id}`, { ...foundSegment(row), ...(id !== row.segmentId && { askedAs: id }) });
    }
  };
  const isWhole = around !== undefined && (await listAround(list, Date.parse(around), keep));
  const interactions = [...found.values()];
  const answered = new Set(interactions.map(({ interactionId, askedAs }) => askedAs ?? interactionId));
  for (const id of asked) {
    if (!answered.has(id) && !CONTACT_ID.test(id)) interactions.push({ interactionId: id, availableMs: 0 });
  }
  return { interactions, unreadable: [], isWhole };
}

/** @returns whether everything was listed */
async function listAround(list: ListSegments, aroundMs: number, keep: (row: SegmentRow) => void): Promise<boolean> {
  const [fromMs, toMs] = [aroundMs - AROUND_MS, aroundMs + AROUND_MS];
  const walk = { list, fromMs, toMs, isTooLong: (pages: number) => pages >= MAX_PAGES };
  return (await walkSegments(walk, ({ rows }) => rows.forEach(keep))) !== undefined;
}
