import type { CredentialsOf } from '../../contracts/cxone-credentials.ts';
import type { VendorRequest } from '../exchange.ts';
import { TOKEN_TIMEOUT_MS } from './token-timeout.ts';

/** Where a registered application signs in, unless discovery names another place. */
export const TOKEN_PATH = '/auth/token';

/** `a/b c` -> `a%2Fb%20c`: read alike by those who take `+` for a blank and those who do not. */
const encoded = encodeURIComponent;

/**
 * The token request of an access key with a registered application (RFC 6749, section 4.3): the key as user name and
 * password, the client as HTTP Basic or in the form, percent-encoded in both (section 2.3.1).
 *
 * @example
 * registeredApplicationRequest({ …, clientId: 'a b', clientSecret: 's/', clientAuth: 'basic' }, url).headers.authorization
 * // 'Basic ' + base64 of 'a%20b:s%2F'
 */
export function registeredApplicationRequest(
  credentials: CredentialsOf<'registered-application'>,
  url: URL,
): VendorRequest {
  const { accessKeyId, accessKeySecret, clientId, clientSecret, clientAuth } = credentials;
  const grant = { grant_type: 'password', username: accessKeyId, password: accessKeySecret };
  const form = clientAuth === 'body' ? { ...grant, client_id: clientId, client_secret: clientSecret } : grant;
  const basic = Buffer.from(`${encoded(clientId)}:${encoded(clientSecret)}`).toString('base64');
  return {
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
      ...(clientAuth === 'basic' ? { authorization: `Basic ${basic}` } : {}),
    },
    body: Object.entries(form)
      .map(([name, value]) => `${name}=${encoded(value)}`)
      .join('&'),
    timeoutMs: TOKEN_TIMEOUT_MS,
  };
}
