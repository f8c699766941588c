import { describe, expect, it } from 'vitest';
import { CxoneCredentials } from '../../../../../../lambdas/shared/contracts/cxone-credentials.ts';
import type { VendorConfig } from '../../../../../../lambdas/shared/vendor/settings.ts';
import { Sessions } from '../../../../../../lambdas/shared/vendor/sign-in/sessions.ts';
import { callFrame } from '../../../../../call-frame.ts';
import {
  ACCESS_KEY,
  CLIENT,
  jwtOf,
  startTokenServer,
  TENANT_ID,
  type TokenServerOptions,
} from '../../../../../stand-ins/token-server.ts';
import { vendorConfig } from '../../../../../vendor-config.ts';

const { frame } = callFrame();
const KEY_ALONE = { ...ACCESS_KEY };
const BASIC = { ...ACCESS_KEY, ...CLIENT };
const BODY = { ...BASIC, clientAuth: 'body' };

async function signInAt(options: TokenServerOptions, secret: object, change: Partial<VendorConfig> = {}) {
  const server = await startTokenServer(options);
  const config = { ...vendorConfig(server.url), ...change };
  const sessions = new Sessions(config, { read: async () => CxoneCredentials.parse(secret) });
  return { server, sessions, outcome: () => sessions.get(frame).catch((error: unknown) => error) };
}

/** Messages may say none of this. */
const SECRETS = [...Object.values(BASIC), TENANT_ID, 'secret-', 'tok-'];

