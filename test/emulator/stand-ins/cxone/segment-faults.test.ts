import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../../emulator/stand-ins/cxone/faults.ts';
import { DAY_AND_LATER, startPublicApis } from '../cxone-world.ts';

type ListFault = Extract<Fault, { on: 'segments' }>['do'];
type TranscriptFault = Extract<Fault, { on: 'segmentTranscript' }>['do'];
type Body = Record<string, unknown>;

const listWith = async (effect: ListFault, query: Record<string, string | number> = {}) => {
  const { simulator, apis } = await startPublicApis({ faults: [{ on: 'segments', times: 'always', do: effect }] });
  const answer = await apis.list({ ...DAY_AND_LATER, pageSize: 10, ...query });
  return { simulator, apis, answer };
};

describe('the list', () => {
  it.each<[ListFault, number]>([
    [{ status: 400 }, 400],
    [{ tooManyRows: true }, 400],
    [{ pathMoved: true }, 404],
    [{ status: 403 }, 403],
    [{ status: 429 }, 429],
    [{ status: 500 }, 500],
  ])('%j', async (effect, status) => {
    const { answer } = await listWith(effect);
    expect(answer.status).toBe(status);
    expect(answer.headers.has('retry-after')).toBe(false);
    const text = await answer.text();
    expect(text === '').toBe(status === 403);
  });

  it('kills every token, until somebody signs in again', async () => {
    const { simulator, apis } = await startPublicApis({
      faults: [{ on: 'segments', match: { nth: 2 }, do: { tokenDies: true } }],
    });
    const statusOf = async () => (await apis.list(DAY_AND_LATER)).status;
    expect([await statusOf(), await statusOf(), await statusOf()]).toEqual([200, 401, 401]);
    await apis.signIn();
    expect(await statusOf()).toBe(200);
    expect(simulator.count('segments')).toBe(4);
  });

  it('never answers after a 429', async () => {
    const { apis } = await startPublicApis({
      faults: [
        { on: 'segments', do: { status: 429 } },
        { on: 'segments', do: { hang: true } },
      ],
    });
    expect((await apis.list(DAY_AND_LATER)).status).toBe(429);
    const first = await Promise.race([
      apis.list(DAY_AND_LATER).catch(() => 'refused'),
      new Promise((resolve) => setTimeout(resolve, 150, 'silence')),
    ]);
    expect(first).toBe('silence');
  });

  it('comes as a map, under another name, with a wrong total', async () => {
    const { answer } = await listWith({ rowsAs: 'map', rowsUnder: 'segments', totalRecords: 'many' });
    const body = (await answer.json()) as { segments: Record<string, { segment: Body }>; totalRecords: string };
    expect(body.totalRecords).toBe('many');
    const [id, row] = Object.entries(body.segments)[0] ?? [];
    expect(row?.segment.segmentId).toBe(id);
  });

  it('has links that repeat, lead back and forth, or none', async () => {
    const linksOf = async (links: 'repeat' | 'alternate' | 'none', query = {}) =>
      ((await (await listWith({ links }, query)).answer.json()) as { links?: { self: string; next: string } }).links;
    const repeated = await linksOf('repeat');
    expect(repeated?.next).toBe(repeated?.self);
    const first = await linksOf('alternate');
    const cursor = Number(new URL(first?.next ?? '').searchParams.get('cursor'));
    const second = await linksOf('alternate', { cursor });
    expect(new URL(second?.next ?? '').searchParams.get('cursor')).toBe(
      String(Date.parse(DAY_AND_LATER.beginningDate)),
    );
    expect(await linksOf('none')).toBeUndefined();
  });

  it('ignores the cursor, or begins behind it', async () => {
    const { answer } = await listWith({});
    const page = (await answer.json()) as { interactions: { firstAnnotatedAt: string }[] };
    const cursor = Date.parse(page.interactions[4]?.firstAnnotatedAt ?? '');
    const firstOf = async (effect: ListFault) =>
      ((await (await listWith(effect, { cursor })).answer.json()) as typeof page).interactions[0]?.firstAnnotatedAt;
    expect(await firstOf({ ignoreCursor: true })).toBe(page.interactions[0]?.firstAnnotatedAt);
    expect(await firstOf({ exclusiveCursor: true })).toBe(page.interactions[5]?.firstAnnotatedAt);
    expect(await firstOf({})).toBe(page.interactions[4]?.firstAnnotatedAt);
  });

  it('says something else of one row, or of all', async () => {
    const { simulator, apis } = await startPublicApis();
    const [target] = (await apis.page(DAY_AND_LATER)).interactions;
    const effect = { mediaType: 'Hologram', firstAnnotatedAt: null };
    simulator.setFaults([{ on: 'segments', match: { interactionId: target?.interactionId ?? '' }, do: effect }]);
    const { interactions } = await apis.page(DAY_AND_LATER);
    const odd = interactions.filter(({ mediaType }) => mediaType === 'Hologram');
    expect(new Set(odd.map(({ interactionId }) => interactionId))).toEqual(new Set([target?.interactionId]));
    expect(odd[0]).not.toHaveProperty('firstAnnotatedAt');
  });

  it('has numbers as text', async () => {
    const { answer } = await listWith({ oddNumbers: true });
    const body = (await answer.json()) as { totalRecords: unknown; interactions: Body[] };
    expect([typeof body.totalRecords, typeof body.interactions[0]?.acdContactId]).toEqual(['string', 'string']);
  });
});

describe('a transcript', () => {
  const transcriptWith = async (effect: TranscriptFault) => {
    const { simulator, apis } = await startPublicApis({ faults: [{ on: 'segmentTranscript', do: effect }] });
    const segment = simulator.segments({ from: DAY_AND_LATER.beginningDate, to: DAY_AND_LATER.endingDate });
    return apis.transcript(segment.find(({ mediaType }) => mediaType === 'voice')?.segmentId ?? '');
  };

  it('looks the same where there is none and where the path has moved', async () => {
    const [none, moved] = [await transcriptWith({ noTranscript: true }), await transcriptWith({ pathMoved: true })];
    expect([none.status, moved.status]).toEqual([404, 404]);
    expect(Object.keys((await none.json()) as Body)).toEqual(Object.keys((await moved.json()) as Body));
  });

  it.each<[TranscriptFault, Body]>([
    [{ blocks: 'empty' }, { transcriptBlocks: [] }],
    [
      { language: 'tlh', type: 'Hologram' },
      { language: 'tlh', type: 'Hologram' },
    ],
    [{ annotatedDateTime: '2020-01-01T00:00:00Z' }, { annotatedDateTime: '2020-01-01T00:00:00Z' }],
  ])('%j', async (effect, expected) => {
    expect(await (await transcriptWith(effect)).json()).toMatchObject(expected);
  });

  it('leaves out its blocks and its version', async () => {
    const body = await (await transcriptWith({ blocks: 'absent', annotatedDateTime: null })).json();
    expect(body).not.toHaveProperty('transcriptBlocks');
    expect(body).not.toHaveProperty('annotatedDateTime');
  });

  it('has confidences below 1, and offsets as text', async () => {
    const body = (await (await transcriptWith({ oddNumbers: true })).json()) as { transcriptBlocks: Body[] };
    const block = body.transcriptBlocks[1] as { offset: string; voiceMetadata: { confidence: number } };
    expect(block.voiceMetadata.confidence).toBeLessThanOrEqual(1);
    expect(typeof block.offset).toBe('string');
  });

  it('is anonymous in a second fetch', async () => {
    expect(await (await transcriptWith({ anonymised: true })).text()).toContain('nic_anonymize.com');
  });
});
