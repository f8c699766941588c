import { describe, expect, it, onTestFinished } from 'vitest';
import {
  type CxoneSimulatorOptions,
  startCxoneSimulator,
} from '../../../../../../emulator/stand-ins/cxone/start-cxone-simulator.ts';
import { MEDIA_TYPES } from '../../../../../../lambdas/shared/contracts/job-options.ts';
import type { CallFrame } from '../../../../../../lambdas/shared/vendor/exchange.ts';
import { AnalyticsApi } from '../../../../../../lambdas/shared/vendor/interaction-analytics/analytics-api.ts';
import { AnalyticsSource } from '../../../../../../lambdas/shared/vendor/interaction-analytics/analytics-source.ts';
import { Sessions } from '../../../../../../lambdas/shared/vendor/sign-in/sessions.ts';
import type {
  Artifact,
  FoundInteraction,
  WantedTranscript,
} from '../../../../../../lambdas/shared/vendor/transcript-source.ts';
import { callFrame } from '../../../../../call-frame.ts';
import { vendorConfig } from '../../../../../vendor-config.ts';

const WINDOW = { from: '2026-11-21T00:00:00Z', to: '2026-11-22T00:00:00Z' };
const DAY = { fromMs: Date.parse(WINDOW.from), toMs: Date.parse(WINDOW.to), mediaTypes: MEDIA_TYPES };
const OPTIONS = {
  mediaTypes: [...MEDIA_TYPES],
  redactionPolicy: 'auto' as const,
  format: 'json' as const,
  maxConcurrentDownloads: 5,
};
const LIMITS = { maxBytes: 1e9, maxArtifactBytes: 1e9 };

/** A tenant with segments of one day, and the source as a function has it. */
async function tenantWith(options: CxoneSimulatorOptions = {}) {
  const simulator = await startCxoneSimulator({
    interactions: { count: 60, from: '2026-11-20T12:00:00Z', to: '2026-11-21T20:00:00Z' },
    now: () => Date.parse('2026-11-30T00:00:00Z'),
    ...options,
  });
  onTestFinished(() => simulator.close());
  const { clientId, clientSecret, accessKeyId, accessKeySecret } = simulator;
  const credentials = {
    form: 'registered-application' as const,
    clientAuth: 'basic' as const,
    ...{ clientId, clientSecret, accessKeyId, accessKeySecret },
  };
  const config = vendorConfig(simulator.baseUrl);
  const source = new AnalyticsSource(new AnalyticsApi(config, new Sessions(config, { read: async () => credentials })));
  const { frame } = callFrame();
  const open = async (interactions: readonly WantedTranscript[], change: Partial<CallFrame> = {}) => {
    const batch = { jobId: 'direct', interactions, options: OPTIONS };
    const result = await source.open(batch, LIMITS, { ...frame, ...change });
    return { artifacts: await Array.fromAsync(result.artifacts), rest: result.rest(), result };
  };
  const discover = async () => {
    const discovery = await source.discover(DAY, () => false, frame);
    return [...(discovery?.found.values() ?? [])];
  };
  return { simulator, source, frame, open, discover };
}

const idsOf = (artifacts: readonly Artifact[], outcome = 'stored') =>
  artifacts
    .filter((artifact) => (artifact.ok ? 'stored' : (artifact.outcome ?? 'failed')) === outcome)
    .map(({ interactionId }) => interactionId)
    .sort();
