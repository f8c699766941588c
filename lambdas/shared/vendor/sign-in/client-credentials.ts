import type { CredentialsOf } from '../../contracts/cxone-credentials.ts';
import type { VendorRequest } from '../exchange.ts';
import { TOKEN_TIMEOUT_MS } from './token-timeout.ts';

/**
 * The token request of OAuth 2.0 client credentials (RFC 6749, section 4.4), as the bulk transcript API takes it. Id and
 * secret go as they are.
 *
 * @example clientCredentialsRequest({ form: 'client-credentials', clientId: 'id', clientSecret: 's' }, url).body // 'grant_type=client_credentials'
 */
export function clientCredentialsRequest(
  { clientId, clientSecret }: CredentialsOf<'client-credentials'>,
  url: URL,
): VendorRequest {
  return {
    method: 'POST',
    url,
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    },
    body: 'grant_type=client_credentials',
    timeoutMs: TOKEN_TIMEOUT_MS,
  };
}
