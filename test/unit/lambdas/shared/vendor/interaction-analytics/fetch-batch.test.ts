import { describe, expect, it } from 'vitest';
import type { CxoneSimulatorOptions } from '../../../../../../emulator/stand-ins/cxone/start-cxone-simulator.ts';
import type { FoundInteraction } from '../../../../../../lambdas/shared/vendor/transcript-source.ts';
import { idsOf, LIMITS, OPTIONS, sortedIds, tenantWith } from './analytics-world.ts';

describe('a batch of segments', () => {
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

  it('a segment without a transcript, or without words, names its contact all the same', async () => {
    const { discover, open } = await tenantWith({ segments: { missingShare: 0.2, emptyShare: 0.2 } });
    const wanted = await discover();
    const { artifacts } = await open(wanted);
    const without = artifacts.filter(({ ok }) => !ok);
    expect(without.length).toBeGreaterThan(2);
    const contactOf = new Map(wanted.map(({ interactionId, aliases }) => [interactionId, aliases?.acdContactId]));
    for (const { interactionId = '', aliases } of without) {
      expect(aliases?.acdContactId).toMatch(/^\d+$/);
      expect(aliases?.acdContactId).toBe(contactOf.get(interactionId));
    }
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
      given.push(...idsOf(artifacts));
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
      // Those that are answered, those that are under way, and few that show that it is an outage.
      expect(simulator.count('segmentTranscript')).toBeLessThanOrEqual(19 + 8 + 5);
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
});
