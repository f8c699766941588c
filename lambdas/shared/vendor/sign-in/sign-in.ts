/** One sign-in: from the credentials to a session with the tenant's API. */
import type { CredentialsOf, CxoneCredentials } from '../../contracts/cxone-credentials.ts';
import { PipelineError } from '../../contracts/errors.ts';
import { type CallFrame, callVendor, parseJsonBody, type VendorRequest, vendorUrl } from '../exchange.ts';
import type { VendorConfig } from '../settings.ts';
import { ACCESS_KEY_PATH, accessKeyRequest } from './access-key.ts';
import { apiBaseOf } from './api-base.ts';
import { clientCredentialsRequest } from './client-credentials.ts';
import { discover, findTenant } from './discovery.ts';
import { signInError } from './refusal.ts';
import { registeredApplicationRequest, TOKEN_PATH } from './registered-application.ts';
import { type DiscoveryDocument, TokenResponse } from './schemas.ts';
import type { Session, Tenant } from './session.ts';
import { tenantIdOf } from './tenant-id.ts';
import { baseOf, trustedUrl } from './trusted-url.ts';

async function requestToken(
  credentials: CxoneCredentials,
  request: VendorRequest,
  frame: CallFrame,
): Promise<TokenResponse> {
  const answer = await callVendor(request, frame);
  if (answer.status !== 200) throw signInError(credentials, answer);
  return parseJsonBody(TokenResponse, answer, 'the token request');
}

function sessionOf(token: TokenResponse, apiBase: string, tenant: Tenant = {}): Session {
  return {
    token: token.access_token,
    apiBase,
    expiresInSeconds: token.expires_in,
    scopes: token.scope?.split(/\s+/).filter(Boolean),
    ...(Object.keys(tenant).length === 0 ? {} : { tenant }),
  };
}

/** The configured base of the API, if discovery is not to find it. */
function pinnedBase({ CXONE_API_URL }: VendorConfig): string | undefined {
  return CXONE_API_URL === '' ? undefined : baseOf(new URL(CXONE_API_URL));
}

function keyRequest(
  credentials: CredentialsOf<'access-key' | 'registered-application'>,
  document: DiscoveryDocument | undefined,
  config: VendorConfig,
): VendorRequest {
  if (credentials.form === 'access-key') {
    return accessKeyRequest(credentials, vendorUrl(config.CXONE_BASE_URL, ACCESS_KEY_PATH));
  }
  const named = document?.token_endpoint;
  const url = named === undefined ? vendorUrl(config.CXONE_BASE_URL, TOKEN_PATH) : trustedUrl(named, config);
  return registeredApplicationRequest(credentials, url);
}

/** The tenant's API by way of its issuer, which has just given the token. */
async function atIssuer(token: TokenResponse, config: VendorConfig, frame: CallFrame): Promise<Session> {
  const issuer = new URL(config.CXONE_BASE_URL).host;
  const id = tenantIdOf([token.id_token, token.access_token]);
  if (id !== undefined) {
    const configuration = await findTenant(id, config, frame);
    const { area } = configuration;
    return sessionOf(token, apiBaseOf(configuration, config), { id, ...(area === undefined ? {} : { area }), issuer });
  }
  if (token.resource_server_base_uri !== undefined) {
    return sessionOf(token, baseOf(trustedUrl(token.resource_server_base_uri, config)), { issuer });
  }
  throw new PipelineError(
    'ConfigInvalid',
    'No token of CXone names its tenant, so its API cannot be found: set its base in cxoneApiUrl (CXONE_API_URL)',
  );
}

/**
 * A session with the tenant's API, got with the form of sign-in that the credentials have. The configured URL is an issuer
 * when its discovery answers, else the base of the API. Its refresh token is not used: the key that is at hand anyway gives
 * a new token too, and never dies before the key does.
 *
 * @throws PipelineError `SignInRefused` when the credentials are; `ConfigInvalid`, `VendorAuthFailed`, `VendorThrottled`,
 *   `VendorUnavailable`, `VendorRejected` or `ContractViolation` otherwise
 * @example (await signIn({ form: 'access-key', … }, config, frame)).apiBase // 'https://api-na1.niceincontact.com'
 */
export async function signIn(credentials: CxoneCredentials, config: VendorConfig, frame: CallFrame): Promise<Session> {
  const pinned = pinnedBase(config);
  const base = baseOf(new URL(config.CXONE_BASE_URL));
  if (credentials.form === 'client-credentials') {
    const request = clientCredentialsRequest(credentials, vendorUrl(base, config.CXONE_PATHS.token));
    return sessionOf(await requestToken(credentials, request, frame), pinned ?? base);
  }
  const document = pinned === undefined ? await discover(config, frame) : undefined;
  const token = await requestToken(credentials, keyRequest(credentials, document, config), frame);
  if (document !== undefined) return atIssuer(token, config, frame);
  const id = tenantIdOf([token.id_token, token.access_token]);
  return sessionOf(token, pinned ?? base, id === undefined ? {} : { id });
}
