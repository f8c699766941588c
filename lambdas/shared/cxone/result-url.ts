import { PipelineError } from '../errors.ts';
import { isSecureUrl } from '../secure-url.ts';

/**
 * The URL a result is read from. A job's answer is data: it must not be able to send us, and our token, to another host.
 *
 * @param resultUrl absolute, or relative to the vendor's base URL
 * @throws PipelineError `ContractViolation` unless scheme, host and port are exactly the base URL's
 */
export function resolveResultUrl(resultUrl: string, baseUrl: string): URL {
  const url = URL.canParse(resultUrl, baseUrl) ? new URL(resultUrl, baseUrl) : undefined;
  if (url && isSecureUrl(url) && url.origin === new URL(baseUrl).origin) return url;
  throw new PipelineError(
    'ContractViolation',
    "CXone named a result URL outside its own origin: only the scheme, host and port of the vendor's base URL are read",
  );
}
