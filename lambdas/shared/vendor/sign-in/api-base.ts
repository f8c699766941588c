import { PipelineError } from '../../contracts/errors.ts';
import type { VendorConfig } from '../settings.ts';
import type { TenantConfiguration } from './schemas.ts';
import { baseOf, trustedUrl } from './trusted-url.ts';

/**
 * The base of a tenant's API, without a slash at its end: its `api_endpoint`, else the host that area and domain make.
 *
 * @throws PipelineError `ConfigInvalid` when the configuration names neither, or a host that is not allowed;
 *   `ContractViolation` when what it names is no https URL
 * @example apiBaseOf({ area: 'na1', domain: 'niceincontact.com' }, config) // 'https://api-na1.niceincontact.com'
 */
export function apiBaseOf(
  { api_endpoint, area, domain }: TenantConfiguration,
  config: Pick<VendorConfig, 'CXONE_BASE_URL' | 'CXONE_ALLOWED_HOSTS'>,
): string {
  if (api_endpoint !== undefined) return baseOf(trustedUrl(api_endpoint, config));
  if (area !== undefined && domain !== undefined) return baseOf(trustedUrl(`https://api-${area}.${domain}`, config));
  throw new PipelineError(
    'ConfigInvalid',
    'CXone does not say where the API of this tenant is: set its base in cxoneApiUrl (CXONE_API_URL)',
  );
}
