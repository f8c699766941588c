import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findRows } from '../../../../../../lambdas/shared/vendor/interaction-analytics/find-rows.ts';
import type {
  ListSegments,
  SegmentQuery,
  SegmentRow,
} from '../../../../../../lambdas/shared/vendor/interaction-analytics/segment-page.ts';

const rowAt = (availableMs: number, id: number): SegmentRow => ({
  segmentId: `s-${id}`,
  availableMs,
  startMs: undefined,
  medium: undefined,
  mediaType: undefined,
  aliases: {},
  json: '{}',
});

function vendorWith(rows: readonly SegmentRow[], cap = 1_000, endIsOpen = false) {
  const queries: SegmentQuery[] = [];
  const list: ListSegments = async (query) => {
    queries.push(query);
    const { fromMs, toMs, pageSize } = query;
    const within = rows.filter(({ availableMs: ms }) => ms >= fromMs && (endIsOpen ? ms < toMs : ms <= toMs));
    const page = within.toSorted((a, b) => a.availableMs - b.availableMs).slice(0, Math.min(pageSize, cap));
    return { rows: page, unreadable: [] };
  };
  return { list, queries };
}

const wantedOf = (rows: readonly SegmentRow[]) =>
  rows.map(({ segmentId, availableMs }) => ({ interactionId: segmentId, availableMs }));
const idsFound = async (list: ListSegments, wanted: { interactionId: string; availableMs?: number }[]) => {
  const rows = findRows(list, wanted);
  const found = await Promise.all(wanted.map(({ interactionId }) => rows.rowOf(interactionId)));
  return found.map((row) => row?.segmentId);
};

describe('findRows', () => {
  it.each([false, true])('finds the row of each in few pages, the end left out: %s', async (endIsOpen) => {
    const times = fc.uniqueArray(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(times, fc.integer({ min: 1, max: 10 }), async (all, everyNth) => {
        const rows = all.map(rowAt);
        const wanted = wantedOf(rows.filter((_, i) => i % everyNth === 0));
        const { list, queries } = vendorWith(rows, 100, endIsOpen);
        expect(await idsFound(list, wanted)).toEqual(wanted.map(({ interactionId }) => interactionId));
        expect(queries.length).toBeLessThanOrEqual(Math.ceil(rows.length / 90) + 1);
      }),
      { numRuns: 50 },
    );
  });

  it('leaps over gaps: a page begins at the next one that is wanted', async () => {
    const rows = Array.from({ length: 5_000 }, (_, i) => rowAt(1_000 + i, i));
    const wanted = wantedOf([rows[0], rows[4_000]] as SegmentRow[]);
    const { list, queries } = vendorWith(rows);
    expect(await idsFound(list, wanted)).toEqual(['s-0', 's-4000']);
    expect(queries.map(({ fromMs }) => fromMs)).toEqual([1_000, 5_000]);
  });

  it('takes a larger page where one millisecond fills a usual one', async () => {
    const rows = Array.from({ length: 1_500 }, (_, i) => rowAt(1_000, i));
    const { list, queries } = vendorWith(rows, 10_000);
    expect(await idsFound(list, wantedOf(rows.slice(-3)))).toEqual(['s-1497', 's-1498', 's-1499']);
    expect(queries.map(({ pageSize }) => pageSize)).toEqual([1_000, 10_000]);
  });

  it('those that are not listed, too many for a page, or without a time go without, and cost none its row', async () => {
    const rows = [...Array.from({ length: 1_500 }, (_, i) => rowAt(1_000, i)), rowAt(2_000, 9_000)];
    const wanted = [
      ...wantedOf([rows[1_400], rowAt(1_500, 8_000), rows[1_500]] as SegmentRow[]),
      { interactionId: 's-unlisted' },
    ];
    expect(await idsFound(vendorWith(rows, 1_000).list, wanted)).toEqual([undefined, undefined, 's-9000', undefined]);
    expect(await idsFound(vendorWith([]).list, wanted)).toEqual(wanted.map(() => undefined));
  });

  it('asks for no more pages than rows are worth', async () => {
    const rows = Array.from({ length: 200 }, (_, i) => rowAt(1 + i * 10, i));
    const { list, queries } = vendorWith(rows, 1);
    const found = await idsFound(list, wantedOf(rows));
    expect(queries.length).toBe(22);
    expect(found.filter((id) => id !== undefined)).toHaveLength(22);
  });

  it('keeps some of the others, and passes on what the list throws', async () => {
    const rows = Array.from({ length: 9 }, (_, i) => rowAt(1_000 + i, i));
    const found = findRows(vendorWith(rows).list, wantedOf([rows[0], rows[8]] as SegmentRow[]));
    await found.rowOf('s-8');
    expect(found.neighbours).toEqual(['s-1', 's-2', 's-3', 's-4', 's-5']);
    const refusing = findRows(() => Promise.reject(new Error('no')), wantedOf(rows));
    await expect(refusing.rowOf('s-3')).rejects.toThrow('no');
  });
});
