import { describe, expect, it } from 'vitest';
import { SIGN_IN_ERRORS } from '../../../../emulator/stand-ins/cxone/sign-in/effects.ts';
import type { CxoneSimulator } from '../../../../emulator/stand-ins/cxone/start-cxone-simulator.ts';
import { DAY_AND_LATER, start, startPublicApis } from '../cxone-world.ts';
import { publicApisOf } from './public-apis-client.ts';

const SECRETS = { clientSecret: 'c/l+i=e%n t', accessKeySecret: 'k/e+y=%2F' };
const encoded = encodeURIComponent;
const basic = (id: string, secret: string) => ({ authorization: `Basic ${btoa(`${id}:${secret}`)}` });
const password = ({ accessKeyId, accessKeySecret }: CxoneSimulator) => ({
  grant_type: 'password',
  username: accessKeyId,
  password: accessKeySecret,
});

async function startWith(options: Parameters<typeof start>[0] = {}) {
  const { simulator } = await start({ ...SECRETS, ...options });
  const { clientId, clientSecret } = simulator;
  const apis = publicApisOf(simulator);
  return { simulator, apis, header: basic(encoded(clientId), encoded(clientSecret)) };
}

const claimsOf = (jwt: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString('utf8'));

describe('a registered application', () => {
  it('signs in with Basic, its id and secret encoded', async () => {
    const { simulator, apis, header } = await startWith();
    const answer = await apis.formSignIn(password(simulator), header);
    const token = (await answer.json()) as { access_token: string; id_token: string; expires_in: number };
    expect([answer.status, token.expires_in]).toEqual([200, 3_600]);
    expect(claimsOf(token.id_token)).toMatchObject({ tenantId: simulator.tenantId });
    apis.use(token.access_token);
    expect((await apis.list(DAY_AND_LATER)).status).toBe(200);
  });

  it('signs in with the body where it was registered so, and not with Basic then', async () => {
    const { simulator, apis, header } = await startWith({ clientAuth: 'body' });
    const client = { client_id: simulator.clientId, client_secret: simulator.clientSecret };
    expect((await apis.formSignIn({ ...password(simulator), ...client })).status).toBe(200);
    expect(await (await apis.formSignIn(password(simulator), header)).json()).toMatchObject({
      error: 'invalid_client',
    });
  });

  it('signs in again with a refresh token, as long as that lives', async () => {
    let nowMs = 1_000_000;
    const { simulator, apis, header } = await startWith({ now: () => nowMs });
    const { refresh_token } = (await (await apis.formSignIn(password(simulator), header)).json()) as {
      refresh_token: string;
    };
    const refresh = () => apis.formSignIn({ grant_type: 'refresh_token', refresh_token }, header);
    expect((await refresh()).status).toBe(200);
    nowMs += 5 * 3_600_000;
    const late = await refresh();
    expect([late.status, await late.json()]).toMatchObject([400, { error: 'invalid_grant' }]);
  });

  type Refusal = [what: string, form: Record<string, string>, headers: Record<string, string>, error: string];
  it('is refused with 400 and the reason', async () => {
    const { simulator, apis, header } = await startWith();
    const form = password(simulator);
    const { clientId, clientSecret } = simulator;
    const refusals: Refusal[] = [
      ['another grant', { grant_type: 'client_credentials' }, header, 'unsupported_grant_type'],
      ['no grant', { username: 'x' }, header, 'invalid_request'],
      ['no password', { grant_type: 'password', username: 'x' }, header, 'invalid_request'],
      ['JSON', form, { ...header, 'content-type': 'application/json' }, 'invalid_request'],
      ['no client', form, {}, 'invalid_client'],
      ['a client that is not encoded', form, basic(clientId, clientSecret), 'invalid_client'],
      ['the client in the body', { ...form, client_id: clientId, client_secret: clientSecret }, {}, 'invalid_client'],
      ['another secret', { ...form, password: 'x' }, header, 'invalid_grant'],
    ];
    for (const [what, body, headers, error] of refusals) {
      const answer = await apis.formSignIn(body, headers);
      expect([what, answer.status, ((await answer.json()) as { error: string }).error]).toEqual([what, 400, error]);
    }
  });

  it('with a plus in its secret must encode that too', async () => {
    const { simulator, apis, header } = await startWith({ clientSecret: 'a+b' });
    expect((await apis.formSignIn(password(simulator), header)).status).toBe(200);
    const asItIs = basic(simulator.clientId, simulator.clientSecret);
    expect((await apis.formSignIn(password(simulator), asItIs)).status).toBe(400);
  });

  it('must say that it takes JSON', async () => {
    const { simulator, apis, header } = await startWith();
    expect((await apis.formSignIn(password(simulator), { ...header, accept: '*/*' })).status).toBe(406);
    await apis.signIn();
    expect((await apis.get('/interaction-analytics-gateway/v2/segments/analyzed', {})).status).toBe(406);
  });
});

