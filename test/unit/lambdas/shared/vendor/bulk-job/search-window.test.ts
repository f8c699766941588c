import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SearchPage } from '../../../../../../lambdas/shared/vendor/bulk-job/search-page.ts';
import { searchWindow } from '../../../../../../lambdas/shared/vendor/bulk-job/search-window.ts';

const FROM = Date.parse('2026-11-21T00:00:00Z');
const TO = Date.parse('2026-11-22T00:00:00Z');
const PAGE = 5;

interface Quirks {
  /** Hands the request's own cursor back: never, once, on every page, or only at the end. */
  repeats?: 'once' | 'always' | 'at the end';
  /** Includes `to`, and repeats the last row of the page before. */
  inclusive?: boolean;
  reversed?: boolean;
  /** Ignores the cursor: every page is the first one. */
  ignoresCursor?: boolean;
}

interface Row {
  interactionId: string;
  mediaType: string;
  startTime: string;
  availableAt?: string;
}

const rowAt = (startMs: number, id: number): Row => ({
  interactionId: `int-${id}`,
  mediaType: 'voice',
  startTime: new Date(startMs).toISOString(),
});

function vendorWith(rows: readonly Row[], quirks: Quirks) {
  const requests: Parameters<SearchPage>[0][] = [];
  let repeated = 0;
  const search: SearchPage = async (query) => {
    requests.push(query);
    if (requests.length > 20_000) throw new Error('the walk does not end');
    const [from, to] = [Date.parse(query.from ?? ''), Date.parse(query.to ?? '')];
    const inSpan = rows.filter(({ startTime }) => {
      const ms = Date.parse(startTime);
      return ms >= from && (ms < to || (quirks.inclusive === true && ms === to));
    });
    const offset = quirks.ignoresCursor ? 0 : Number(query.cursor ?? 0);
    const start = quirks.inclusive ? Math.max(0, offset - 1) : offset;
    const interactions = inSpan.slice(start, offset + PAGE);
    if (quirks.reversed) interactions.reverse();
    const hasMore = offset + PAGE < inSpan.length;
    const next = hasMore ? String(offset + PAGE) : undefined;
    if (query.cursor === undefined) return { interactions, ...(next && { nextCursor: next }) };
    const repeats =
      quirks.repeats === 'always' ||
      (quirks.repeats === 'once' && repeated === 0) ||
      (quirks.repeats === 'at the end' && !hasMore);
    if (repeats) repeated += 1;
    const cursor = repeats ? query.cursor : next;
    return { interactions, ...(cursor && { nextCursor: cursor }) };
  };
  return { search, requests };
}

const SPAN = { fromMs: FROM, toMs: TO, mediaTypes: ['voice', 'chat'] };
const walk = async (search: SearchPage) => (await searchWindow(search, SPAN))?.found ?? new Map();

describe('searchWindow', () => {
  it.each<Quirks>([
    {},
    { inclusive: true },
    { reversed: true },
    { repeats: 'once' },
    { repeats: 'always' },
    { repeats: 'at the end' },
    { repeats: 'always', reversed: true, inclusive: true },
    { ignoresCursor: true, repeats: 'always' },
  ])('finds every interaction once: %j', async (quirks) => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: FROM - 5, max: TO + 5 }), { maxLength: 60 }),
        fc.boolean(),
        async (starts, isSorted) => {
          const rows = (isSorted ? starts.toSorted((a, b) => a - b) : starts).map(rowAt);
          const found = await walk(vendorWith(rows, quirks).search);
          const expected = rows.filter(({ startTime }) => Date.parse(startTime) >= FROM && Date.parse(startTime) < TO);
          expect([...found.keys()].sort()).toEqual(expected.map(({ interactionId }) => interactionId).sort());
        },
      ),
      { numRuns: 60 },
    );
  });

  it('asks for the span, the media and the page after the last one', async () => {
    const rows = Array.from({ length: 12 }, (_, i) => rowAt(FROM + i, i));
    const { search, requests } = vendorWith(rows, {});
    await walk(search);
    const span = { from: '2026-11-21T00:00:00.000Z', to: '2026-11-22T00:00:00.000Z', mediaTypes: ['voice', 'chat'] };
    expect(requests).toEqual([
      { ...span, pageSize: 500 },
      { ...span, pageSize: 500, cursor: '5' },
      { ...span, pageSize: 500, cursor: '10' },
    ]);
  });

  it('takes the earlier time of an interaction with two media', async () => {
    const row = rowAt(FROM, 1);
    const rows = [
      { ...row, availableAt: '2026-11-23T00:00:00Z' },
      { ...row, availableAt: '2026-11-22T00:00:00Z' },
    ];
    const found = await walk(async () => ({ interactions: rows }));
    const availableMs = Date.parse('2026-11-22T00:00:00Z');
    expect([...found.values()]).toEqual([{ interactionId: 'int-1', startMs: FROM, availableMs }]);
  });

  it.each([
    [3, false],
    [2, true],
  ])('12 rows on pages of 5, %i pages allowed: given up is %s', async (allowed, isGivenUp) => {
    const rows = Array.from({ length: 12 }, (_, i) => rowAt(FROM + i, i));
    const result = await searchWindow(vendorWith(rows, {}).search, SPAN, (pages) => pages >= allowed);
    expect(result === undefined).toBe(isGivenUp);
    if (result) expect([result.found.size, result.pages]).toEqual([12, 3]);
  });

  it('names the rows that cannot be read, unless another row of the same interaction can', async () => {
    const search: SearchPage = async () => ({ interactions: [rowAt(FROM, 1)], unreadable: ['int-1', 'int-2'] });
    const result = await searchWindow(search, SPAN);
    expect([[...(result?.found.keys() ?? [])], [...(result?.unreadable ?? [])]]).toEqual([['int-1'], ['int-2']]);
  });

  it.each<[string, SearchPage]>([
    [
      'cursors without end and without rows',
      ((calls) => async () => ({ interactions: [], nextCursor: `c${calls++}` }))(0),
    ],
    [
      'more rows within a millisecond than it hands out',
      async (query) => {
        const offset = query.cursor === undefined ? 0 : 5;
        const rows = Array.from({ length: PAGE }, (_, i) => rowAt(FROM + 1, offset + i));
        const isIn = Date.parse(query.from ?? '') <= FROM + 1 && Date.parse(query.to ?? '') > FROM + 1;
        return { interactions: isIn ? rows : [], nextCursor: 'c' };
      },
    ],
  ])('refuses %s', async (_, search) => {
    await expect(walk(search)).rejects.toMatchObject({ name: 'ContractViolation' });
  });
});
