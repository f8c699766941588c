import { describe, expect, it } from 'vitest';
import {
  discardBody,
  NetworkFailure,
  parseRetryAfter,
  readText,
  send,
} from '../../../../../lambdas/shared/lib/http.ts';
import { isSecureUrl } from '../../../../../lambdas/shared/lib/secure-url.ts';
import { MISBEHAVIOUR, serveBadly } from '../../../../misbehaviour.ts';
import { serve } from '../../../../serve.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');

describe('parseRetryAfter', () => {
  it.each([
    ['seconds', '7', 7],
    ['zero', '0', 1],
    ['ten years', '315360000', 900],
    ['a date', 'Sun, 22 Nov 2026 10:00:30 GMT', 30],
    ['a date gone by', 'Sun, 22 Nov 2026 09:00:00 GMT', 1],
    ['a date in ten years', 'Mon, 22 Nov 2036 10:00:00 GMT', 900],
    ['a fraction', '1.5', undefined],
    ['a negative number', '-5', undefined],
    ['garbage', 'soon', undefined],
    ['nothing', null, undefined],
    ['empty', ' ', undefined],
  ])('%s', (_name, header, expected) => {
    expect(parseRetryAfter(header, NOW, 900)).toBe(expected);
  });
});

describe('isSecureUrl', () => {
  it.each([
    ['https://api-us-1.cxone.com', true],
    ['http://127.0.0.1:8080/x', true],
    ['http://localhost:1', true],
    ['http://[::1]:1', true],
    ['http://api-us-1.cxone.com', false],
    ['http://127.0.0.1.example.com', false],
    ['https://user:pass@example.com', false],
    ['ftp://127.0.0.1', false],
    ['file:///etc/passwd', false],
  ])('%s: %s', (url, expected) => {
    expect(isSecureUrl(new URL(url))).toBe(expected);
  });
});

const get = (url: string, timeoutMs = 2_000) => send({ method: 'GET', url: new URL(url), headers: {}, timeoutMs });

describe('send', () => {
  it('hands a redirect back instead of following it', async () => {
    const other = await serve((_request, response) => response.end('secret'));
    const { url } = await serve((_request, response) => response.writeHead(302, { location: other.url }).end());
    expect((await get(url)).status).toBe(302);
    expect(other.requests).toHaveLength(0);
  });

  it.each([
    ['a refused connection', 'http://127.0.0.1:65500', 'refused'],
    ['a name that does not resolve', 'http://no-such-host.invalid', 'dns'],
  ])('names %s without the address', async (_name, url, reason) => {
    await expect(get(url)).rejects.toMatchObject({ name: 'NetworkFailure', reason, message: `no answer (${reason})` });
  });

  it('names a time-out', async () => {
    const { url } = await serve(() => {});
    await expect(get(url, 50)).rejects.toMatchObject({ reason: 'timeout' });
  });

  it('names a reset connection', async () => {
    const { url } = await serve((_request, response) => response.socket?.destroy());
    await expect(get(url)).rejects.toMatchObject({ reason: 'reset' });
  });
});

describe('readText', () => {
  it('gives up a body that is too large', async () => {
    const { url } = await serve((_request, response) => response.end('x'.repeat(5_000)));
    expect(await readText(await get(url), 4_999, 2_000)).toBeUndefined();
    expect(await readText(await get(url), 5_000, 2_000)).toHaveLength(5_000);
  });

  it('gives up a body that does not end', async () => {
    const { url } = await serve((_request, response) => response.write('{'));
    await expect(readText(await get(url), 100, 50)).rejects.toMatchObject({ reason: 'timeout' });
  });
});

describe('a server that', () => {
  const outcome = (exchange: Promise<unknown>) =>
    exchange.then(
      () => 'answered',
      (error: unknown) => (error instanceof NetworkFailure ? error.reason : error),
    );
  const expected = ['answered', 'timeout', 'reset', 'network'];

  it.each(MISBEHAVIOUR)('%s does not hold a caller that reads its answer', async (_name, misbehave) => {
    const url = (await serveBadly(misbehave)).href;
    expect(expected).toContain(await outcome(get(url, 250).then((answer) => readText(answer, 100, 250))));
    expect(await outcome(get(url).then((answer) => readText(answer, 100, 2_000)))).toBe('answered');
  });

  it.each(MISBEHAVIOUR)('%s does not hold a caller that drops its answer', async (_name, misbehave) => {
    const url = await serveBadly(misbehave);
    expect(expected).toContain(await outcome(get(url.href, 250).then(discardBody)));
  });

  it.each(MISBEHAVIOUR)('%s does not hold a caller that is told to stop', async (_name, misbehave) => {
    const stop = AbortSignal.timeout(250);
    const request = { method: 'GET', url: await serveBadly(misbehave), headers: {}, timeoutMs: 60_000 } as const;
    const exchange = send({ ...request, signal: stop }).then((answer) => readText(answer, 100, 60_000));
    expect(expected).toContain(await outcome(exchange));
  });
});
