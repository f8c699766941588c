import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { start, startSignedIn } from './cxone-world.ts';

interface Artifact {
  interactionId: string;
  mediaType: string;
  timestamp: string;
  transcript: Record<string, unknown>;
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
