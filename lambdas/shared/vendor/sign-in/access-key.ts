import type { CredentialsOf } from '../../contracts/cxone-credentials.ts';
import type { VendorRequest } from '../exchange.ts';
import { TOKEN_TIMEOUT_MS } from './token-timeout.ts';

/** Where an access key alone is taken, below the configured URL. */
export const ACCESS_KEY_PATH = '/authentication/v1/token/access-key';

/**
 * The token request of an access key without a registered application: JSON, not a form.
 *
 * @example accessKeyRequest({ form: 'access-key', accessKeyId: 'k', accessKeySecret: 's' }, url).body // '{"accessKeyId":"k","accessKeySecret":"s"}'
 */
export function accessKeyRequest(
  { accessKeyId, accessKeySecret }: CredentialsOf<'access-key'>,
  url: URL,
): VendorRequest {
  return {
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ accessKeyId, accessKeySecret }),
    timeoutMs: TOKEN_TIMEOUT_MS,
  };
}
