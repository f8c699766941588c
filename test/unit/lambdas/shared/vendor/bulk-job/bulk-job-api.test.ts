import { describe, expect, it } from 'vitest';

import { BulkJobApi } from '../../../../../../lambdas/shared/vendor/bulk-job/bulk-job-api.ts';

import type { CallFrame } from '../../../../../../lambdas/shared/vendor/exchange.ts';
import { Sessions } from '../../../../../../lambdas/shared/vendor/sign-in/sessions.ts';
import { callFrame } from '../../../../../call-frame.ts';
import { sendJson, serve } from '../../../../../serve.ts';
import { vendorConfig } from '../../../../../vendor-config.ts';

const { frame } = callFrame();
const options = {
  mediaTypes: ['voice' as const],
  redactionPolicy: 'auto' as const,
  format: 'json' as const,
  maxConcurrentDownloads: 5,
};

/** Hands out tok-1, and another one each time the last is said to be refused. */
function sessionsAt(apiBase: string) {
  let issued = 1;
  const get = async (_frame: CallFrame, rejected?: string) => {
    if (rejected === `tok-${issued}`) issued += 1;
    return { token: `tok-${issued}`, apiBase, expiresInSeconds: 1_800, scopes: undefined };
  };
  const dropped: string[] = [];
  const drop = (value: string) => void dropped.push(value);
  return { sessions: { begin: get, get, drop }, dropped };
}

async function source(answer: Parameters<typeof serve>[0], path = '') {
  const server = await serve(answer);
  const config = vendorConfig(server.url + path);
  const { sessions, dropped } = sessionsAt(server.url + path);
  return { source: new BulkJobApi(config, sessions), dropped, ...server };
}

describe('submit', () => {
  it('posts the payload of the API', async () => {
    const { source: vendor, requests } = await source((_request, response) =>
      sendJson(response, 201, { jobId: 'j/1?', status: 'queued' }),
    );
    expect(await vendor.submit(['int-1'], options, frame)).toEqual({ jobId: 'j/1?' });
    expect(requests[0]).toMatchObject({ method: 'POST', path: '/api/v2/interactions/transcripts' });
    expect(requests[0]?.headers).toMatchObject({ authorization: 'Bearer tok-1', 'content-type': 'application/json' });
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({ interactionIds: ['int-1'], ...options });
  });

  it('keeps the path of a base URL', async () => {
    const { source: vendor, requests } = await source(
      (_request, response) => sendJson(response, 200, { jobId: 'j' }),
      '/gateway/',
    );
    await vendor.submit(['int-1'], options, frame);
    expect(requests[0]?.path).toBe('/gateway/api/v2/interactions/transcripts');
  });

  it.each([
    [400, {}, 'VendorRejected'],
    [422, {}, 'VendorRejected'],
    [403, { error: 'transcripts:read' }, 'VendorAuthFailed'],
    [429, {}, 'VendorThrottled'],
    [503, {}, 'VendorUnavailable'],
    [201, {}, 'ContractViolation'],
    [201, { jobId: '' }, 'ContractViolation'],
    [201, { jobId: '.' }, 'ContractViolation'],
    [201, { jobId: '..' }, 'ContractViolation'],
    [201, { jobId: 'a\ud800' }, 'ContractViolation'],
  ])('answers %i %j', async (status, body, name) => {
    const { source: vendor } = await source((_request, response) => sendJson(response, status, body));
    await expect(vendor.submit(['int-1'], options, frame)).rejects.toMatchObject({ name });
  });
});

