import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PipelineError } from '../../../../../../lambdas/shared/contracts/errors.ts';
import { discoverSegments } from '../../../../../../lambdas/shared/vendor/interaction-analytics/discover-segments.ts';
import { mediumOf } from '../../../../../../lambdas/shared/vendor/interaction-analytics/media.ts';
import type {
  ListSegments,
  SegmentQuery,
  SegmentRow,
} from '../../../../../../lambdas/shared/vendor/interaction-analytics/segment-page.ts';

const FROM = Date.parse('2026-11-21T00:00:00Z');
const TO = FROM + 1_000;

interface Quirks {
  /** Rows of the largest page, whatever is asked for. */
  cap?: number;
  /** Begins behind the cursor's millisecond. */
  exclusive?: boolean;
  /** Leaves out rows of the end's very millisecond. */
  openEnd?: boolean;
  shuffled?: boolean;
  ignoresCursor?: boolean;
  ignoresFilters?: boolean;
  descending?: boolean;
  /** 400 for pages larger than this. */
  refusesPagesOver?: number;
  /** 400 once so many rows were walked through. */
  walksAtMost?: number;
}

function rowAt(availableMs: number, id: number, medium = 'PhoneCall'): SegmentRow {
  return {
    segmentId: `s-${id}`,
    availableMs,
    startMs: availableMs - 1_000,
    medium,
    mediaType: mediumOf(medium),
    aliases: {},
    json: '{}',
  };
}

/** A vendor in memory; `language` of a row is told by the last digit of its id. */
function vendorWith(rows: readonly SegmentRow[], quirks: Quirks) {
  const queries: SegmentQuery[] = [];
  const list: ListSegments = async (query) => {
    queries.push(query);
    if (queries.length > 5_000) throw new Error('the walk does not end');
    const { fromMs, toMs, cursorMs, pageSize, mediaType, language } = query;
    if (pageSize > (quirks.refusesPagesOver ?? Number.POSITIVE_INFINITY)) throw refused();
    const startsAt = cursorMs === undefined || quirks.ignoresCursor ? fromMs : cursorMs + (quirks.exclusive ? 1 : 0);
    const walked = rows.filter(({ availableMs }) => availableMs >= fromMs && availableMs < startsAt).length;
    if (walked > (quirks.walksAtMost ?? Number.POSITIVE_INFINITY)) throw refused();
    const matching = rows
      .filter(({ availableMs: ms }) => ms >= fromMs && (quirks.openEnd ? ms < toMs : ms <= toMs))
      .filter(({ availableMs }) =>
        quirks.descending ? cursorMs === undefined || availableMs <= cursorMs : availableMs >= startsAt,
      )
      .filter(({ medium }) => quirks.ignoresFilters || mediaType === undefined || medium === mediaType)
      .filter(({ segmentId }) => quirks.ignoresFilters || language === undefined || languageOf(segmentId) === language)
      .toSorted((a, b) => (quirks.descending ? b.availableMs - a.availableMs : a.availableMs - b.availableMs));
    const page = matching.slice(0, Math.min(pageSize, quirks.cap ?? 1_000));
    return { rows: quirks.shuffled ? page.toReversed() : page, unreadable: [] };
  };
  return { list, queries };
}

const refused = () => new PipelineError('VendorRejected', 'no', { status: 400 });
const languageOf = (id: string) => ['en-US', 'de-DE', 'fr-FR'][Number(id.at(-1)) % 3];
const never = () => false;
const SLICE = { fromMs: FROM, toMs: TO, mediaTypes: ['voice', 'chat', 'other'] };
const walk = async (list: ListSegments) => [...((await discoverSegments(list, SLICE, never))?.found.keys() ?? [])];