const sortedIds = (found: readonly FoundInteraction[]) => found.map(({ interactionId }) => interactionId).sort();

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
    expect(simulator.mostAtOnce('segmentTranscript')).toBe(8);
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

  it.each<[string, CxoneSimulatorOptions['faults'], string, RegExp]>([
    [
      'a moved transcript path',
      [{ on: 'segmentTranscript', times: 'always', do: { pathMoved: true } }],
      'VendorContractChanged',
      /cxonePaths/,
    ],
    [
      'a moved list',
      [{ on: 'segments', times: 'always', do: { pathMoved: true } }],
      'VendorContractChanged',
      /cxonePaths/,
    ],
    [
      'a missing permission',
      [{ on: 'segmentTranscript', times: 'always', do: { status: 403, body: '' } }],
      'VendorAuthFailed',
      /permission to view Interaction Analytics/,
    ],
    [
      'a token that no new one replaces',
      [{ on: 'segmentTranscript', times: 'always', do: { status: 401 } }],
      'VendorAuthFailed',
      /fresh token/,
    ],
    ['nobody there', [{ on: 'segmentTranscript', times: 'always', do: { reset: true } }], 'VendorUnavailable', /reset/],
  ])('%s ends a batch', async (_, faults, name, words) => {
    const { simulator, discover, open } = await tenantWith();
    const found = await discover();
    simulator.setFaults(faults ?? []);
    await expect(open(found)).rejects.toMatchObject({ name, message: expect.stringMatching(words) });
  });

  it('a path that moves away from under a small batch is told from segments without a transcript', async () => {
    const { simulator, discover, open } = await tenantWith();
    const two = (await discover()).slice(0, 2);
    simulator.setFaults(
      two.map(({ interactionId }) => ({
        on: 'segmentTranscript' as const,
        match: { interactionId },
        times: 'always' as const,
        do: { noTranscript: true },
      })),
    );
    expect(idsOf((await open(two)).artifacts, 'missing')).toEqual(sortedIds(two));
    simulator.setFaults([{ on: 'segmentTranscript', times: 'always', do: { pathMoved: true } }]);
    await expect(open(two)).rejects.toMatchObject({ name: 'VendorContractChanged' });
  });

  it('named ids that nobody knows are missing, whatever else the list holds', async () => {
    const { simulator, open } = await tenantWith({ now: () => Date.parse('2026-11-22T00:00:00Z') });
    const unknown = Array.from({ length: 6 }, (_, i) => ({ interactionId: `0e52f1aa-0000-4000-8000-00000000000${i}` }));
    expect(idsOf((await open(unknown)).artifacts, 'missing')).toHaveLength(6);
    expect(simulator.count('segmentTranscript')).toBeLessThan(20);
  });

  it('a 429 stops the batch early; each refusal makes the wait longer and fewer at a time, until all are there', async () => {
    const { simulator, discover, open } = await tenantWith({ latencyMs: 2 });
    let wanted: FoundInteraction[] = await discover();
    const all = sortedIds(wanted);
    const given: string[] = [];
    const waits: (number | undefined)[] = [];
    const storm = {
      on: 'segmentTranscript' as const,
      match: { nth: 6 },
      times: 'always' as const,
      do: { status: 429 },
    };
    for (const faults of [[storm], [storm], [storm], [storm], [storm], []]) {
      simulator.setFaults(faults);
      const { artifacts, rest } = await open(wanted);
      given.push(...idsOf(artifacts).filter((id) => id !== undefined));
      waits.push(rest?.waitSeconds);
      wanted = wanted.filter(({ interactionId }) => !given.includes(interactionId));
    }
    expect(waits).toEqual([30, 60, 120, 180, 180, undefined]);
    expect(given.sort()).toEqual(all);
  });

  it('waits as long as a header says', async () => {
    const { simulator, discover, open } = await tenantWith();
    const found = await discover();
    simulator.setFaults([{ on: 'segmentTranscript', times: 'always', do: { status: 429, retryAfter: 77 } }]);
    expect(await open(found)).toMatchObject({ artifacts: [], rest: { waitSeconds: 77 } });
  });

  it.each(['status', 'list'])(
    'an outage of the vendor (%s) is waited out, and no transcript is given up for it',
    async (kind) => {
      const { simulator, discover, open } = await tenantWith();
      const found = await discover();
      const outage = { times: 'always' as const, do: { status: 503 } };
      simulator.setFaults([
        kind === 'list' ? { on: 'segments', ...outage } : { on: 'segmentTranscript', match: { nth: 20 }, ...outage },
      ]);
      const { artifacts, rest } = await open(found);
      expect([idsOf(artifacts, 'failed'), rest]).toEqual([[], { waitSeconds: 30 }]);
      expect(artifacts.length).toBeLessThan(found.length);
    },
  );

  it('one transcript that the vendor cannot serve costs no other', async () => {
    const { simulator, discover, open } = await tenantWith({ latencyMs: 2 });
    const found = await discover();
    const [bad] = found as [FoundInteraction];
    simulator.setFaults([
      { on: 'segmentTranscript', match: { interactionId: bad.interactionId }, times: 'always', do: { status: 500 } },
    ]);
    const { artifacts, rest } = await open(found);
    expect([idsOf(artifacts, 'failed'), artifacts.length, rest]).toEqual([
      [bad.interactionId],
      found.length,
      undefined,
    ]);
  });

  it('stops when the time of its function runs short, not before the first is there', async () => {
    const { discover, open } = await tenantWith();
    const found = await discover();
    const { artifacts, rest } = await open(found, { remainingMs: () => 10_000 });
    expect(artifacts.length).toBeGreaterThan(0);
    expect(artifacts.length).toBeLessThan(found.length);
    expect(rest).toEqual({ waitSeconds: 1 });
  });

  it('a reader that goes away ends what is under way', async () => {
    const { simulator, source, frame, discover } = await tenantWith();
    const interactions = await discover();
    simulator.setFaults([{ on: 'segmentTranscript', match: { nth: 3 }, times: 'always', do: { hang: true } }]);
    const result = await source.open({ jobId: 'direct', interactions, options: OPTIONS }, LIMITS, frame);
    for await (const artifact of result.artifacts) {
      expect(artifact.ok).toBe(true);
      break;
    }
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
    expect(askedAs().sort()).toEqual([segmentId, unknown].sort());
  });
});
