import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Sessions, usableSeconds } from '../../../../../../lambdas/shared/vendor/sign-in/sessions.ts';
import { callFrame } from '../../../../../call-frame.ts';
import { sendJson, serve } from '../../../../../serve.ts';
import { vendorConfig } from '../../../../../vendor-config.ts';

const { frame } = callFrame();
type Answer = Parameters<typeof serve>[0];

function secretOf(...versions: string[]) {
  const reads: boolean[] = [];
  const read = async ({ fresh = false } = {}) => {
    reads.push(fresh);
    const clientSecret = versions[Math.min(reads.length, versions.length) - 1] ?? '';
    return { form: 'client-credentials' as const, clientId: 'id', clientSecret };
  };
  return { reader: { read }, reads };
}

async function provider(answer: Answer, secret = secretOf('s-1')) {
  const server = await serve(answer);
  const config = vendorConfig(server.url);
  return { tokens: new Sessions(config, secret.reader), requests: server.requests, secret };
}

const grant = (change: Record<string, unknown> = {}) => ({
  access_token: 'tok',
  token_type: 'Bearer',
  expires_in: 1800,
  ...change,
});

describe('Sessions', () => {
  it('asks as RFC 6749 says and keeps the token', async () => {
    const { tokens, requests } = await provider((_request, response) =>
      sendJson(response, 200, grant({ scope: 'a b' })),
    );
    const [first, second] = await Promise.all([tokens.get(frame), tokens.get(frame)]);
    expect(await tokens.get(frame)).toBe(first);
    expect(second).toBe(first);
    expect(first).toMatchObject({ token: 'tok', scopes: ['a', 'b'], expiresInSeconds: 1800 });
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ method: 'POST', path: '/oauth/token', body: 'grant_type=client_credentials' });
    expect(requests[0]?.headers).toMatchObject({
      authorization: `Basic ${Buffer.from('id:s-1').toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    });
  });

  it('renews a token that the vendor refused, once for all callers', async () => {
    let issued = 0;
    const { tokens, requests } = await provider((_request, response) => {
      issued += 1;
      sendJson(response, 200, grant({ access_token: `tok-${issued}` }));
    });
    const { token } = await tokens.get(frame);
    const renewed = await Promise.all([tokens.get(frame, token), tokens.get(frame, token)]);
    expect(renewed.map((session) => session.token)).toEqual(['tok-2', 'tok-2']);
    expect((await tokens.get(frame, token)).token).toBe('tok-2');
    expect(requests).toHaveLength(2);
  });

  it('reads the secret again, once, when the credentials are refused', async () => {
    const secret = secretOf('old', 'new');
    const { tokens, requests } = await provider((request, response) => {
      const isNew = request.headers.authorization === `Basic ${Buffer.from('id:new').toString('base64')}`;
      sendJson(response, isNew ? 200 : 401, isNew ? grant() : {});
    }, secret);
    expect((await tokens.get(frame)).token).toBe('tok');
    expect(secret.reads).toEqual([false, true]);
    expect(requests).toHaveLength(2);
  });

  it.each([
    ['400', 400, { error_description: 'secret-body' }, 'VendorAuthFailed', 'status 400'],
    ['401', 401, { error: 'secret-body' }, 'VendorAuthFailed', 'status 401'],
    ['403 that names a scope', 403, { error: 'secret-body lacks jobs:read' }, 'VendorAuthFailed', 'scope jobs:read'],
    ['403 of another kind', 403, 'secret-body', 'VendorAuthFailed', 'check the scopes'],
    ['403 that names none', 403, {}, 'VendorAuthFailed', 'check the scopes'],
    ['429', 429, { error: 'secret-body' }, 'VendorThrottled', 'throttled'],
    ['503', 503, { error: 'secret-body' }, 'VendorUnavailable', 'status 503'],
    ['302', 302, {}, 'VendorRejected', 'never followed'],
    ['a life of zero', 200, grant({ expires_in: 0 }), 'ContractViolation', 'expires_in'],
    ['a negative life', 200, grant({ expires_in: -5 }), 'ContractViolation', 'expires_in'],
    ['a life that is a word', 200, grant({ expires_in: 'long' }), 'ContractViolation', 'expires_in'],
    [
      'a life beside the point',
      200,
      grant({ expires_in: null, note: 'secret-body' }),
      'ContractViolation',
      'expires_in',
    ],
    ['no token', 200, { expires_in: 5 }, 'ContractViolation', 'access_token'],
    ['another token type', 200, grant({ token_type: 'mac' }), 'ContractViolation', 'token_type'],
  ])('%s', async (_name, status, body, name, words) => {
    const { tokens } = await provider((_request, response) => sendJson(response, status, body));
    const failure = await tokens.get(frame).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name, message: expect.stringContaining(words) });
    expect(String(failure)).not.toContain('secret-body');
  });

  it.each([
    ['HTML', '<html>Sign in</html>'],
    ['nothing', ''],
  ])('refuses a 200 with %s', async (_name, body) => {
    const { tokens } = await provider((_request, response) => response.writeHead(200).end(body));
    await expect(tokens.get(frame)).rejects.toMatchObject({ name: 'ContractViolation' });
  });

  it.each([
    ['a string', '1800', 1800],
    ['ten years', 315_360_000, 86_400],
  ])('takes a life that is %s', async (_name, expires_in, expected) => {
    const { tokens } = await provider((_request, response) => sendJson(response, 200, grant({ expires_in })));
    expect((await tokens.get(frame)).expiresInSeconds).toBe(expected);
  });

  it('takes an answer that starts with a byte order mark', async () => {
    const { tokens } = await provider((_request, response) => response.end(`\uFEFF${JSON.stringify(grant())}`));
    expect((await tokens.get(frame)).token).toBe('tok');
  });

  it.each([429, 503])('hands on how long to wait after a %i', async (status) => {
    const { tokens } = await provider((_request, response) => sendJson(response, status, {}, { 'retry-after': '77' }));
    await expect(tokens.get(frame)).rejects.toMatchObject({ status, retryAfterSeconds: 77 });
  });

  it.each([429, 503])('waits out a %i that asks for a second', async (status) => {
    let asked = 0;
    const { tokens, requests } = await provider((_request, response) => {
      asked += 1;
      if (asked === 1) sendJson(response, status, {}, { 'retry-after': '1' });
      else sendJson(response, 200, grant());
    });
    expect((await tokens.get(frame)).token).toBe('tok');
    expect(requests).toHaveLength(2);
  });

  it.each([
    ['400', 400, [false, true]],
    ['401', 401, [false, true]],
    ['403', 403, [false]],
    ['429', 429, [false]],
    ['500', 500, [false]],
    ['503', 503, [false]],
    ['302', 302, [false]],
    ['an answer without a token', 200, [false]],
  ])('reads the secret again for refused credentials only: %s', async (_name, status, reads) => {
    const { tokens, secret, requests } = await provider((_request, response) => sendJson(response, status, {}));
    await expect(tokens.get(frame)).rejects.toThrow();
    expect(secret.reads).toEqual(reads);
    // The same credentials twice would count as two failed sign-ins.
    expect(requests).toHaveLength(1);
  });
});

describe('the life of a token', () => {
  /** Tokens that live for two minutes, of which one is used; both clocks stand where the test puts them. */
  async function onClocks() {
    let issued = 0;
    const { tokens, requests } = await provider((_request, response) => {
      issued += 1;
      sendJson(response, 200, grant({ access_token: `tok-${issued}`, expires_in: 120 }));
    });
    const now = { monotonic: 1_000, wall: Date.parse('2026-11-22T10:00:00Z') };
    const monotonic = vi.spyOn(performance, 'now').mockImplementation(() => now.monotonic);
    const wall = vi.spyOn(Date, 'now').mockImplementation(() => now.wall);
    onTestFinished(() => {
      monotonic.mockRestore();
      wall.mockRestore();
    });
    return { tokens, requests, now };
  }

  it('ends a minute early, and a new one is fetched', async () => {
    const { tokens, now } = await onClocks();
    await tokens.get(frame);
    now.monotonic += 59_999;
    expect((await tokens.get(frame)).token).toBe('tok-1');
    now.monotonic += 2;
    expect((await tokens.get(frame)).token).toBe('tok-2');
  });

  it.each([
    ['forward', 10 * 60_000],
    ['back', -10 * 60_000],
  ])('does not hang on a wall clock that jumps %s', async (_name, jumpMs) => {
    const { tokens, requests, now } = await onClocks();
    await tokens.get(frame);
    now.wall += jumpMs;
    expect((await tokens.get(frame)).token).toBe('tok-1');
    now.monotonic += 61_000;
    expect((await tokens.get(frame)).token).toBe('tok-2');
    expect(requests).toHaveLength(2);
  });

  it('is over when it is dropped, unless it was replaced before', async () => {
    const { tokens } = await onClocks();
    await tokens.get(frame);
    tokens.drop('tok-0');
    expect((await tokens.get(frame)).token).toBe('tok-1');
    tokens.drop('tok-1');
    expect((await tokens.get(frame)).token).toBe('tok-2');
  });
});

describe('usableSeconds', () => {
  it.each([
    [1800, 1740],
    [120, 60],
    [90, 45],
    [2, 1],
  ])('of %i s are %i s', (life, expected) => {
    expect(usableSeconds(life)).toBe(expected);
  });
});
