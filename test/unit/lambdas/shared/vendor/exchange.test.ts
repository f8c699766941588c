import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { PipelineError } from '../../../../../lambdas/shared/contracts/errors.ts';
import { callVendor, openVendor, vendorUrl } from '../../../../../lambdas/shared/vendor/exchange.ts';
import { callFrame } from '../../../../call-frame.ts';
import { sendJson, serve } from '../../../../serve.ts';

const get = (url: string) => ({ method: 'GET' as const, url: new URL(url), headers: {}, timeoutMs: 5_000 });

/** A vendor that gives these answers, the last of them for ever. */
async function vendor(...answers: ((response: ServerResponse) => void)[]) {
  const { url, requests } = await serve((_request, response) =>
    answers[Math.min(requests.length, answers.length) - 1]?.(response),
  );
  return { url, requests };
}
const busy = (status: number, retryAfter?: string) => (response: ServerResponse) =>
  sendJson(response, status, {}, retryAfter === undefined ? {} : { 'retry-after': retryAfter });
const done = (response: ServerResponse) => sendJson(response, 200, { done: true });

describe('a call to the vendor', () => {
  it.each([429, 403, 503])('waits out a %i that asks for a second, and is made again', async (status) => {
    const freeAt = Date.now() + 990;
    const untilFree = (response: ServerResponse) => (Date.now() < freeAt ? busy(status, '1') : done)(response);
    const { url, requests } = await vendor(untilFree);
    const { frame, counted } = callFrame();
    expect(await callVendor(get(url), frame)).toMatchObject({ status: 200, body: '{"done":true}' });
    expect(requests).toHaveLength(2);
    expect(counted).toEqual(status === 503 ? [] : ['VendorThrottled']);
  });

  it.each([
    ['asks for longer than a function waits', busy(503, '60'), {}, 60],
    ['asks for longer than is left', busy(429, '5'), { remainingMs: () => 12_000 }, 5],
    ['asks for ten years', busy(429, '315360000'), {}, 900],
    ['says no time', busy(429), {}, undefined],
    ['says nonsense', busy(503, 'soon'), {}, undefined],
  ])('is left to its caller when the answer %s', async (_name, answer, change, retryAfterSeconds) => {
    const { url, requests } = await vendor(answer, done);
    expect(await callVendor(get(url), callFrame(change).frame)).toMatchObject({ retryAfterSeconds });
    expect(requests).toHaveLength(1);
  });

  it('asks the pacer before each request, and tells it of each answer', async () => {
    const { url } = await vendor(busy(429, '1'), busy(503), done);
    const heard: unknown[] = [];
    const pacer = {
      take: async () => void heard.push('take'),
      told: (sign: unknown) => void heard.push(sign),
    };
    const { frame } = callFrame({ pacer });
    await callVendor(get(url), frame);
    await callVendor(get(url), frame);
    expect(heard).toEqual([
      'take',
      { status: 429, retryAfterSeconds: 1 },
      'take',
      { status: 503, retryAfterSeconds: undefined },
      'take',
      { status: 200, retryAfterSeconds: undefined },
    ]);
  });

  it('is not made when the pacer puts it off', async () => {
    const { url, requests } = await vendor(done);
    const later = new PipelineError('VendorThrottled', 'Later', { retryAfterSeconds: 60 });
    const pacer = { take: () => Promise.reject(later), told: () => {} };
    await expect(callVendor(get(url), callFrame({ pacer }).frame)).rejects.toBe(later);
    expect(requests).toHaveLength(0);
  });

  it('gives up after three waits', async () => {
    const { url, requests } = await vendor(busy(429, '0'));
    expect(await callVendor(get(url), callFrame().frame)).toMatchObject({ status: 429, retryAfterSeconds: 1 });
    expect(requests).toHaveLength(4);
  });

  it.each([
    ['while it waits for an answer', () => {}],
    ['in the middle of a body', (response: ServerResponse) => response.write('{')],
    ['while it waits out a 429', busy(429, '15')],
  ])('ends with its function %s', async (_name, answer) => {
    const { url } = await vendor(answer);
    const { frame } = callFrame({ signal: AbortSignal.timeout(100) });
    await expect(callVendor(get(url), frame)).rejects.toMatchObject({ name: 'VendorUnavailable' });
  });

  it('ends with its function in the middle of a result', async () => {
    const { url } = await vendor((response) => response.write('['));
    const controller = new AbortController();
    const response = await openVendor(get(url), callFrame({ signal: controller.signal }).frame);
    const reading = response.text();
    controller.abort();
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('vendorUrl', () => {
  const base = 'https://api.example.com/gateway/';
  const path = '/api/v2/jobs/{jobId}';

  it.each([
    ['job-1', 'https://api.example.com/gateway/api/v2/jobs/job-1'],
    ['../x', 'https://api.example.com/gateway/api/v2/jobs/..%2Fx'],
    ['...', 'https://api.example.com/gateway/api/v2/jobs/...'],
    ['%2e%2e', 'https://api.example.com/gateway/api/v2/jobs/%252e%252e'],
    ['a\\b\t?#', 'https://api.example.com/gateway/api/v2/jobs/a%5Cb%09%3F%23'],
    ['$&', 'https://api.example.com/gateway/api/v2/jobs/%24%26'],
  ])('of %j', (jobId, expected) => {
    expect(vendorUrl(base, path, { jobId }).href).toBe(expected);
  });

  it.each(['.', '..', '\ud800'])('none of %j', (jobId) => {
    expect(() => vendorUrl(base, path, { jobId })).toThrow(expect.objectContaining({ name: 'ContractViolation' }));
    expect(() => vendorUrl(base, '/jobs/{jobId}/status', { jobId })).toThrow();
  });
});