describe('discoverSegments', () => {
  it.each<Quirks>([
    { cap: 5 },
    { cap: 5, openEnd: true },
    { cap: 5, exclusive: true },
    { cap: 5, exclusive: true, openEnd: true },
    { cap: 5, shuffled: true },
    { cap: 1_000 },
    { cap: 1_000, exclusive: true, shuffled: true },
  ])('finds every segment of the slice once, as long as no millisecond fills a page: %j', async (quirks) => {
    const wide = fc.integer({ min: FROM - 5, max: TO + 5 });
    const crowded = fc.integer({ min: FROM - 5, max: FROM + 20 });
    const rows = fc.oneof(fc.array(wide, { maxLength: 60 }), fc.array(crowded, { minLength: 20, maxLength: 60 }));
    await fc.assert(
      fc.asyncProperty(rows, async (times) => {
        const few = times.filter((ms, i) => times.slice(0, i).filter((other) => other === ms).length < 4);
        const all = few.map((ms, id) => rowAt(ms, id));
        const expected = all.filter(({ availableMs }) => availableMs >= FROM && availableMs < TO);
        const found = await walk(vendorWith(all, quirks).list);
        expect(found.sort()).toEqual(expected.map(({ segmentId }) => segmentId).sort());
      }),
      { numRuns: 60 },
    );
  });

  const crowd = (count: number, media: string[] = ['PhoneCall', 'CHAT']) => [
    ...Array.from({ length: 30 }, (_, i) => rowAt(FROM + i, i)),
    ...Array.from({ length: count }, (_, i) => rowAt(FROM + 100, 1_000 + i, media[i % media.length])),
    ...Array.from({ length: 30 }, (_, i) => rowAt(FROM + 200 + i, 100_000 + i)),
  ];

  it.each<[string, number, Quirks]>([
    ['a page takes it', 900, {}],
    ['a larger page takes it', 1_200, { cap: 5_000 }],
    ['each medium by itself fits into a page', 1_200, {}],
    ['each language by itself fits into a page', 2_700, {}],
    ['larger pages are refused', 1_200, { refusesPagesOver: 1_000 }],
    ['pages are smaller than what is asked for', 150, { cap: 100 }],
    ['the cursor leaves its millisecond out', 1_200, { exclusive: true }],
  ])('sees all of a crowded millisecond when %s', async (_, count, quirks) => {
    expect((await walk(vendorWith(crowd(count), quirks).list)).length).toBe(count + 60);
  });

  it('a slice that begins with a crowded millisecond is seen whole, of whatever size the pages are', async () => {
    const rows = Array.from({ length: 150 }, (_, i) => rowAt(FROM, i, ['PhoneCall', 'CHAT'][i % 2]));
    expect((await walk(vendorWith(rows, { cap: 100 }).list)).length).toBe(150);
  });

  it.each([25, 50, 100, 1_000])(
    '%i segments of one medium and millisecond, and no others, may be all',
    async (count) => {
      const rows = Array.from({ length: count }, (_, i) => rowAt(FROM + 7, i * 3));
      expect((await walk(vendorWith(rows, { cap: 20_000 }).list)).length).toBe(count);
    },
  );

  it.each<[string, Quirks, SegmentRow[], RegExp]>([
    ['a cursor that is ignored', { cap: 5, ignoresCursor: true }, crowd(0), /ignores the cursor/],
    ['an order that is ignored', { cap: 5, descending: true }, crowd(0), /ignores the cursor/],
    [
      'a millisecond that nothing takes apart',
      {},
      crowd(3_000, ['Hologram']).map((row, i) => ({ ...row, segmentId: `s-${i * 3}` })),
      /2026-11-21T00:00:00\.100Z/,
    ],
    ['filters that are ignored', { ignoresFilters: true }, crowd(1_200), /2026-11-21T00:00:00\.100Z/],
  ])('refuses %s', async (_, quirks, rows, words) => {
    await expect(walk(vendorWith(rows, quirks).list)).rejects.toMatchObject({
      name: 'ContractViolation',
      message: expect.stringMatching(words),
    });
  });

  it('tells the media apart by its own names, and asks for none', async () => {
    const media = ['PhoneCall', 'CHAT', 'Email', 'Hologram'];
    const { list, queries } = vendorWith(
      media.map((medium, i) => rowAt(FROM + i, i, medium)),
      {},
    );
    expect(await walk(list)).toEqual(['s-0', 's-1', 's-3']);
    expect(queries.map(({ mediaType }) => mediaType)).toEqual([undefined, undefined]);
  });

  it('begins without a cursor, and goes on at the millisecond of the last row', async () => {
    const { list, queries } = vendorWith(crowd(0), { cap: 40 });
    await walk(list);
    expect(queries.map(({ cursorMs }) => cursorMs && cursorMs - FROM)).toEqual([undefined, 209, 229]);
  });

  it('gives up a slice that the vendor does not walk to its end, until it is one millisecond', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => rowAt(FROM + i, i));
    const { list } = vendorWith(rows, { cap: 5, walksAtMost: 8 });
    expect(await discoverSegments(list, SLICE, never)).toBeUndefined();
    expect((await discoverSegments(list, { ...SLICE, toMs: FROM + 6 }, never))?.found.size).toBe(6);
    const inMidWalk: ListSegments = async (query) => {
      if (query.cursorMs !== undefined) throw refused();
      return { rows: [rowAt(FROM, 1)], unreadable: [] };
    };
    const shortest = discoverSegments(inMidWalk, { ...SLICE, toMs: FROM + 1 }, never);
    await expect(shortest).rejects.toMatchObject({
      name: 'VendorRejected',
      message: expect.stringContaining('00:00:00.000Z'),
    });
  });

  it.each([
    [2, true],
    [99, false],
  ])('with %i pages allowed, given up is %s', async (allowed, isGivenUp) => {
    const { list } = vendorWith(crowd(0), { cap: 10 });
    expect((await discoverSegments(list, SLICE, (pages) => pages >= allowed)) === undefined).toBe(isGivenUp);
  });

  it('names the rows that cannot be read', async () => {
    const list: ListSegments = async () => ({ rows: [rowAt(FROM, 1)], unreadable: ['s-1', 's-2'] });
    expect((await discoverSegments(list, SLICE, never))?.unreadable).toEqual(new Set(['s-2']));
  });
});
