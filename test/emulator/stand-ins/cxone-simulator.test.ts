import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type CxoneSimulator,
  type CxoneSimulatorOptions,
  startCxoneSimulator,
} from '../../../emulator/stand-ins/cxone/start-cxone-simulator.ts';
import { clientOf } from './cxone-client.ts';

interface Artifact {
  interactionId: string;
  mediaType: string;
  timestamp: string;
  transcript: Record<string, unknown>;
}

let simulators: CxoneSimulator[] = [];
afterEach(async () => {
  await Promise.all(simulators.map((simulator) => simulator.close()));
  simulators = [];
});

async function start(options: CxoneSimulatorOptions = {}) {
  const simulator = await startCxoneSimulator(options);
  simulators.push(simulator);
  return { simulator, client: clientOf(simulator) };
}

async function startSignedIn(options: CxoneSimulatorOptions = {}) {
  const started = await start(options);
  await started.client.signIn();
  return started;
}

describe('token', () => {
  it('is granted for Basic credentials and the form body', async () => {
    const { client } = await start({ tokenLifetimeSeconds: 90 });
    const answer = await client.tokenCall();
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      token_type: 'Bearer',
      expires_in: 90,
      scope: 'interactions:read transcripts:read jobs:read',
    });
  });

  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  it.each<[string, RequestInit, number, string]>([
    ['a dropped body', { body: '' }, 400, 'invalid_request'],
    ['another grant', { body: 'grant_type=password' }, 400, 'unsupported_grant_type'],
    ['JSON', { headers: { 'content-type': 'application/json' }, body: '{}' }, 400, 'invalid_request'],
    ['no credentials', { headers: form }, 401, 'invalid_client'],
    ['wrong credentials', { headers: { ...form, authorization: 'Basic YTpi' } }, 401, 'invalid_client'],
  ])('refuses %s', async (_name, init, status, error) => {
    const { client } = await start();
    const answer = await client.tokenCall(undefined, init);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ error });
  });

  it('expires, can be revoked, and its secret rotated', async () => {
    let nowMs = 1_000_000;
    const { simulator, client } = await startSignedIn({ now: () => nowMs, tokenLifetimeSeconds: 10 });
    expect((await client.submit()).status).toBe(201);
    nowMs += 10_000;
    expect((await client.submit()).status).toBe(401);
    await client.signIn();
    simulator.revokeTokens();
    expect((await client.submit()).status).toBe(401);
    const oldSecret = simulator.clientSecret;
    simulator.rotateSecret('the-next-one');
    expect((await client.tokenCall(oldSecret)).status).toBe(401);
    expect((await client.tokenCall()).status).toBe(200);
    expect(simulator.issuedTokens).toHaveLength(3);
  });

  it('names the scope it lacks', async () => {
    const { client } = await startSignedIn({ scopes: ['interactions:read', 'transcripts:read'] });
    const { jobId } = (await (await client.submit()).json()) as { jobId: string };
    const answer = await client.poll(jobId);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('jobs:read');
  });
});

describe('submit', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['no ids', { interactionIds: [] }, 'interactionIds'],
    ['an odd id', { interactionIds: ['a/b'] }, 'interactionIds.0'],
    ['a repeated id', { interactionIds: ['a', 'a'] }, 'interactionIds'],
    ['an unknown media type', { mediaTypes: ['fax'] }, 'mediaTypes.0'],
    ['another policy', { redactionPolicy: 'some' }, 'redactionPolicy'],
    ['another format', { format: 'xml' }, 'format'],
    ['too many downloads', { maxConcurrentDownloads: 11 }, 'maxConcurrentDownloads'],
    ['an unknown field', { priority: 1 }, ''],
  ])('refuses %s', async (_name, change, field) => {
    const { client } = await startSignedIn();
    const answer = await client.submit(change);
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ error: 'validation_failed', details: [{ field }] });
  });

  it('answers 401 without a token and 404 for another path', async () => {
    const { simulator, client } = await start();
    expect((await client.submit()).status).toBe(401);
    expect((await fetch(`${simulator.baseUrl}/api/v1/interactions`)).status).toBe(404);
  });

  it('makes the same job ids for the same submissions', async () => {
    const ids = async () => {
      const { client } = await startSignedIn();
      return [await client.complete(), await client.complete()].map(({ jobId }) => jobId);
    };
    const [first, second] = [await ids(), await ids()];
    expect(first).toEqual(second);
    expect(new Set(first).size).toBe(2);
  });
});

describe('poll', () => {
  it('waits twice, once without a body, before it completes', async () => {
    const { client } = await startSignedIn();
    const { jobId } = (await (await client.submit()).json()) as { jobId: string };
    const first = await client.poll(jobId);
    expect([first.status, await first.text()]).toEqual([202, '']);
    expect(await (await client.poll(jobId)).json()).toEqual({ jobId, status: 'running', progress: 33 });
    expect(await (await client.poll(jobId)).json()).toMatchObject({ jobId, status: 'completed', progress: 100 });
  });

  it('answers 404 for an unknown job', async () => {
    const { client } = await startSignedIn();
    expect((await client.poll('job-none')).status).toBe(404);
  });
});

