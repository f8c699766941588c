/** Where to sign in, and where the API of the tenant is: asked for anew at each sign-in, as a tenant may have moved. */
import type * as z from 'zod';
import { PipelineError } from '../../contracts/errors.ts';
import { type CallFrame, callVendor, parseJsonBody, type VendorAnswer, vendorError, vendorUrl } from '../exchange.ts';
import type { VendorConfig } from '../settings.ts';
import { DiscoveryDocument, TenantConfiguration } from './schemas.ts';

const DISCOVERY_TIMEOUT_MS = 10_000;
const OPENID_CONFIGURATION = '/.well-known/openid-configuration';
const CXONE_CONFIGURATION = '/.well-known/cxone-configuration';

/** Nothing is sent with these calls but the tenant's id: no key, no token. */
function ask(url: URL, frame: CallFrame): Promise<VendorAnswer> {
  const headers = { accept: 'application/json' };
  return callVendor({ method: 'GET', url, headers, timeoutMs: DISCOVERY_TIMEOUT_MS }, frame);
}

/** A host that refuses such a call, or answers with a page, is no issuer; what passes by itself is an outage. */
function documentOf<Schema extends z.ZodType>(schema: Schema, answer: VendorAnswer): z.output<Schema> {
  const error = answer.status === 200 ? undefined : vendorError('the discovery', answer);
  if (error !== undefined && (error.name === 'VendorThrottled' || error.name === 'VendorUnavailable')) throw error;
  try {
    if (error === undefined) return parseJsonBody(schema, answer, 'the discovery');
  } catch {
    // Said below, with the setting.
  }
  throw new PipelineError(
    'ConfigInvalid',
    `CXone did not answer the discovery as an issuer does (status ${answer.status}): ` +
      'cxoneBaseUrl (--cxone-url) must be the issuer, or the base of the API; cxoneApiUrl (CXONE_API_URL) does without discovery',
    { status: answer.status },
  );
}

/**
 * What the issuer says of itself; undefined when the configured URL is no issuer (404), but the base of the API.
 *
 * @throws PipelineError `ConfigInvalid` for any other answer, `VendorUnavailable` or `VendorThrottled` for none
 */
export async function discover(config: VendorConfig, frame: CallFrame): Promise<DiscoveryDocument | undefined> {
  const answer = await ask(vendorUrl(config.CXONE_BASE_URL, OPENID_CONFIGURATION), frame);
  return answer.status === 404 ? undefined : documentOf(DiscoveryDocument, answer);
}

/**
 * What the issuer says of a tenant.
 *
 * @throws PipelineError as {@link discover}, and `ConfigInvalid` when the issuer does not know the tenant (404)
 */
export async function findTenant(
  tenantId: string,
  config: VendorConfig,
  frame: CallFrame,
): Promise<TenantConfiguration> {
  const url = vendorUrl(config.CXONE_BASE_URL, CXONE_CONFIGURATION);
  url.searchParams.set('tenantId', tenantId);
  const answer = await ask(url, frame);
  if (answer.status !== 404) return documentOf(TenantConfiguration, answer);
  throw new PipelineError(
    'ConfigInvalid',
    'The issuer does not know the tenant of these credentials (status 404): check cxoneBaseUrl (--cxone-url)',
    { status: 404 },
  );
}