describe('progress', () => {
  it.each([
    ['202 without a body', 202, undefined, { status: 'running' }],
    ['204', 204, undefined, { status: 'running' }],
    ['queued', 200, { status: 'queued' }, { status: 'running' }],
    ['RUNNING', 200, { status: 'RUNNING', progress: 140 }, { status: 'running' }],
    ['processing', 200, { status: 'processing', progress: -1 }, { status: 'running' }],
    ['completed', 200, { status: 'Completed', resultUrl: '/r' }, { status: 'completed', resultUrl: '/r' }],
    [
      'completed without a URL',
      200,
      { status: 'completed', resultUrl: null },
      { status: 'completed', resultUrl: undefined },
    ],
    ['failed', 200, { status: 'failed', errors: ['call 415 555 0132'] }, { status: 'failed' }],
    ['404', 404, {}, { status: 'unknown' }],
  ])('%s', async (_name, status, body, expected) => {
    const { source: vendor } = await source((_request, response) =>
      body ? sendJson(response, status, body) : response.writeHead(status).end(),
    );
    expect(await vendor.progress('job-1', frame)).toEqual(expected);
  });

  it('encodes a job id of odd characters', async () => {
    const { source: vendor, requests } = await source((_request, response) =>
      sendJson(response, 200, { status: 'queued' }),
    );
    await vendor.progress('../a b?$&', frame);
    expect(requests[0]?.path).toBe('/api/v2/jobs/..%2Fa%20b%3F%24%26');
  });

  it.each(['.', '..', 'half\ud800'])('asks nothing about a job id that leads to another path: %j', async (jobId) => {
    const { source: vendor, requests } = await source((_request, response) =>
      sendJson(response, 200, { status: 'queued' }),
    );
    await expect(vendor.progress(jobId, frame)).rejects.toMatchObject({ name: 'ContractViolation' });
    expect(requests).toHaveLength(0);
  });

  it('refuses a status that is none of the API', async () => {
    const { source: vendor } = await source((_request, response) =>
      sendJson(response, 200, { status: 'paused by Ann' }),
    );
    const failure = await vendor.progress('job-1', frame).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'ContractViolation' });
    expect(String(failure)).not.toContain('Ann');
  });

  it('asks again with a fresh token after a 401, and only once', async () => {
    const { source: vendor, requests } = await source((request, response) =>
      sendJson(response, request.headers.authorization === 'Bearer tok-2' ? 200 : 401, { status: 'queued' }),
    );
    expect(await vendor.progress('job-1', frame)).toEqual({ status: 'running' });
    expect(requests).toHaveLength(2);

    const { source: refusing, requests: refused } = await source((_request, response) => sendJson(response, 401, {}));
    await expect(refusing.progress('job-1', frame)).rejects.toMatchObject({ name: 'VendorAuthFailed', status: 401 });
    expect(refused).toHaveLength(2);
  });
});

