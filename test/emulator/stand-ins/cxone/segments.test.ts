import { describe, expect, it } from 'vitest';
import { DAY, DAY_AND_LATER, NOW_MS, start, startPublicApis } from '../cxone-world.ts';
import { type Page, publicApisOf, type Row } from './public-apis-client.ts';

const DAYS = { from: DAY.from, to: DAY_AND_LATER.endingDate };
const idsOf = (rows: readonly { segmentId: string }[]) => rows.map(({ segmentId }) => segmentId);
const timesOf = ({ interactions }: Page) => interactions.map(({ firstAnnotatedAt }) => Date.parse(firstAnnotatedAt));

interface Transcript {
  annotatedDateTime: string;
  language: string;
  transcriptBlocks: { offset: number; length: number; text: string; channelName: string }[];
  annotations: { value: string; offset: number; highlightLength: number }[];
  metrics: Record<string, string>;
}

/** Walks as the vendor wants it: from the last row's millisecond on, known rows left out. */
async function walk(page: (cursor: number | undefined) => Promise<Page>): Promise<Row[]> {
  const known = new Map<string, Row>();
  let cursor: number | undefined;
  for (;;) {
    const { interactions } = await page(cursor);
    const before = known.size;
    for (const row of interactions) known.set(row.segmentId, row);
    if (known.size === before) return [...known.values()];
    cursor = Math.max(...interactions.map(({ firstAnnotatedAt }) => Date.parse(firstAnnotatedAt)));
  }
}

describe('the list', () => {
  it('walked with its inclusive cursor has every segment once, late ones in the order of their annotation', async () => {
    const { simulator, apis } = await startPublicApis({
      lateShare: 0.3,
      lateBySeconds: [3_600, 777_600],
      segments: { transferShare: 0.3 },
    });
    const rows = await walk((cursor) =>
      apis.page({ ...DAY_AND_LATER, pageSize: 7, ...(cursor === undefined ? {} : { cursor }) }),
    );
    expect(idsOf(rows)).toEqual(idsOf(simulator.segments(DAYS)));
    expect(rows.length).toBeGreaterThan(60);
    const times = rows.map(({ firstAnnotatedAt }) => firstAnnotatedAt);
    expect(times).toEqual(times.toSorted());
  });

  it('begins with the very millisecond of the cursor, from either end', async () => {
    const { apis } = await startPublicApis();
    const all = timesOf(await apis.page(DAY_AND_LATER));
    const cursor = all[20] ?? 0;
    expect(timesOf(await apis.page({ ...DAY_AND_LATER, cursor }))).toEqual(all.slice(20));
    const back = timesOf(await apis.page({ ...DAY_AND_LATER, cursor, order: 'desc' }));
    expect(back).toEqual(all.slice(0, 21).toReversed());
  });

  it('goes by the start unless told otherwise, in order also with transfers', async () => {
    const { apis } = await startPublicApis({ segments: { transferShare: 1 }, interactions: { count: 600, ...DAY } });
    const page = await apis.page({
      beginningDate: DAY.from,
      endingDate: DAY.to,
      dateField: 'startTime',
      pageSize: 999,
    });
    const starts = page.interactions.map(({ startTime }) => startTime);
    expect(starts).toHaveLength(999);
    expect(starts).toEqual(starts.toSorted());
  });

  it('holds more segments of one millisecond than a page, and parts them by medium and language', async () => {
    const { simulator, apis } = await startPublicApis({
      interactions: { count: 300, ...DAY },
      sameMoment: { first: 50, count: 200 },
      segments: { transferShare: 0, languages: ['en-US', 'es-ES'] },
      segmentPageSize: 100,
    });
    const [busiest] = [...Map.groupBy(simulator.segments(DAYS), ({ firstAnnotatedMs }) => firstAnnotatedMs)].sort(
      (a, b) => b[1].length - a[1].length,
    );
    expect(busiest?.[1]).toHaveLength(200);
    const cursor = busiest?.[0] ?? 0;
    const page = await apis.page({ ...DAY_AND_LATER, cursor, pageSize: 5_000 });
    expect(new Set(timesOf(page))).toEqual(new Set([cursor]));
    expect(page.interactions).toHaveLength(100);
    const parts = await apis.page({ ...DAY_AND_LATER, cursor, mediaType: 'CHAT', lang: 'es-ES' });
    const wanted = simulator.segments(DAYS).filter(({ medium, language, firstAnnotatedMs }) => {
      return medium === 'CHAT' && language === 'es-ES' && firstAnnotatedMs >= cursor;
    });
    expect(idsOf(parts.interactions)).toEqual(idsOf(wanted));
  });

  it('ignores what it does not know, and finds no medium by our name', async () => {
    const { apis } = await startPublicApis();
    expect((await apis.page({ ...DAY_AND_LATER, limit: 1 })).interactions.length).toBeGreaterThan(50);
    expect((await apis.page({ ...DAY_AND_LATER, mediaType: 'voice' })).interactions).toEqual([]);
    expect((await apis.list({ ...DAY_AND_LATER, cursor: 'abc' })).status).toBe(400);
    expect((await apis.list({ ...DAY_AND_LATER, beginningDate: 'yesterday' })).status).toBe(400);
  });

  it('shows a segment only once it is annotated', async () => {
    let nowMs = Date.parse(DAY.from) + 3_600_000;
    const { apis } = await startPublicApis({ now: () => nowMs });
    const early = (await apis.page(DAY_AND_LATER)).interactions.length;
    nowMs = NOW_MS;
    await apis.signIn();
    expect(early).toBeLessThan((await apis.page(DAY_AND_LATER)).interactions.length);
  });

  it('refuses in mid-walk what goes beyond the largest result', async () => {
    const { apis } = await startPublicApis({ segmentRowCap: 30 });
    const { interactions } = await apis.page({ ...DAY_AND_LATER, pageSize: 20 });
    const cursor = Date.parse(interactions.at(-1)?.firstAnnotatedAt ?? '');
    expect((await apis.list({ ...DAY_AND_LATER, pageSize: 20, cursor })).status).toBe(400);
  });
});

