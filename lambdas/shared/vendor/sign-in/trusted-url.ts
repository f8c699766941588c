/** Where keys and tokens may go: what the vendor's discovery names is data, and is held against the settings. Pure. */
import { PipelineError } from '../../contracts/errors.ts';
import { isLoopback, isSecureUrl } from '../../lib/secure-url.ts';
import type { VendorConfig } from '../settings.ts';

type Trust = Pick<VendorConfig, 'CXONE_BASE_URL' | 'CXONE_ALLOWED_HOSTS'>;

function isTrusted(url: URL, { CXONE_BASE_URL, CXONE_ALLOWED_HOSTS }: Trust): boolean {
  const own = new URL(CXONE_BASE_URL);
  // A server elsewhere has no business with this machine; one on this machine may name its neighbours.
  if (isLoopback(url)) return isLoopback(own);
  return (
    url.hostname === own.hostname ||
    CXONE_ALLOWED_HOSTS.some((domain) => url.hostname === domain || url.hostname.endsWith(`.${domain}`))
  );
}

/**
 * The URL that the vendor names, if a key or a token may be sent there: https, to the configured host or into an allowed
 * domain.
 *
 * @throws PipelineError `ContractViolation` unless it is an https URL (http on loopback only) without credentials;
 *   `ConfigInvalid`, naming the setting, for any other host
 * @example
 * const config = { CXONE_BASE_URL: 'https://cxone.niceincontact.com', CXONE_ALLOWED_HOSTS: ['niceincontact.com'] };
 * trustedUrl('https://api-na1.niceincontact.com', config).host // 'api-na1.niceincontact.com'
 * trustedUrl('https://niceincontact.com.example.net', config) // throws ConfigInvalid
 */
export function trustedUrl(named: string, config: Trust): URL {
  const url = URL.canParse(named) ? new URL(named) : undefined;
  if (url === undefined || !isSecureUrl(url)) {
    throw new PipelineError('ContractViolation', 'The discovery of CXone named an address that is not an https URL');
  }
  if (isTrusted(url, config)) return url;
  throw new PipelineError(
    'ConfigInvalid',
    'The discovery of CXone named a host that no token may go to: ' +
      'add its domain to cxoneAllowedHosts (CXONE_ALLOWED_HOSTS) if it is a host of CXone',
  );
}

/**
 * A URL as the base of others: origin and path, without a slash at its end, query and fragment.
 *
 * @example baseOf(new URL('https://api.example.com/gateway/?x=1')) // 'https://api.example.com/gateway'
 */
export function baseOf(url: URL): string {
  return url.origin + url.pathname.replace(/\/+$/, '');
}
