import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startCxoneSimulator } from '../../../emulator/stand-ins/cxone/start-cxone-simulator.ts';
import type { clientOf } from './cxone-client.ts';
import { startSignedIn } from './cxone-world.ts';

interface Artifact {
  interactionId: string;
  mediaType: string;
  timestamp: string;
  transcript: Record<string, unknown>;
}

describe('search', () => {
  const from = '2026-11-20T00:00:00.000Z';
  const to = '2026-11-21T00:00:00.000Z';
  const mediaTypes = ['voice', 'chat', 'email', 'sms', 'social'];
  interface Page {
    interactions: { interactionId: string; startTime: string; availableAt?: string }[];
    nextCursor?: string;
  }

  async function walk(client: ReturnType<typeof clientOf>, pageSize: number, pages = 100): Promise<Page[]> {
    const walked: Page[] = [];
    let cursor: string | undefined;
    do {
      const body = { from, to, mediaTypes, pageSize, ...(cursor === undefined ? {} : { cursor }) };
      const page = (await (await client.search(body)).json()) as Page;
      walked.push(page);
      cursor = page.nextCursor;
    } while (cursor !== undefined && walked.length < pages);
    return walked;
  }
  const idsOf = (pages: Page[]) => pages.flatMap((page) => page.interactions.map((row) => row.interactionId));

  it('pages through a window once, in order', async () => {
    const { simulator, client } = await startSignedIn({ interactions: { count: 95, from, to }, lateShare: 0 });
    const pages = await walk(client, 10);
    expect(pages).toHaveLength(10);
    expect(idsOf(pages)).toEqual(simulator.interactionIds(95));
    const starts = pages.flatMap((page) => page.interactions.map((row) => row.startTime));
    expect(starts).toEqual([...starts].sort());
  });

  it('shows late transcripts later', async () => {
    let nowMs = Date.parse(to);
    const options = { interactions: { count: 200, from, to }, lateShare: 0.2, lateBySeconds: 7_200, now: () => nowMs };
    const { client } = await startSignedIn({ ...options, tokenLifetimeSeconds: 1e6 });
    const early = idsOf(await walk(client, 50));
    expect(early.length).toBeLessThan(200);
    nowMs += 3 * 3_600_000;
    const all = idsOf(await walk(client, 50));
    expect(all).toHaveLength(200);
    expect(early.every((id) => all.includes(id))).toBe(true);
  });

  it('answers for ids, without the unknown ones', async () => {
    const { client } = await startSignedIn({ unknownIds: ['int-2'] });
    const page = (await (await client.search({ interactionIds: ['int-1', 'int-2'] })).json()) as Page;
    expect(idsOf([page])).toEqual(['int-1']);
  });

  it('shows the quirks it is told to', async () => {
    const { simulator, client } = await startSignedIn({ interactions: { count: 20, from, to }, lateShare: 0 });
    simulator.setFaults([{ on: 'search', times: 'always', do: { repeatCursor: true } }]);
    expect(await walk(client, 5, 30)).toHaveLength(30);
    simulator.setFaults([{ on: 'search', times: 'always', do: { inclusiveBoundary: true } }]);
    const overlapping = idsOf(await walk(client, 5));
    expect(new Set(overlapping).size).toBe(20);
    expect(overlapping.length).toBeGreaterThan(20);
    simulator.setFaults([{ on: 'search', times: 'always', do: { outOfOrder: true } }]);
    const shuffled = idsOf(await walk(client, 5));
    expect(shuffled).not.toEqual(simulator.interactionIds(20));
    expect([...shuffled].sort()).toEqual([...simulator.interactionIds(20)].sort());
  });

  it('says when a transcript comes, of one interaction or of all', async () => {
    const { simulator, client } = await startSignedIn({ interactions: { count: 2, from, to }, lateShare: 0 });
    const [early, other] = simulator.interactionIds(2) as [string, string];
    const saidOf = async () => {
      const page = (await (await client.search({ interactionIds: [early, other] })).json()) as Page;
      return page.interactions.map(({ availableAt }) => availableAt);
    };
    const [usual, usualOfOther] = await saidOf();
    expect(usual).not.toBe(usualOfOther);
    simulator.setFaults([{ on: 'search', match: { interactionId: early }, do: { availableAt: 'soon' } }]);
    expect(await saidOf()).toEqual(['soon', usualOfOther]);
    simulator.setFaults([{ on: 'search', do: { availableAt: 'soon' } }]);
    expect(await saidOf()).toEqual(['soon', 'soon']);
  });

  it('refuses a strange cursor and a strange body', async () => {
    const { client } = await startSignedIn();
    expect((await client.search({ from, to, mediaTypes, cursor: '??' })).status).toBe(400);
    expect((await client.search({ from })).status).toBe(422);
  });
});

describe('generated transcripts', () => {
  it('hold what they are said to hold, in every media type', async () => {
    const { simulator, client } = await startSignedIn({ jobLatency: { polls: 0 } });
    const types = new Set<string>();
    const forms = new Set<string>();
    for (const mediaType of ['voice', 'chat', 'email', 'sms', 'social'] as const) {
      const interactionIds = Array.from({ length: 40 }, (_, i) => `int-${i}`);
      const { resultUrl } = await client.complete({ interactionIds, mediaTypes: [mediaType] });
      const artifacts = (await (await client.download(resultUrl)).json()) as Artifact[];
      for (const artifact of artifacts) {
        const text = JSON.stringify(artifact);
        for (const planted of simulator.plantedValues(artifact.interactionId, [mediaType])) {
          types.add(planted.type);
          forms.add(planted.form);
          expect(planted.leaks.some((leak) => text.includes(leak))).toBe(true);
        }
        for (const benign of simulator.benignValues(artifact.interactionId, [mediaType])) {
          expect(text).toContain(benign);
        }
      }
    }
    expect(types.size).toBe(10);
    expect([...forms].sort()).toEqual(['split', 'spoken', 'typed']);
  });
});

describe('a transcripts file', () => {
  const write = async (text: string) => {
    const path = join(await mkdtemp(join(tmpdir(), 'transcripts-')), 'transcripts.jsonl');
    await writeFile(path, text);
    return path;
  };

  it('replaces the generated ones, byte for byte', async () => {
    const lines = [
      '{"interactionId":"a","mediaType":"chat","timestamp":"2026-11-20T10:00:00Z","transcript":{"n":1.10}}',
      '{"interactionId":"b","mediaType":"VOICE","timestamp":"2026-11-20T09:00:00Z","transcript":{"t":"ä"}}',
    ];
    const { simulator, client } = await startSignedIn({ transcripts: await write(`${lines.join('\n')}\n\n`) });
    expect(simulator.interactionIds(9)).toEqual(['a', 'b']);
    const { resultUrl } = await client.complete({ interactionIds: ['b', 'c', 'a'] });
    expect(await (await client.download(resultUrl)).text()).toBe(`[${lines[1]},${lines[0]}]`);
  });

  it.each([
    ['{"interactionId":"a"}\nnonsense', /:2: not JSON/],
    ['{"transcript":{}}', /:1: interactionId/],
    ['{"interactionId":"a","mediaType":"fax"}', /:1: mediaType must be one of voice/],
    ['{"interactionId":"a","timestamp":"soon"}', /:1: timestamp/],
  ])('names the line at fault', async (text, message) => {
    await expect(startCxoneSimulator({ transcripts: await write(text) })).rejects.toThrow(message);
  });
});