describe('each way to sign in', () => {
  it.each<[string, TokenServerOptions, object, string]>([
    ['an access key alone', {}, KEY_ALONE, '/authentication/v1/token/access-key'],
    ['a registered application, HTTP Basic', { clientAuth: 'basic' }, BASIC, '/auth/token'],
    ['a registered application, body', { clientAuth: 'body' }, BODY, '/auth/token'],
  ])('arrives intact: %s', async (_name, options, secret, path) => {
    const { server, outcome } = await signInAt(options, secret);
    expect(await outcome()).toEqual({
      token: 'tok-1',
      apiBase: server.url,
      expiresInSeconds: 3600,
      scopes: undefined,
      tenant: { id: TENANT_ID },
    });
    expect(server.signIns().map((request) => request.path)).toEqual([path]);
    expect(server.requests.every(({ headers }) => headers.accept === 'application/json')).toBe(true);
  });

  it.each<[string, TokenServerOptions, object, string[]]>([
    ['Basic where the body is meant', { clientAuth: 'body' }, BASIC, ['sent as HTTP Basic', 'CXONE_CLIENT_AUTH=body']],
    ['the body where Basic is meant', { clientAuth: 'basic' }, BODY, ['sent in the body', 'CXONE_CLIENT_AUTH=basic']],
    ['a wrong client', { clientAuth: 'basic' }, { ...BASIC, clientSecret: 'x' }, ['clientSecret', '(invalid_client)']],
    [
      'a wrong key',
      { clientAuth: 'basic' },
      { ...BASIC, accessKeySecret: 'x' },
      ['accessKeySecret', '(invalid_grant)'],
    ],
    ['a wrong key alone', {}, { ...KEY_ALONE, accessKeyId: 'x' }, ['accessKeyId', '(invalid_grant)']],
    ['no such sign-in here', { clientAuth: 'basic' }, KEY_ALONE, ['status 404', 'cxoneBaseUrl']],
  ])('is refused with the setting that is wrong, after one try: %s', async (_name, options, secret, words) => {
    const { server, outcome } = await signInAt(options, secret);
    const failure = String(await outcome());
    for (const word of words) expect(failure).toContain(word);
    for (const word of SECRETS) expect(failure).not.toContain(word);
    expect(server.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });
});

describe('a refusal', () => {
  const CODES = [
    'invalid_client',
    'invalid_grant',
    'unauthorized_client',
    'invalid_scope',
    'unsupported_grant_type',
    'invalid_request',
  ];

  it.each([
    ['basic', BASIC],
    ['body', BODY],
    [undefined, KEY_ALONE],
  ] as const)('of each kind has words of its own, and is not tried again (%s)', async (clientAuth, secret) => {
    const messages = new Set<string>();
    for (const code of CODES) {
      const refuse = { status: 400, body: { error: code, error_description: 'secret-body' } };
      const options = { refuse, ...(clientAuth === undefined ? {} : { clientAuth }) };
      const { server, outcome } = await signInAt(options, secret);
      const isConfiguration = code === 'unsupported_grant_type' || code === 'invalid_request';
      const failure = await outcome();
      expect(failure).toMatchObject({ name: isConfiguration ? 'ConfigInvalid' : 'VendorAuthFailed', status: 400 });
      expect(String(failure)).toContain(`(${code})`);
      for (const word of SECRETS) expect(String(failure)).not.toContain(word);
      messages.add(String(failure).replace(code, ''));
      // Other callers of the same container do not try them either.
      expect(await outcome()).toBe(failure);
      expect(server.signIns()).toHaveLength(1);
    }
    expect(messages.size).toBe(CODES.length);
  });

  it('is forgotten at the beginning of a run: a person may have repaired it', async () => {
    const { server, sessions, outcome } = await signInAt({ refuse: { status: 400 } }, KEY_ALONE);
    await outcome();
    delete server.options.refuse;
    await expect(sessions.get(frame)).rejects.toMatchObject({ name: 'VendorAuthFailed' });
    expect(await sessions.begin(frame)).toMatchObject({ token: 'tok-1' });
    expect(server.signIns()).toHaveLength(2);
  });

  it.each([403, 429, 500, 503])('is none where the answer is %i: the next call tries again', async (status) => {
    const { server, outcome } = await signInAt({ refuse: { status } }, KEY_ALONE);
    await outcome();
    delete server.options.refuse;
    expect(await outcome()).toMatchObject({ token: 'tok-1' });
  });

  it('of a rotated secret is followed by one try with the new one', async () => {
    const server = await startTokenServer({ clientAuth: 'basic' });
    const versions = [{ ...BASIC, accessKeySecret: 'old' }, BASIC].map((secret) => CxoneCredentials.parse(secret));
    const read = async ({ fresh = false } = {}) => {
      if (fresh) versions.shift();
      return versions[0] as CxoneCredentials;
    };
    const sessions = new Sessions(vendorConfig(server.url), { read });
    expect(await sessions.get(frame)).toMatchObject({ token: 'tok-1' });
    expect(server.signIns()).toHaveLength(2);
  });

  it('of the way the client is sent is mended by the secret alone', async () => {
    const server = await startTokenServer({ clientAuth: 'body' });
    const secrets = [BASIC, BASIC, BODY].map((secret) => CxoneCredentials.parse(secret));
    const read = async () => (secrets.length > 1 ? secrets.shift() : secrets[0]) as CxoneCredentials;
    const sessions = new Sessions(vendorConfig(server.url), { read });
    await expect(sessions.get(frame)).rejects.toMatchObject({ name: 'VendorAuthFailed' });
    expect(await sessions.get(frame)).toMatchObject({ token: 'tok-1' });
    expect(server.signIns()).toHaveLength(2);
  });
});

describe('discovery', () => {
  const API = 'http://127.0.0.1:9/api/';
  const issuer: TokenServerOptions = { clientAuth: 'basic', document: {}, configuration: { api_endpoint: API } };

  it('finds the API of the tenant, and says whom it has reached', async () => {
    const configuration = { api_endpoint: API, area: 'na1', domain: 'niceincontact.com' };
    const { server, outcome } = await signInAt({ ...issuer, configuration }, BASIC);
    expect(await outcome()).toMatchObject({
      apiBase: 'http://127.0.0.1:9/api',
      tenant: { id: TENANT_ID, area: 'na1', issuer: new URL(server.url).host },
    });
  });

  it('serves an access key alone just as well', async () => {
    const { server, outcome } = await signInAt({ document: {}, configuration: { api_endpoint: API } }, KEY_ALONE);
    expect(await outcome()).toMatchObject({ apiBase: 'http://127.0.0.1:9/api' });
    expect(server.signIns()).toHaveLength(1);
  });

  it.each<[string, Record<string, unknown>]>([
    ['no id token', { id_token: undefined }],
    ['an id token that is no JWT', { id_token: 'opaque' }],
    ['an id token of another type', { id_token: 7 }],
    ['an id token without the claim', { id_token: jwtOf({ sub: 'x' }) }],
    ['an id token whose claim is no id', { id_token: jwtOf({ tenantId: { a: 1 } }) }],
    ['an id token with padding', { id_token: `${jwtOf({})}==` }],
  ])('takes the access token for the tenant: %s', async (_name, token) => {
    const { outcome } = await signInAt(
      { ...issuer, token: { ...token, access_token: jwtOf({ tenantId: TENANT_ID }) } },
      BASIC,
    );
    expect(await outcome()).toMatchObject({ apiBase: 'http://127.0.0.1:9/api' });
  });

  it('takes what the token answer says of the API where no token names the tenant', async () => {
    const token = { id_token: undefined, resource_server_base_uri: API };
    const { outcome } = await signInAt({ ...issuer, token }, BASIC);
    expect(await outcome()).toMatchObject({ apiBase: 'http://127.0.0.1:9/api' });
  });

  it.each<[string, TokenServerOptions, string, string, number]>([
    ['an unknown tenant', { configuration: 404 }, 'ConfigInvalid', 'cxoneBaseUrl', 1],
    ['no tenant in any token', { token: { id_token: 'odd' } }, 'ConfigInvalid', 'cxoneApiUrl', 1],
    ['a configuration without an API', { configuration: { area: 'na1' } }, 'ConfigInvalid', 'cxoneApiUrl', 1],
    [
      'an API elsewhere',
      { configuration: { api_endpoint: 'https://evil.example' } },
      'ConfigInvalid',
      'cxoneAllowedHosts',
      1,
    ],
    [
      'an API over http',
      { configuration: { api_endpoint: 'http://api-na1.niceincontact.com' } },
      'ContractViolation',
      'https',
      1,
    ],
    [
      'a domain elsewhere',
      { configuration: { area: 'na1', domain: 'evil.example' } },
      'ConfigInvalid',
      'cxoneAllowedHosts',
      1,
    ],
    [
      'a token endpoint elsewhere',
      { document: { token_endpoint: 'https://evil.example/t' } },
      'ConfigInvalid',
      'cxoneAllowedHosts',
      0,
    ],
    ['a page instead of a document', { document: '<html>' }, 'ConfigInvalid', 'cxoneBaseUrl', 0],
    ['a redirect', { document: 302 }, 'ConfigInvalid', 'cxoneBaseUrl', 0],
    ['a refusal of the discovery', { document: 403 }, 'ConfigInvalid', 'cxoneApiUrl', 0],
    ['an outage', { document: 503 }, 'VendorUnavailable', '503', 0],
    ['a throttled discovery', { document: 429 }, 'VendorThrottled', 'throttled', 0],
    ['an outage after the sign-in', { configuration: 503 }, 'VendorUnavailable', '503', 1],
  ])('ends with one error that says what to set: %s', async (_name, change, name, words, signIns) => {
    const { server, outcome } = await signInAt({ ...issuer, ...change }, BASIC);
    const failure = await outcome();
    expect(failure).toMatchObject({ name, message: expect.stringContaining(words) });
    for (const word of [...SECRETS, 'evil']) expect(String(failure)).not.toContain(word);
    expect(server.signIns()).toHaveLength(signIns);
  });

  it('makes the host of the API from area and domain', async () => {
    const { outcome } = await signInAt(
      { ...issuer, configuration: { area: 'na1', domain: 'niceincontact.com' } },
      BASIC,
    );
    expect(await outcome()).toMatchObject({ apiBase: 'https://api-na1.niceincontact.com' });
  });

  it('signs in at the token endpoint that the issuer names', async () => {
    const elsewhere = await startTokenServer({ clientAuth: 'basic' });
    const document = { token_endpoint: `${elsewhere.url}/auth/token` };
    const { server, outcome } = await signInAt({ ...issuer, document }, BASIC);
    expect(await outcome()).toMatchObject({ token: 'tok-1' });
    expect([server.signIns(), elsewhere.signIns()].map(({ length }) => length)).toEqual([0, 1]);
  });

  it('sends keys and tokens to a host that a stage allows', async () => {
    const configuration = { api_endpoint: 'https://api.sovereign.example' };
    const allowed = { CXONE_ALLOWED_HOSTS: ['sovereign.example'] };
    const { outcome } = await signInAt({ ...issuer, configuration }, BASIC, allowed);
    expect(await outcome()).toMatchObject({ apiBase: 'https://api.sovereign.example' });
  });

  it('is left out where the base of the API is set', async () => {
    const pinned = { CXONE_API_URL: 'https://api.pinned.example/gateway/' };
    const { server, outcome } = await signInAt({ ...issuer, document: 403 }, BASIC, pinned);
    expect(await outcome()).toMatchObject({ apiBase: 'https://api.pinned.example/gateway' });
    expect(server.requests.map(({ path }) => path)).toEqual(['/auth/token']);
  });

  it('never follows a redirect with credentials', async () => {
    const { server, outcome } = await signInAt({ ...issuer, refuse: { status: 307 } }, BASIC);
    expect(await outcome()).toMatchObject({ name: 'VendorRejected', status: 307 });
    expect(server.signIns()).toHaveLength(1);
  });
});