describe('a transcript', () => {
  const read = async (answer: Response) => (await answer.json()) as Transcript;

  it('holds the words of the bulk job and the segment that its id names, nothing else', async () => {
    const { simulator, apis } = await startPublicApis();
    const segment = simulator.segments(DAYS).find(({ mediaType, part }) => mediaType === 'chat' && part === 0);
    const { transcriptBlocks, metrics } = await read(await apis.transcript(segment?.segmentId ?? ''));
    const text = transcriptBlocks.map((block) => block.text).join(' ');
    const typed = simulator
      .plantedValues(segment?.interactionId ?? '', ['chat'])
      .filter(({ form }) => form === 'typed');
    expect(typed.filter(({ value }) => text.includes(value)).length).toBeGreaterThan(0);
    expect(metrics).toMatchObject({ mediaType: 'CHAT', startTime: segment?.startTime });
    expect((await apis.transcript(segment?.interactionId ?? '')).status).toBe(404);
    expect((await apis.transcript(String(segment?.acdContactId))).status).toBe(404);
  });

  it('says of each block and entity where it stands', async () => {
    const { simulator, apis } = await startPublicApis();
    let entities = 0;
    for (const { segmentId } of simulator.segments(DAYS)) {
      const { transcriptBlocks, annotations } = await read(await apis.transcript(segmentId));
      const text = transcriptBlocks.map((block) => block.text).join('\n');
      for (const { offset, length, text: said } of transcriptBlocks) expect(text.substr(offset, length)).toBe(said);
      for (const { offset, highlightLength, value } of annotations) {
        expect(text.substr(offset, highlightLength)).toBe(value);
      }
      entities += annotations.length;
    }
    expect(entities).toBeGreaterThan(10);
  });

  it('plants personal data in the row and the transcript, and tells a test all of it', async () => {
    const { simulator, apis } = await startPublicApis({ segments: { transferShare: 0.3 } });
    const { interactions } = await apis.page(DAY_AND_LATER);
    for (const row of interactions) {
      const shown = JSON.stringify([row, await read(await apis.transcript(row.segmentId))]);
      const planted = simulator.plantedInSegment(row.segmentId);
      expect(planted.length).toBeGreaterThan(3);
      for (const { value, leaks, form } of planted) {
        if (form !== 'split') expect(shown).toContain(value);
        expect(leaks.some((leak) => shown.includes(leak))).toBe(true);
      }
      const all = new Set(simulator.plantedValues(row.interactionId).map(({ value }) => value));
      expect(planted.filter(({ value }) => !all.has(value))).toEqual([]);
    }
  });

  it('is another one after each analysis, and anonymous after an erasure', async () => {
    let nowMs = NOW_MS;
    const { simulator, apis } = await startPublicApis({ now: () => nowMs });
    const id = simulator.segments(DAYS)[0]?.segmentId ?? '';
    const versions = [await read(await apis.transcript(id))];
    for (let i = 0; i < 2; i++) {
      nowMs += 1_000;
      simulator.reannotate(id);
      versions.push(await read(await apis.transcript(id)));
    }
    const stamps = versions.map(({ annotatedDateTime }) => annotatedDateTime);
    expect(new Set(stamps).size).toBe(3);
    expect(stamps).toEqual(stamps.toSorted());
    expect(simulator.segmentsOf(id)[0]).toMatchObject({ version: 3, annotatedDateTime: stamps[2] });
    expect(new Set(versions.map(({ transcriptBlocks }) => transcriptBlocks[0]?.text)).size).toBe(3);
    simulator.anonymise(id);
    const erased = JSON.stringify(await read(await apis.transcript(id)));
    expect(erased).toContain('nic_anonymize.com');
    for (const { leaks } of simulator.plantedInSegment(id)) {
      for (const leak of leaks) expect(erased).not.toContain(leak);
    }
  });

  it('is analysed again by itself, missing or empty for the share that is asked for', async () => {
    let nowMs = Date.parse('2026-10-02T06:00:00.000Z');
    const traits = { missingShare: 0.2, emptyShare: 0.2, reannotatedShare: 0.3, reannotatedAfterSeconds: 864_000 };
    const { simulator, apis } = await startPublicApis({
      segments: traits,
      now: () => nowMs,
      tokenLifetimeSeconds: 1e7,
    });
    const segments = simulator.segments(DAYS);
    expect(segments.every(({ version }) => version === 1)).toBe(true);
    const outcomes = new Set<string>();
    for (const { segmentId, outcome } of segments) {
      const answer = await apis.transcript(segmentId);
      outcomes.add(outcome);
      expect(answer.status).toBe(outcome === 'missing' ? 404 : 200);
      if (answer.ok) expect((await read(answer)).transcriptBlocks.length === 0).toBe(outcome === 'empty');
    }
    expect(outcomes).toEqual(new Set(['transcript', 'missing', 'empty']));
    nowMs = Date.parse('2026-10-13T00:00:00.000Z');
    const again = simulator.segments(DAYS).filter(({ version }) => version === 2);
    expect(again.length).toBeGreaterThan(5);
    expect(again.every(({ reannotatedMs }) => reannotatedMs !== undefined)).toBe(true);
  });

  it('is known under an id that somebody made up, as in the bulk job', async () => {
    const { simulator } = await start();
    const apis = publicApisOf(simulator);
    await apis.signIn();
    const answer = await apis.transcript('int-1001');
    expect(answer.status).toBe(200);
    expect(simulator.segmentsOf('int-1001')).toMatchObject([{ segmentId: 'int-1001', interactionId: 'int-1001' }]);
  });

  it('of a call comes word by word where asked for', async () => {
    const { simulator, apis } = await startPublicApis();
    const id = simulator.segments(DAYS).find(({ mediaType }) => mediaType === 'voice')?.segmentId ?? '';
    const { transcriptBlocks } = await read(await apis.transcript(id, '?wordLevel=true'));
    expect(transcriptBlocks.every(({ text }) => !text.includes(' '))).toBe(true);
  });
});

it('pages of a hundred thousand segments cost a page each', async () => {
  const { simulator, apis } = await startPublicApis({ interactions: { count: 200_000, ...DAY } });
  const last = await apis.page({ ...DAY_AND_LATER, beginningDate: '2026-10-01T23:59:00.000Z', pageSize: 5 });
  expect(last.interactions).toHaveLength(5);
  const [row] = last.interactions;
  expect(simulator.segmentsOf(String(row?.acdContactId)).map(({ segmentId }) => segmentId)).toContain(row?.segmentId);
});
