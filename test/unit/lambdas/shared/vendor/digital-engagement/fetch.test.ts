import { createMasker } from '@cxone-transcripts/masker';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../../../../emulator/stand-ins/cxone/faults.ts';
import { readLexicon } from '../../../../../../lambdas/shared/lib/names-lexicon.ts';
import type { ReadableArtifact } from '../../../../../../lambdas/shared/vendor/transcript-source.ts';
import { DAY, startDigitalSource } from './digital-world.ts';

interface Turn {
  participantType: string;
  timestamp: string;
  text: string;
  isCut?: boolean;
  contentRemoved: { reason: string } | null;
}
const transcriptOf = ({ transcriptJson }: ReadableArtifact) =>
  JSON.parse(transcriptJson) as { messages: Turn[]; contentRemoved?: Record<string, number> };

const readable = (artifacts: readonly unknown[]) =>
  (artifacts as ReadableArtifact[]).filter((artifact) => artifact.ok === true);

describe('the messages of contacts', () => {
  it('come in the order in which they were written, in full, each with a text', async () => {
    const { discover, open, simulator } = await startDigitalSource();
    const found = await discover();
    const { artifacts, rest } = await open([...found.keys()]);
    expect(rest).toBeUndefined();
    expect(artifacts.map((artifact) => artifact.ok && artifact.interactionId)).toEqual([...found.keys()]);
    for (const artifact of readable(artifacts)) {
      const { messages } = transcriptOf(artifact);
      const times = messages.map(({ timestamp }) => timestamp);
      expect(times).toEqual(times.toSorted());
      expect(messages.filter(({ text, isCut }) => text === '' || isCut === true)).toEqual([]);
      const latestMs = Math.max(
        ...times.map((time) => Date.parse(time)),
        found.get(artifact.interactionId)?.availableMs ?? 0,
      );
      expect(artifact.version).toBe(new Date(latestMs).toISOString());
    }
    expect(simulator.count('message')).toBeGreaterThan(0);
    expect(simulator.mostAtOnce('messages')).toBeLessThanOrEqual(8);
    const kinds = readable(artifacts).flatMap((one) => transcriptOf(one).messages.map((turn) => turn.participantType));
    expect([...new Set(kinds)].sort()).toEqual(['agent', 'bot', 'customer', 'survey']);
  });

  it('keep no personal data when they are masked, the contact around them neither', async () => {
    const { discover, open, simulator } = await startDigitalSource();
    const masker = createMasker({}, readLexicon());
    const { artifacts } = await open([...(await discover()).keys()]);
    for (const artifact of readable(artifacts)) {
      const masked = [artifact.transcriptJson, artifact.interactionJson ?? ''].map(
        (json) => masker.maskJson(json).json,
      );
      const id = artifact.aliases?.interactionId ?? '';
      const planted = simulator.plantedValues(id).flatMap(({ leaks }) => leaks);
      expect(planted.filter((leak) => masked.some((json) => json.includes(leak)))).toEqual([]);
    }
  });

  it.each<[string, Fault, (turns: ReturnType<typeof transcriptOf>) => unknown, unknown]>([
    ['a bare array', { on: 'messages', do: { bareArray: true } }, ({ contentRemoved }) => contentRemoved, undefined],
    [
      'removed content',
      { on: 'messages', do: { removed: 'GDPR' } },
      ({ messages, contentRemoved }) => [contentRemoved?.GDPR === messages.length, messages[0]?.contentRemoved?.reason],
      [true, 'GDPR'],
    ],
    [
      'the rest of a cut message that is gone',
      { on: 'message', times: 'always', do: { status: 404 } },
      ({ messages }) => messages.some(({ isCut }) => isCut === true),
      true,
    ],
  ])('are read from %s', async (_, fault, read, expected) => {
    const { discover, open, simulator } = await startDigitalSource();
    const [id = ''] = (await discover({ ...DAY, mediaTypes: ['email'] })).keys();
    simulator.setFaults([fault]);
    const { artifacts } = await open([id]);
    expect(readable(artifacts).map((artifact) => read(transcriptOf(artifact)))).toEqual([expected]);
  });

  it.each<[string, Fault['do'], object]>([
    ['a contact that is listed and not there', { status: 404 }, { outcome: 'missing' }],
    ['a contact without messages', { noMessages: true }, { outcome: 'empty' }],
    ['a page of a proxy', { html: true }, { ok: false }],
    ['an object of another form', { body: '{"messages":{}}' }, { ok: false }],
  ])('cost one contact: %s', async (_, effect, expected) => {
    const { discover, open, simulator } = await startDigitalSource();
    const ids = [...(await discover()).keys()].slice(0, 5);
    const [id = ''] = ids;
    simulator.setFaults([{ on: 'messages', match: { interactionId: id }, do: effect } as Fault]);
    const { artifacts } = await open(ids);
    expect(artifacts[0]).toMatchObject({ ok: false, interactionId: id, ...expected });
    expect(readable(artifacts)).toHaveLength(4);
  });

  it('of a reopened contact are a newer version', async () => {
    const noonMs = Date.parse('2026-11-20T12:00:00Z');
    let nowMs = noonMs;
    const { discover, open } = await startDigitalSource({ reopenedShare: 1, now: () => nowMs });
    // None is reopened within an hour after it was closed.
    const [id = ''] = (await discover({ ...DAY, fromMs: noonMs - 3_600_000, toMs: noonMs })).keys();
    const before = readable((await open([id])).artifacts)[0];
    nowMs = Date.parse('2026-11-25T00:00:00Z');
    const again = await discover({ ...DAY, toMs: nowMs });
    const after = readable((await open([id])).artifacts)[0];
    expect(Date.parse(after?.version ?? '')).toBeGreaterThan(Date.parse(before?.version ?? ''));
    expect(again.get(id)?.availableMs).toBeGreaterThan(Date.parse(before?.version ?? ''));
  });
});