describe('an access key alone', () => {
  it('signs in with JSON, and is refused with any other secret, also the one before a rotation', async () => {
    const { simulator, apis } = await startWith({ clientAuth: 'none' });
    const old = simulator.accessKeySecret;
    expect((await apis.accessKeySignIn()).status).toBe(200);
    simulator.rotateAccessKey('the-next-one');
    expect((await apis.accessKeySignIn()).status).toBe(200);
    const refused = await apis.accessKeySignIn({ accessKeySecret: old });
    expect([refused.status, await refused.json()]).toMatchObject([400, { error: 'invalid_grant' }]);
    expect(simulator.count('signIn')).toBe(3);
  });

  it('gives tokens that expire, and that all are known to a search for leaks', async () => {
    let nowMs = Date.parse('2026-10-13T00:00:00Z');
    const { simulator, apis } = await startPublicApis({ now: () => nowMs, tokenLifetimeSeconds: 10 });
    expect((await apis.list(DAY_AND_LATER)).status).toBe(200);
    nowMs += 10_000;
    expect((await apis.list(DAY_AND_LATER)).status).toBe(401);
    // Access, refresh and id token.
    expect(simulator.issuedTokens).toHaveLength(3);
  });
});

describe('discovery', () => {
  const json = async (answer: Response) => (await answer.json()) as Record<string, unknown>;

  it('leads from the issuer to the sign-in and the API', async () => {
    const { simulator, apis } = await startWith();
    const { baseUrl } = simulator;
    expect(await json(await apis.get('/.well-known/openid-configuration'))).toMatchObject({
      issuer: baseUrl,
      token_endpoint: `${baseUrl}/auth/token`,
    });
    const tenant = await apis.get(`/.well-known/cxone-configuration?tenantId=${simulator.tenantId}`);
    expect(await json(tenant)).toMatchObject({ api_endpoint: baseUrl, area: 'na1' });
    expect((await apis.get('/.well-known/cxone-configuration?tenantId=other')).status).toBe(404);
  });

  it('is 404 where the host is no issuer', async () => {
    const { apis } = await startWith({ isIssuer: false });
    expect((await apis.get('/.well-known/openid-configuration')).status).toBe(404);
    expect((await apis.accessKeySignIn()).status).toBe(200);
  });

  it('shows its faults', async () => {
    const { simulator, apis } = await startWith({
      faults: [
        { on: 'openIdDiscovery', do: { absent: true } },
        { on: 'openIdDiscovery', do: { tokenEndpoint: null } },
        { on: 'tenantDiscovery', do: { unknownTenant: true } },
        { on: 'tenantDiscovery', do: { apiEndpoint: null } },
        { on: 'tenantDiscovery', do: { apiEndpoint: 'https://elsewhere.example', area: 'uk1' } },
      ],
    });
    const openId = () => apis.get('/.well-known/openid-configuration');
    const tenant = () => apis.get(`/.well-known/cxone-configuration?tenantId=${simulator.tenantId}`);
    expect((await openId()).status).toBe(404);
    expect(await json(await openId())).not.toHaveProperty('token_endpoint');
    expect((await tenant()).status).toBe(404);
    expect(await json(await tenant())).not.toHaveProperty('api_endpoint');
    expect(await json(await tenant())).toMatchObject({ api_endpoint: 'https://elsewhere.example', area: 'uk1' });
  });
});

describe('faults of a sign-in', () => {
  it.each(SIGN_IN_ERRORS)('%s', async (error) => {
    const { apis } = await startWith({ faults: [{ on: 'signIn', do: { error } }] });
    const answer = await apis.accessKeySignIn();
    expect([answer.status, await answer.json()]).toMatchObject([400, { error }]);
  });

  it('odd answers', async () => {
    const { simulator, apis } = await startWith({
      faults: [
        { on: 'signIn', do: { idToken: null, expiresIn: '3600', resourceServer: 'https://api-na1.example' } },
        { on: 'signIn', do: { idToken: 'no.jwt' } },
        { on: 'signIn', do: { tenantIdIn: 'access_token' } },
        { on: 'signIn', do: { noToken: true } },
      ],
    });
    const next = async () => (await (await apis.accessKeySignIn()).json()) as Record<string, string>;
    const first = await next();
    expect(first).toMatchObject({ expires_in: '3600', resource_server_base_uri: 'https://api-na1.example' });
    expect(first).not.toHaveProperty('id_token');
    expect(await next()).toMatchObject({ id_token: 'no.jwt' });
    const third = await next();
    expect(claimsOf(third.access_token ?? '')).toMatchObject({ tenantId: simulator.tenantId });
    expect(claimsOf(third.id_token ?? '')).not.toHaveProperty('tenantId');
    expect(await next()).not.toHaveProperty('access_token');
  });
});
