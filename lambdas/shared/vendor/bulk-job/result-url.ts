import { PipelineError } from '../../contracts/errors.ts';
import { isSecureUrl } from '../../lib/secure-url.ts';
import type { VendorConfig } from '../settings.ts';

export interface ResultLocation {
  url: URL;
  /** The token goes to the origin of the tenant's API and nowhere else. */
  withToken: boolean;
}

/**
 * The URL that a result is read from. A job's answer is data: it must not be able to send us, let alone our token,
 * anywhere.
 *
 * @param resultUrl absolute, or relative to the base of the API
 * @param apiBase of the session
 * @throws PipelineError `ContractViolation` unless scheme, host and port are the base's or a configured origin's
 * @example
 * resolveResultUrl('/results/1', 'https://api.example.com', { CXONE_RESULT_ORIGINS: [] }) // { url: new URL('https://api.example.com/results/1'), withToken: true }
 */
export function resolveResultUrl(
  resultUrl: string,
  apiBase: string,
  { CXONE_RESULT_ORIGINS: origins }: Pick<VendorConfig, 'CXONE_RESULT_ORIGINS'>,
): ResultLocation {
  const base = `${apiBase}/`;
  const url = URL.canParse(resultUrl, base) ? new URL(resultUrl, base) : undefined;
  if (url && isSecureUrl(url)) {
    if (url.origin === new URL(base).origin) return { url, withToken: true };
    if (origins.includes(url.origin)) return { url, withToken: false };
  }
  throw new PipelineError(
    'ContractViolation',
    "CXone named a result URL outside its own origin: allow the host in cxoneResultOrigins if it is the vendor's storage",
  );
}
