import { type ServedRequest, sendJson, serve } from '../serve.ts';

/** A client and an access key whose parts hold all that an encoding can break. */
export const ACCESS_KEY = { accessKeyId: 'KEY/1+=%41', accessKeySecret: 's/+=%2B&:é "x"' };
export const CLIENT = { clientId: 'app:1@acme/é', clientSecret: '%/+=&:9 z' };

export interface TokenServerOptions {
  /** Where the one client that is known sends its credentials; without it an access key is taken alone. */
  clientAuth?: 'basic' | 'body';
  /** Answers every sign-in so. */
  refuse?: { status: number; body?: unknown };
  /** Members over those of a usual token answer; `undefined` takes one out. */
  token?: Record<string, unknown>;
  /** What `/.well-known/openid-configuration` answers; 404 by default. */
  document?: object | number | string;
  /** What `/.well-known/cxone-configuration` answers for the tenant; 404 by default. */
  configuration?: object | number;
}

export const TENANT_ID = '11ec0d3c-0000-4000-8000-0242ac110002';

/** A JWT as far as a client reads one: claims between two other parts, base64url without padding. */
export function jwtOf(claims: unknown): string {
  return `eyJhbGciOiJSUzI1NiJ9.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;
}

/** Form decoding as WHATWG has it, which reads `+` as a blank: a secret that is not encoded does not arrive. */
function decoded(text: string): string {
  return new URLSearchParams(`v=${text}`).get('v') ?? '';
}

/** The code that a token service of the vendor answers to a form that is not as it has to be. */
function faultOfForm({ headers, body }: ServedRequest, clientAuth: 'basic' | 'body'): string | undefined {
  if (headers['content-type'] !== 'application/x-www-form-urlencoded') return 'invalid_request';
  const form = new URLSearchParams(body);
  if (form.get('grant_type') !== 'password') return 'unsupported_grant_type';
  const [scheme, basic = ''] = (headers.authorization ?? '').split(' ');
  const parts = Buffer.from(basic, 'base64').toString('utf8').split(':').map(decoded);
  const inForm = [form.get('client_id'), form.get('client_secret')];
  const [used, unused] = clientAuth === 'basic' ? [parts, inForm] : [inForm, basic === '' ? [] : parts];
  if (clientAuth === 'basic' && scheme !== 'Basic') return 'invalid_client';
  if (unused.some((part) => part !== null)) return 'invalid_client';
  if (used.length !== 2 || used[0] !== CLIENT.clientId || used[1] !== CLIENT.clientSecret) return 'invalid_client';
  const isKey = form.get('username') === ACCESS_KEY.accessKeyId && form.get('password') === ACCESS_KEY.accessKeySecret;
  return isKey ? undefined : 'invalid_grant';
}

function faultOfJson({ headers, body }: ServedRequest): string | undefined {
  if (headers['content-type'] !== 'application/json') return 'invalid_request';
  const { accessKeyId, accessKeySecret, ...others } = JSON.parse(body) as Record<string, unknown>;
  if (Object.keys(others).length > 0) return 'invalid_request';
  const isKey = accessKeyId === ACCESS_KEY.accessKeyId && accessKeySecret === ACCESS_KEY.accessKeySecret;
  return isKey ? undefined : 'invalid_grant';
}

const SIGN_IN = ['/auth/token', '/authentication/v1/token/access-key', '/oauth/token'];

/** A strict token service with discovery, for one test: it refuses what the vendor's may refuse, and keeps the requests. */
export async function startTokenServer(options: TokenServerOptions = {}) {
  let issued = 0;
  const signIns = () => server.requests.filter(({ method, path }) => method === 'POST' && SIGN_IN.includes(path));
  const server = await serve((request, response) => {
    const { method, path, headers } = request;
    const { clientAuth, refuse, document = 404, configuration = 404 } = options;
    const give = (answer: object | number | string) => {
      if (typeof answer === 'string') response.writeHead(200, { 'content-type': 'text/html' }).end(answer);
      else if (typeof answer === 'number')
        sendJson(response, answer, { error: 'secret-body' }, { location: server.url });
      else sendJson(response, 200, answer);
    };
    if (headers.accept !== 'application/json') return sendJson(response, 406, {});
    if (method === 'GET' && path === '/.well-known/openid-configuration') return give(document);
    if (method === 'GET' && path === `/.well-known/cxone-configuration?tenantId=${TENANT_ID}`)
      return give(configuration);
    if (method !== 'POST' || path !== (clientAuth === undefined ? SIGN_IN[1] : SIGN_IN[0])) return give(404);
    if (refuse !== undefined) return sendJson(response, refuse.status, refuse.body ?? {});
    const fault = clientAuth === undefined ? faultOfJson(request) : faultOfForm(request, clientAuth);
    if (fault !== undefined) return sendJson(response, 400, { error: fault, error_description: 'secret-body' });
    issued += 1;
    sendJson(response, 200, {
      access_token: `tok-${issued}`,
      token_type: 'Bearer',
      expires_in: 3600,
      refresh_token: 'secret-refresh',
      id_token: jwtOf({ tenantId: TENANT_ID, name: 'secret-claim' }),
      ...options.token,
    });
  });
  return { url: server.url, requests: server.requests, signIns, options };
}
