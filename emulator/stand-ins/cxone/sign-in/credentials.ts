/** How the registered application sends its id and secret; none: there is no registered application. */
export type ClientAuth = 'basic' | 'body' | 'none';

/** What a sign-in is checked against; the secrets may change while it runs. */
export interface SignInAccount {
  clientId: string;
  clientSecret: string;
  accessKeyId: string;
  accessKeySecret: string;
  clientAuth: ClientAuth;
}

export type SignInError = 'invalid_request' | 'invalid_client' | 'invalid_grant' | 'unsupported_grant_type';

export interface FormSignIn {
  authorization: string | undefined;
  contentType: string | undefined;
  body: string;
}

/**
 * Why the form is refused, as the vendor words it; undefined if it is the account's, by its access key or a live refresh token.
 *
 * @param isRefreshToken whether a refresh token is one of ours and alive
 * @example refusalOfForm({ …, body: 'grant_type=client_credentials' }, account, () => false) // 'unsupported_grant_type'
 */
export function refusalOfForm(
  { authorization, contentType, body }: FormSignIn,
  account: SignInAccount,
  isRefreshToken: (token: string) => boolean,
): SignInError | undefined {
  if (!/^application\/x-www-form-urlencoded\b/i.test(contentType ?? '')) return 'invalid_request';
  const form = new URLSearchParams(body);
  const isRepeated = [...new Set(form.keys())].some((name) => form.getAll(name).length > 1);
  const grantType = form.get('grant_type');
  if (isRepeated || grantType === null) return 'invalid_request';
  if (grantType !== 'password' && grantType !== 'refresh_token') return 'unsupported_grant_type';
  if (!isClient(authorization, form, account)) return 'invalid_client';
  if (grantType === 'refresh_token') {
    return isRefreshToken(form.get('refresh_token') ?? '') ? undefined : 'invalid_grant';
  }
  if (form.get('username') === null || form.get('password') === null) return 'invalid_request';
  return isAccessKey(form.get('username'), form.get('password'), account) ? undefined : 'invalid_grant';
}

/** Whether id and secret are the account's access key. */
export function isAccessKey(id: unknown, secret: unknown, account: SignInAccount): boolean {
  return id === account.accessKeyId && secret === account.accessKeySecret;
}

function isClient(authorization: string | undefined, form: URLSearchParams, account: SignInAccount): boolean {
  if (account.clientAuth === 'none') return false;
  const inBody = { id: form.get('client_id'), secret: form.get('client_secret') };
  if (account.clientAuth === 'body') {
    return authorization === undefined && inBody.id === account.clientId && inBody.secret === account.clientSecret;
  }
  const inHeader = readBasic(authorization);
  return inBody.secret === null && inHeader?.id === account.clientId && inHeader.secret === account.clientSecret;
}

/** Both are form-encoded before they are joined (RFC 6749, 2.3.1): a secret that is sent as it is comes out another one. */
function readBasic(authorization: string | undefined): { id: string; secret: string } | undefined {
  const encoded = /^Basic (\S+)$/i.exec(authorization ?? '')?.[1];
  const pair = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded ?? '', 'base64').toString('utf8'));
  if (pair === null) return undefined;
  try {
    const [id, secret] = [pair[1] ?? '', pair[2] ?? ''].map((part) => decodeURIComponent(part.replace(/\+/g, ' ')));
    return { id: id ?? '', secret: secret ?? '' };
  } catch {
    return undefined;
  }
}