describe('openResult', () => {
  it('reads a relative URL with the token', async () => {
    const { source: vendor, requests } = await source((_request, response) => sendJson(response, 200, []));
    const result = await vendor.openResult('/results/1?sig=x', frame);
    expect(await new Response(result?.stream).text()).toBe('[]');
    expect(requests[0]).toMatchObject({ path: '/results/1?sig=x' });
    expect(requests[0]?.headers.authorization).toBe('Bearer tok-1');
  });

  it.each([
    ['a body with a length', (response: import('node:http').ServerResponse) => sendJson(response, 200, []), false],
    [
      'a chunked body',
      (response: import('node:http').ServerResponse) => {
        response.write('[');
        response.end(']');
      },
      false,
    ],
    [
      'a body that ends with the connection',
      (response: import('node:http').ServerResponse) => {
        response.socket?.end('HTTP/1.1 200 OK\r\n\r\n[]');
      },
      true,
    ],
  ])('tells whether the end is marked: %s', async (_name, answer, endIsUnmarked) => {
    const { source: vendor } = await source((_request, response) => answer(response));
    expect(await vendor.openResult('/r', frame)).toMatchObject({ endIsUnmarked });
  });

  it.each([403, 404, 410])('says that a URL has expired: %i', async (status) => {
    const { source: vendor } = await source((_request, response) => sendJson(response, status, {}));
    expect(await vendor.openResult('/r', frame)).toBeUndefined();
  });

  it.each(['', 'https://api.example.com'])(
    'ends with its function in the middle of the body (%s)',
    async (elsewhere) => {
      const { url } = await serve((_request, response) => response.write('['));
      const config = vendorConfig(elsewhere || url, [url]);
      const controller = new AbortController();
      const vendor = new BulkJobApi(config, sessionsAt(config.CXONE_BASE_URL).sessions);
      const result = await vendor.openResult(`${url}/r`, callFrame({ signal: controller.signal }).frame);
      const reading = new Response(result?.stream).text();
      controller.abort();
      await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
    },
  );

  it.each([
    [
      'its length',
      (response: import('node:http').ServerResponse) => sendJson(response, 200, [], { 'content-length': '2' }),
      2,
    ],
    [
      'nothing',
      (response: import('node:http').ServerResponse) => {
        response.write('[');
        response.end(']');
      },
      undefined,
    ],
  ])('hands on what the answer says of its length: %s', async (_name, answer, declaredBytes) => {
    const { source: vendor } = await source((_request, response) => answer(response));
    expect(await vendor.openResult('/r', frame)).toMatchObject({ declaredBytes });
  });

  it('never follows a redirect', async () => {
    const other = await serve((_request, response) => sendJson(response, 200, []));
    const { source: vendor } = await source((_request, response) =>
      sendJson(response, 302, {}, { location: other.url }),
    );
    await expect(vendor.openResult('/r', frame)).rejects.toMatchObject({ name: 'VendorRejected', status: 302 });
    expect(other.requests).toHaveLength(0);
  });

  it('reads a configured origin without the token', async () => {
    const storage = await serve((_request, response) => sendJson(response, 200, []));
    const config = vendorConfig('https://api.example.com', [storage.url]);
    const vendor = new BulkJobApi(config, sessionsAt(config.CXONE_BASE_URL).sessions);
    const result = await vendor.openResult(`${storage.url}/signed?x=1`, frame);
    expect(await new Response(result?.stream).text()).toBe('[]');
    expect(storage.requests[0]?.headers.authorization).toBeUndefined();
  });

  it.each([
    'http://169.254.169.254/latest/meta-data',
    'https://evil.example/r',
    'http://127.0.0.1:1/r',
    'file:///etc/passwd',
    'https://u:p@127.0.0.1/',
  ])('sends nothing to %s', async (resultUrl) => {
    const { source: vendor, requests } = await source((_request, response) => sendJson(response, 200, []));
    await expect(vendor.openResult(resultUrl, frame)).rejects.toMatchObject({ name: 'ContractViolation' });
    expect(requests).toHaveLength(0);
  });
});

describe('what a refusal (403) does to the token', () => {
  it.each([
    ['submit', (vendor: BulkJobApi) => vendor.submit(['int-1'], options, frame)],
    ['progress', (vendor: BulkJobApi) => vendor.progress('job-1', frame)],
    ['search', (vendor: BulkJobApi) => vendor.search({ interactionIds: ['int-1'] }, frame)],
    ['openResult', (vendor: BulkJobApi) => vendor.openResult('/r', frame)],
  ])('%s lets it go', async (_name, call) => {
    const { source: vendor, dropped } = await source((_request, response) => sendJson(response, 403, {}));
    await call(vendor).catch(() => {});
    expect(dropped).toEqual(['tok-1']);
  });

  it('keeps it after any other answer', async () => {
    for (const status of [200, 202, 400, 404, 429, 503]) {
      const { source: vendor, dropped } = await source((_request, response) =>
        sendJson(response, status, { status: 'queued' }),
      );
      await vendor.progress('job-1', frame).catch(() => {});
      expect(dropped).toEqual([]);
    }
  });

  it('lets go of a token that lacks a scope', async () => {
    const scopes = ['transcripts:read', 'transcripts:read interactions:read jobs:read'];
    const server = await serve((_request, response) =>
      sendJson(response, 200, { access_token: 'tok', expires_in: 1_800, scope: scopes.shift() }),
    );
    const config = vendorConfig(server.url);
    const secret = { form: 'client-credentials' as const, clientId: 'id', clientSecret: 's' };
    const vendor = new BulkJobApi(config, new Sessions(config, { read: async () => secret }));
    await expect(vendor.authenticate(frame)).rejects.toMatchObject({ name: 'VendorAuthFailed' });
    await expect(vendor.authenticate(frame)).resolves.toMatchObject({ scopes: expect.arrayContaining(['jobs:read']) });
  });
});
