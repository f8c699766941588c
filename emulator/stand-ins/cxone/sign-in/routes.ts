import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody, sendJson } from '../../start-server.ts';
import { acceptsJson } from '../accepts-json.ts';
import { answerWithFault } from '../answer-with-fault.ts';
import type { Effect } from '../faults.ts';
import type { Exchange, Route, Tenant } from '../route.ts';
import { isAccessKey, refusalOfForm, type SignInAccount } from './credentials.ts';
import { unsignedJwt } from './jwt.ts';

export interface SignInOptions {
  tenantId: string;
  tokenLifetimeSeconds: number;
  /** False: this host is no issuer, and both documents are 404. */
  isIssuer: boolean;
}

const NO_STORE = { 'cache-control': 'no-store', pragma: 'no-cache' };
/** A refresh token outlives some access tokens, not many. */
const REFRESH_LIFETIMES = 4;

/** The vendor's sign-in with an access key, and the two documents by which a client finds it. */
export function signInRoutes(tenant: Tenant, account: SignInAccount, options: SignInOptions): Route[] {
  const refreshTokens = new Map<string, number>();
  const isRefreshToken = (token: string) => (refreshTokens.get(token) ?? 0) > tenant.now();

  /** Whether the call is over before anybody looked at what it holds. */
  async function isOver({ request, response }: Exchange, effect: Effect<'signIn'> | undefined): Promise<boolean> {
    if (await answerWithFault(response, effect)) return true;
    if (effect?.error !== undefined) {
      refuse(response, effect.error);
      return true;
    }
    return isNotAcceptable(request, response);
  }

  function welcome(response: ServerResponse, effect: Effect<'signIn'> = {}): void {
    const seconds = options.tokenLifetimeSeconds;
    const refreshToken = `simulated-refresh-${randomBytes(24).toString('hex')}`;
    refreshTokens.set(refreshToken, tenant.now() + REFRESH_LIFETIMES * seconds * 1_000);
    const where = effect.tenantIdIn ?? 'id_token';
    const claims = {
      iss: tenant.baseUrl(),
      sub: `user:${account.accessKeyId}`,
      iat: Math.floor(tenant.now() / 1_000),
      exp: Math.floor(tenant.now() / 1_000) + seconds,
      jti: randomBytes(12).toString('hex'),
    };
    const tenantId = { tenantId: options.tenantId };
    const idToken =
      effect.idToken === undefined
        ? unsignedJwt(where === 'id_token' ? { ...claims, ...tenantId } : claims)
        : effect.idToken;
    const accessToken =
      where === 'access_token'
        ? unsignedJwt({ ...claims, ...tenantId, aud: 'api' })
        : `simulated-${randomBytes(24).toString('hex')}`;
    tenant.bearers.admit(accessToken, seconds, []);
    tenant.bearers.issued.push(refreshToken, ...(idToken === null ? [] : [idToken]));
    sendJson(
      response,
      200,
      {
        ...(effect.noToken === true ? {} : { access_token: accessToken }),
        token_type: 'Bearer',
        expires_in: effect.expiresIn === undefined ? seconds : effect.expiresIn,
        refresh_token: refreshToken,
        ...(idToken === null ? {} : { id_token: idToken }),
        ...(effect.resourceServer === undefined ? {} : { resource_server_base_uri: effect.resourceServer }),
      },
      NO_STORE,
    );
  }

  async function answerForm(exchange: Exchange): Promise<void> {
    const { request, response } = exchange;
    const body = (await readBody(request)).toString('utf8');
    const effect = tenant.faults.take('signIn')?.do;
    if (await isOver(exchange, effect)) return;
    const { authorization, 'content-type': contentType } = request.headers;
    const refusal = refusalOfForm({ authorization, contentType, body }, account, isRefreshToken);
    if (refusal === undefined) welcome(response, effect);
    else refuse(response, refusal);
  }

  async function answerAccessKey(exchange: Exchange): Promise<void> {
    const { request, response } = exchange;
    const body = (await readBody(request)).toString('utf8');
    const effect = tenant.faults.take('signIn')?.do;
    if (await isOver(exchange, effect)) return;
    const key = /^application\/json\b/i.test(request.headers['content-type'] ?? '') ? parsed(body) : undefined;
    if (key === undefined) refuse(response, 'invalid_request');
    else if (isAccessKey(key.accessKeyId, key.accessKeySecret, account)) welcome(response, effect);
    else refuse(response, 'invalid_grant');
  }

  async function answerOpenId({ request, response, url }: Exchange): Promise<void> {
    const effect = tenant.faults.take('openIdDiscovery')?.do;
    if (await answerWithFault(response, effect)) return;
    if (!options.isIssuer || effect?.absent === true)
      return sendJson(response, 404, { error: 'Not Found', path: url.pathname });
    if (isNotAcceptable(request, response)) return;
    const tokenEndpoint = effect?.tokenEndpoint === undefined ? `${tenant.baseUrl()}/auth/token` : effect.tokenEndpoint;
    sendJson(response, 200, {
      issuer: tenant.baseUrl(),
      authorization_endpoint: `${tenant.baseUrl()}/auth/authorize`,
      ...(tokenEndpoint === null ? {} : { token_endpoint: tokenEndpoint }),
      token_endpoint_auth_methods_supported: ['client_secret_basic'],
      response_types_supported: ['code'],
      scopes_supported: ['openid'],
      subject_types_supported: ['public'],
    });
  }

  async function answerTenant({ request, response, url }: Exchange): Promise<void> {
    const effect = tenant.faults.take('tenantDiscovery')?.do ?? {};
    if (await answerWithFault(response, effect)) return;
    const isKnown = options.isIssuer && url.searchParams.get('tenantId') === options.tenantId;
    if (!isKnown || effect.unknownTenant === true)
      return sendJson(response, 404, { error: 'Not Found', path: url.pathname });
    if (isNotAcceptable(request, response)) return;
    const said = (value: string | null | undefined, usual: string) => (value === undefined ? usual : value);
    const document = {
      private: false,
      tenantId: options.tenantId,
      region: 'us-west-2',
      area: said(effect.area, 'na1'),
      cluster: 'C1',
      domain: said(effect.domain, 'nicecxone.example'),
      uhDomain: 'nicecxone.example',
      ui_endpoint: tenant.baseUrl(),
      auth_endpoint: tenant.baseUrl(),
      api_endpoint: said(effect.apiEndpoint, tenant.baseUrl()),
    };
    sendJson(response, 200, Object.fromEntries(Object.entries(document).filter(([, value]) => value !== null)));
  }

  return [
    { call: 'signIn', method: 'POST', path: /^\/auth\/token$/, answer: answerForm },
    { call: 'signIn', method: 'POST', path: /^\/authentication\/v1\/token\/access-key$/, answer: answerAccessKey },
    { call: 'openIdDiscovery', method: 'GET', path: /^\/\.well-known\/openid-configuration$/, answer: answerOpenId },
    { call: 'tenantDiscovery', method: 'GET', path: /^\/\.well-known\/cxone-configuration$/, answer: answerTenant },
  ];
}

function refuse(response: ServerResponse, error: string): void {
  sendJson(response, 400, { error, error_description: `the simulator refuses this sign-in: ${error}` }, NO_STORE);
}

function isNotAcceptable(request: IncomingMessage, response: ServerResponse): boolean {
  if (acceptsJson(request)) return false;
  sendJson(response, 406, { error: 'invalid_request', error_description: 'Accept must name application/json' });
  return true;
}

function parsed(text: string): { accessKeyId?: unknown; accessKeySecret?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
