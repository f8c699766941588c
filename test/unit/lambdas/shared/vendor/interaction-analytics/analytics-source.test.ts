import { describe, expect, it } from 'vitest';
import type { CxoneSimulatorOptions } from '../../../../../../emulator/stand-ins/cxone/start-cxone-simulator.ts';
import { idsOf, OPTIONS, sortedIds, tenantWith, WINDOW } from './analytics-world.ts';

describe('AnalyticsSource', () => {
  it('says whom it has reached, and that a batch is ready at once', async () => {
    const { simulator, source, frame } = await tenantWith();
    expect(await source.authenticate(frame)).toMatchObject({ tenant: { id: simulator.tenantId } });
    expect(await source.submit(['s-1'], OPTIONS, frame)).toEqual({ jobId: 'direct', isReady: true });
    expect(await source.progress('direct', frame)).toEqual({ status: 'completed' });
  });

  it.each<[string, CxoneSimulatorOptions]>([
    ['pages of 7', { segmentPageSize: 7 }],
    ['a map', { faults: [{ on: 'segments', times: 'always', do: { rowsAs: 'map', rowsUnder: 'data' } }] }],
    [
      'repeating links',
      { segmentPageSize: 7, faults: [{ on: 'segments', times: 'always', do: { links: 'repeat', totalRecords: 3 } }] },
    ],
    [
      'odd numbers, reversed pages',
      { segmentPageSize: 7, faults: [{ on: 'segments', times: 'always', do: { oddNumbers: true, outOfOrder: true } }] },
    ],
    [
      'an exclusive cursor',
      { segmentPageSize: 7, faults: [{ on: 'segments', times: 'always', do: { exclusiveCursor: true } }] },
    ],
    [
      'a token that dies in mid-walk',
      { segmentPageSize: 7, faults: [{ on: 'segments', match: { nth: 3 }, do: { tokenDies: true } }] },
    ],
  ])('discovers what the list holds, with %s', async (_, options) => {
    const { simulator, discover } = await tenantWith(options);
    const found = await discover();
    const listed = simulator.segments(WINDOW);
    expect(sortedIds(found)).toEqual(listed.map(({ segmentId }) => segmentId).sort());
    const [first] = listed;
    expect(found.find(({ interactionId }) => interactionId === first?.segmentId)).toEqual({
      interactionId: first?.segmentId,
      startMs: first?.startMs,
      availableMs: first?.firstAnnotatedMs,
      aliases: { interactionId: first?.interactionId, acdContactId: String(first?.acdContactId) },
    });
  });

  it('opens a batch: each transcript once, with its row, at most eight at a time, in few list calls', async () => {
    const { simulator, discover, open } = await tenantWith({ latencyMs: 5, segmentPageSize: 20 });
    const found = await discover();
    const before = simulator.count('segments');
    const { artifacts, rest, result } = await open(found);
    expect([idsOf(artifacts), rest, result.isEndCertain()]).toEqual([sortedIds(found), undefined, true]);
    expect(simulator.count('segmentTranscript')).toBe(found.length);
    // How many the server sees at once is a matter of its sockets as well.
    expect(simulator.mostAtOnce('segmentTranscript')).toBeGreaterThan(4);
    expect(simulator.mostAtOnce('segmentTranscript')).toBeLessThanOrEqual(8);
    expect(simulator.count('segments') - before).toBeLessThanOrEqual(Math.ceil(found.length / 10) + 2);
    for (const artifact of artifacts) {
      const {
        segmentId,
        startTime,
        annotatedDateTime: version,
        acdContactId,
      } = simulator.segmentsOf(artifact.interactionId ?? '')[0] as ReturnType<typeof simulator.segmentsOf>[number];
      expect(artifact).toMatchObject({
        ok: true,
        timestamp: startTime,
        version,
        aliases: { acdContactId: String(acdContactId) },
      });
      expect(artifact.ok && JSON.parse(artifact.interactionJson ?? '')).toMatchObject({
        segmentId,
        contactNo: [expect.any(String)],
      });
      expect(artifact.ok && JSON.parse(artifact.transcriptJson)).toHaveProperty('transcriptBlocks');
    }
    expect(result.bytesRead()).toBeGreaterThan(1_000);
  });

  it('a segment without a known time goes without a row: what it needs is in the transcript', async () => {
    const { simulator, open } = await tenantWith();
    const [segment] = simulator.segments(WINDOW);
    const { artifacts } = await open([{ interactionId: segment?.segmentId ?? '' }]);
    expect(artifacts).toEqual([
      expect.objectContaining({ ok: true, mediaType: expect.stringMatching(/voice|chat|email|digital/) }),
    ]);
    expect(artifacts[0]).not.toHaveProperty('interactionJson');
  });

  it('tells missing, empty, anonymised and unreadable ones apart', async () => {
    const { simulator, discover, open } = await tenantWith();
    const found = await discover();
    const [missing, empty, erased, odd] = sortedIds(found) as [string, string, string, string];
    const only = (interactionId: string) => ({ match: { interactionId }, times: 'always' as const });
    simulator.anonymise(erased);
    simulator.setFaults([
      { on: 'segmentTranscript', ...only(missing), do: { noTranscript: true } },
      { on: 'segmentTranscript', ...only(empty), do: { blocks: 'empty' } },
      { on: 'segmentTranscript', ...only(odd), do: { html: true } },
    ]);
    const { artifacts } = await open(found);
    expect(idsOf(artifacts, 'missing')).toEqual([missing]);
    expect(idsOf(artifacts, 'empty')).toEqual([empty]);
    expect(idsOf(artifacts, 'failed')).toEqual([odd]);
    const anonymised = artifacts.filter((artifact) => artifact.ok && artifact.isAnonymised);
    expect(anonymised.map(({ interactionId }) => interactionId)).toEqual([erased]);
    expect(artifacts).toHaveLength(found.length);
  });

  it('looks ids up: a segment by its form, an interaction or a contact around a date', async () => {
    const { simulator, source, frame } = await tenantWith();
    const segment = simulator.segments(WINDOW)[0] as ReturnType<typeof simulator.segments>[number];
    const { segmentId, interactionId, acdContactId } = segment;
    const unknown = '0e52f1aa-0000-4000-8000-000000000001';
    const ids = [segmentId, interactionId, String(acdContactId), unknown, 'nobody'];
    expect(await source.lookUp(ids, frame)).toMatchObject({
      interactions: expect.arrayContaining([
        { interactionId: segmentId, availableMs: 0 },
        { interactionId: unknown, availableMs: 0 },
      ]),
      isWhole: false,
    });
    expect(simulator.count('segments')).toBe(0);
    const answer = await source.lookUp(ids, frame, { around: WINDOW.from });
    expect(answer.isWhole).toBe(true);
    const segments = simulator.segmentsOf(interactionId).map((one) => one.segmentId);
    const askedAs = (id?: string) =>
      answer.interactions.filter((one) => one.askedAs === id).map((one) => one.interactionId);
    expect(askedAs(interactionId).sort()).toEqual(segments.sort());
    expect(askedAs(String(acdContactId))).toContain(segmentId);
    // Of no known form, but it may be a segment's all the same: its transcript is asked for.
    expect(askedAs().sort()).toEqual([segmentId, unknown, 'nobody'].sort());
    const numbers = await source.lookUp(['999999999999'], frame, { around: WINDOW.from });
    expect(numbers).toMatchObject({ interactions: [], isWhole: true });
  });
});
