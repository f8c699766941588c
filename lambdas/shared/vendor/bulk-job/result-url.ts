import { PipelineError } from '../../contracts/errors.ts';
import { isSecureUrl } from '../../lib/secure-url.ts';
import type { VendorConfig } from '../settings.ts';

export interface ResultLocation {
  url: URL;
  /** The token goes to the vendor's own origin and nowhere else. */
  withToken: boolean;
}

/**
 * The URL that a result is read from. A job's answer is data: it must not be able to send us, let alone our token,
 * anywhere.
 *
 * @param resultUrl absolute, or relative to the vendor's base URL
 * @throws PipelineError `ContractViolation` unless scheme, host and port are the base URL's or a configured origin's
 * @example
 * const config = { CXONE_BASE_URL: 'https://api.example.com', CXONE_RESULT_ORIGINS: [] };
 * resolveResultUrl('/results/1', config) // { url: new URL('https://api.example.com/results/1'), withToken: true }
 */
export function resolveResultUrl(
  resultUrl: string,
  config: Pick<VendorConfig, 'CXONE_BASE_URL' | 'CXONE_RESULT_ORIGINS'>,
): ResultLocation {
  const { CXONE_BASE_URL: baseUrl, CXONE_RESULT_ORIGINS: origins } = config;
  const url = URL.canParse(resultUrl, baseUrl) ? new URL(resultUrl, baseUrl) : undefined;
  if (url && isSecureUrl(url)) {
    if (url.origin === new URL(baseUrl).origin) return { url, withToken: true };
    if (origins.includes(url.origin)) return { url, withToken: false };
  }
  throw new PipelineError(
    'ContractViolation',
    "CXone named a result URL outside its own origin: allow the host in cxoneResultOrigins if it is the vendor's storage",
  );
}