describe('what a batch leaves for later', () => {
  it.each<[string, Fault, number]>([
    ['a 429 without a header', { on: 'messages', match: { nth: 4 }, times: 'always', do: { status: 429 } }, 60],
    [
      'a 429 that asks for long',
      { on: 'messages', match: { nth: 4 }, times: 'always', do: { status: 429, retryAfter: 300 } },
      300,
    ],
    ['a vendor that is down', { on: 'contact', match: { nth: 4 }, times: 'always', do: { status: 500 } }, 15],
  ])('after %s', async (_, fault, waitSeconds) => {
    const { discover, open, simulator } = await startDigitalSource();
    const ids = [...(await discover()).keys()];
    simulator.setFaults([fault]);
    const { artifacts, rest } = await open(ids);
    expect(readable(artifacts)).toHaveLength(3);
    expect(rest).toEqual({ waitSeconds });
    expect(simulator.count('contact')).toBeLessThan(40);
    simulator.setFaults([]);
    const done = new Set(readable(artifacts).map(({ interactionId }) => interactionId));
    const later = await open(ids.filter((id) => !done.has(id)));
    expect([later.artifacts.length, later.rest]).toEqual([ids.length - 3, undefined]);
  });

  it('is one contact when the vendor fails with one only', async () => {
    const { discover, open, simulator } = await startDigitalSource();
    const ids = [...(await discover()).keys()].slice(0, 30);
    simulator.setFaults([
      { on: 'messages', match: { interactionId: ids[0] ?? '' }, times: 'always', do: { reset: true } },
    ]);
    const { artifacts, rest } = await open(ids);
    expect([artifacts.length, rest]).toEqual([29, { waitSeconds: 15 }]);
  });

  it('is what does not fit into the bytes of a call', async () => {
    const { discover, open } = await startDigitalSource();
    const ids = [...(await discover()).keys()].slice(0, 40);
    const { artifacts, rest } = await open(ids, { maxBytes: 1, maxArtifactBytes: 1e8 });
    expect(artifacts.length).toBeGreaterThan(0);
    expect(artifacts.length).toBeLessThan(20);
    expect(rest).toEqual({ waitSeconds: 1 });
  });
});

describe('an error of the whole batch', () => {
  it.each<[string, Fault, string, RegExp]>([
    [
      'a missing permission',
      { on: 'contact', times: 'always', do: { status: 403, body: '' } },
      'VendorAuthFailed',
      /permission to view digital contacts/,
    ],
    [
      'a path of contacts that has changed',
      { on: 'contact', times: 'always', do: { status: 404 } },
      'VendorContractChanged',
      /path of the API has changed/,
    ],
    [
      'a path of messages that has changed',
      { on: 'messages', times: 'always', do: { status: 404 } },
      'VendorContractChanged',
      /path of the API has changed/,
    ],
  ])('is %s', async (_, fault, name, message) => {
    const { discover, open, simulator } = await startDigitalSource();
    const ids = [...(await discover()).keys()].slice(0, 12);
    simulator.setFaults([fault]);
    await expect(open(ids)).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
  });
});
