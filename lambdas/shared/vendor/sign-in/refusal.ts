/** What a refused sign-in means, in words that say which setting is wrong. Pure. */
import * as z from 'zod';
import type { CxoneCredentials } from '../../contracts/cxone-credentials.ts';
import { PipelineError, type PipelineErrorName } from '../../contracts/errors.ts';
import { type VendorAnswer, vendorError } from '../exchange.ts';

/** The same credentials would be refused again, and lock the account in the end: they are not to be tried again. */
export class SignInRefused extends PipelineError {}

/** RFC 6749, section 5.2. */
const OAuthError = z.object({
  error: z.enum([
    'invalid_client',
    'invalid_grant',
    'unauthorized_client',
    'invalid_scope',
    'unsupported_grant_type',
    'invalid_request',
  ]),
});
type Code = z.infer<typeof OAuthError>['error'];

const CLIENT = 'clientId and clientSecret of the secret (CXONE_CLIENT_ID, CXONE_CLIENT_SECRET)';
const KEY = 'accessKeyId and accessKeySecret of the secret (CXONE_ACCESS_KEY_ID, CXONE_ACCESS_KEY_SECRET)';
const ADDRESS = 'cxoneBaseUrl (--cxone-url)';

const SENTENCES: Record<CxoneCredentials['form'], Record<Code, string>> = {
  'client-credentials': {
    invalid_client: `CXone does not know this client: check ${CLIENT}`,
    invalid_grant: `CXone refused the client: check ${CLIENT}`,
    unauthorized_client: `CXone does not let this client sign in with client credentials: check how the client of clientId (CXONE_CLIENT_ID) is registered`,
    invalid_scope: `CXone grants this client no scope: check the scopes of the client of clientId (CXONE_CLIENT_ID)`,
    unsupported_grant_type: `This token service takes no client credentials: check ${ADDRESS}, or give the secret an access key, ${KEY}`,
    invalid_request: `CXone could not make sense of the sign-in: check ${ADDRESS} and the token path of cxonePaths`,
  },
  'access-key': {
    invalid_client: `CXone asks for a registered application: add ${CLIENT}`,
    invalid_grant: `CXone refused the access key: check ${KEY}, and in CXone that the key is active and its user may sign in`,
    unauthorized_client: `CXone does not take this access key alone: add ${CLIENT} of a registered application`,
    invalid_scope: 'CXone grants this access key no scope: check the role of its user in CXone',
    unsupported_grant_type: `This token service takes no access key alone: check ${ADDRESS}, or add ${CLIENT} of a registered application`,
    invalid_request: `CXone could not make sense of the sign-in with an access key: check ${ADDRESS}`,
  },
  'registered-application': {
    // Completed with the other way to send the client's credentials, which is the likeliest fault.
    invalid_client: `CXone does not know this application: check ${CLIENT}`,
    invalid_grant: `CXone refused the access key: check ${KEY}, and in CXone that the key is active and its user may sign in`,
    unauthorized_client:
      'CXone does not let this application sign in with an access key: check how the application of clientId (CXONE_CLIENT_ID) is registered, or leave it out where the access key alone is taken',
    invalid_scope:
      'CXone grants this application no scope: check the scopes of the application of clientId (CXONE_CLIENT_ID)',
    unsupported_grant_type: `This token service takes no access key with a registered application: check ${ADDRESS}, or leave out clientId and clientSecret (CXONE_CLIENT_ID, CXONE_CLIENT_SECRET)`,
    invalid_request: `CXone could not make sense of the sign-in: check ${ADDRESS} and clientAuth of the secret (CXONE_CLIENT_AUTH)`,
  },
};

/** Faults of the configuration; the others are of the credentials. */
const OF_CONFIGURATION: readonly Code[] = ['unsupported_grant_type', 'invalid_request'];

const OTHER_WAY = {
  basic:
    'they were sent as HTTP Basic; an application that is registered for the body needs clientAuth "body" (CXONE_CLIENT_AUTH=body)',
  body: 'they were sent in the body; an application that is registered for HTTP Basic needs clientAuth "basic" (CXONE_CLIENT_AUTH=basic)',
};

function codeOf(body: string | undefined): Code | undefined {
  try {
    return OAuthError.safeParse(JSON.parse(body ?? '')).data?.error;
  } catch {
    return undefined;
  }
}

function sentence(credentials: CxoneCredentials, code: Code): string {
  const text = SENTENCES[credentials.form][code];
  const isOtherWay = credentials.form === 'registered-application' && code === 'invalid_client';
  return `${isOtherWay ? `${text}; ${OTHER_WAY[credentials.clientAuth]}` : text} (${code})`;
}

/**
 * The error that an answer of the token service without a token stands for. No sentence quotes it.
 *
 * @returns `SignInRefused`, named `VendorAuthFailed` or `ConfigInvalid`, for a 400 or 401; otherwise what
 *   {@link vendorError} says, and `ConfigInvalid` where an access key finds no sign-in at the URL
 * @example signInError({ form: 'access-key', … }, { status: 400, body: '{"error":"invalid_grant"}', … }).message
 * // 'CXone refused the access key: check … (invalid_grant)'
 */
export function signInError(credentials: CxoneCredentials, answer: VendorAnswer): PipelineError {
  const { status, body } = answer;
  const isKey = credentials.form !== 'client-credentials';
  if (status === 400 || status === 401) {
    const code = codeOf(body);
    const isConfiguration = code !== undefined && OF_CONFIGURATION.includes(code);
    const name: PipelineErrorName = isConfiguration ? 'ConfigInvalid' : 'VendorAuthFailed';
    const words = `CXone refused the credentials for the token request (status ${status}): check ${isKey ? KEY : CLIENT}`;
    return new SignInRefused(name, code === undefined ? words : sentence(credentials, code), { status });
  }
  if (isKey && (status === 404 || status === 405)) {
    const words = `There is no sign-in with this kind of credentials at the URL of CXone (status ${status}): check ${ADDRESS}`;
    return new PipelineError('ConfigInvalid', words, { status });
  }
  if (isKey && status === 403) {
    const words =
      'CXone refused the sign-in with status 403: check in CXone that the user of the access key may use the API';
    return new PipelineError('VendorAuthFailed', words, { status });
  }
  return vendorError('the token request', answer);
}