describe('download', () => {
  it('holds each interaction asked for, the same every time', async () => {
    const texts: string[] = [];
    for (const polls of [0, 3]) {
      const { client } = await startSignedIn({ seed: 'a', jobLatency: { polls } });
      const { resultUrl } = await client.complete();
      texts.push(await (await client.download(resultUrl)).text());
    }
    expect(texts[0]).toBe(texts[1]);
    const artifacts = JSON.parse(texts[0] ?? '') as Artifact[];
    expect(artifacts.map(({ interactionId }) => interactionId)).toEqual(['int-1', 'int-2', 'int-3']);
    expect(artifacts.every(({ mediaType }) => ['voice', 'chat'].includes(mediaType))).toBe(true);
  });

  it('checks the bearer, the signature and the time', async () => {
    let nowMs = Date.now();
    const { simulator, client } = await startSignedIn({ now: () => nowMs, resultUrlLifetimeSeconds: 60 });
    const { jobId, resultUrl } = await client.complete();
    expect((await fetch(resultUrl)).status).toBe(401);
    expect((await client.download(`${resultUrl}0`)).status).toBe(403);
    nowMs += 61_000;
    expect((await client.download(resultUrl)).status).toBe(403);
    const fresh = (await (await client.poll(jobId)).json()) as { resultUrl: string };
    expect((await client.download(fresh.resultUrl)).status).toBe(200);
    expect(JSON.stringify(simulator.requests)).not.toMatch(/signature|simulated-/);
  });

  it.each([
    ['auto', 1, (text: string) => [JSON.parse(text)]],
    ['auto', 3, (text: string) => JSON.parse(text)],
    ['array', 1, (text: string) => JSON.parse(text)],
    ['transcripts', 3, (text: string) => JSON.parse(text).transcripts],
    [
      'jsonl',
      3,
      (text: string) =>
        text
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line)),
    ],
  ] as const)('comes as %s with %d', async (shape, count, parse) => {
    const { client } = await startSignedIn({ result: { shape } });
    const interactionIds = ['x1', 'x2', 'x3'].slice(0, count);
    const { resultUrl } = await client.complete({ interactionIds });
    const artifacts = parse(await (await client.download(resultUrl)).text()) as Artifact[];
    expect(artifacts.map(({ interactionId }) => interactionId)).toEqual(interactionIds);
  });

  it('comes as gzip, by encoding or as a file', async () => {
    const plain = await startSignedIn();
    const wanted = await (await plain.client.download((await plain.client.complete()).resultUrl)).text();
    const encoded = await startSignedIn({ result: { gzip: 'encoding' } });
    const answer = await encoded.client.download((await encoded.client.complete()).resultUrl);
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect(await answer.text()).toBe(wanted);
    const zipped = await startSignedIn({ result: { gzip: 'file' } });
    const file = await zipped.client.download((await zipped.client.complete()).resultUrl);
    expect(gunzipSync(Buffer.from(await file.arrayBuffer())).toString()).toBe(wanted);
  });

  it('leaves out what is unknown or of another media type', async () => {
    const { simulator, client } = await startSignedIn({
      interactions: { count: 40, from: '2026-11-20T00:00:00Z', to: '2026-11-21T00:00:00Z' },
      now: () => Date.parse('2026-12-01T00:00:00Z'),
    });
    const interactionIds = [...simulator.interactionIds(40), 'int-unknown'];
    const { resultUrl } = await client.complete({ interactionIds, mediaTypes: ['chat'] });
    const artifacts = (await (await client.download(resultUrl)).json()) as Artifact[];
    expect(artifacts.length).toBeGreaterThan(2);
    expect(artifacts.length).toBeLessThan(30);
    expect(artifacts.every(({ mediaType }) => mediaType === 'chat')).toBe(true);
  });

  it('streams a large result without holding it', async () => {
    const { client } = await startSignedIn({ minTranscriptBytes: 1_000_000, jobLatency: { polls: 0 } });
    const interactionIds = Array.from({ length: 300 }, (_, i) => `big-${i}`);
    const { resultUrl } = await client.complete({ interactionIds });
    const answer = await client.download(resultUrl);
    const used = () => process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
    const before = used();
    let bytes = 0;
    let peak = 0;
    for await (const chunk of answer.body ?? []) {
      bytes += chunk.length;
      if (bytes - chunk.length < Math.floor(bytes / 1_000_000) * 1_000_000) peak = Math.max(peak, used() - before);
    }
    expect(bytes).toBeGreaterThan(300_000_000);
    // Garbage that is yet to be collected included.
    expect(peak).toBeLessThan(bytes * 0.8);
  });
});

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
