import { randomBytes, timingSafeEqual } from 'node:crypto';

/** The scopes that the vendor's bulk API asks for. */
export const SCOPES = ['interactions:read', 'transcripts:read', 'jobs:read'] as const;
export type Scope = (typeof SCOPES)[number];

export interface TokenAnswer {
  status: number;
  body: Record<string, unknown>;
}

export interface TokenRequest {
  authorization: string | undefined;
  contentType: string | undefined;
  body: string;
}

/** Issues and checks bearer tokens for one client, whose secret may change while it runs. */
export class TokenOffice {
  /** Every token that was ever issued, for tests that look for leaks. */
  readonly issued: string[] = [];
  readonly clientId: string;
  clientSecret: string;
  scopes: readonly string[];
  readonly #lifetimeSeconds: number;
  readonly #now: () => number;
  readonly #live = new Map<string, { expiresMs: number; scopes: readonly string[] }>();

  constructor(options: {
    clientId: string;
    clientSecret: string;
    scopes: readonly string[];
    lifetimeSeconds: number;
    now: () => number;
  }) {
    this.clientId = options.clientId;
    this.clientSecret = options.clientSecret;
    this.scopes = options.scopes;
    this.#lifetimeSeconds = options.lifetimeSeconds;
    this.#now = options.now;
  }

  /** OAuth 2.0 client credentials with HTTP Basic, RFC 6749 section 4.4; errors as in its section 5.2. */
  grant({ authorization, contentType, body }: TokenRequest): TokenAnswer {
    if (!/^application\/x-www-form-urlencoded\b/i.test(contentType ?? '')) {
      return oauthError(400, 'invalid_request', 'the content type must be application/x-www-form-urlencoded');
    }
    const grantTypes = new URLSearchParams(body).getAll('grant_type');
    if (grantTypes.length !== 1) return oauthError(400, 'invalid_request', 'grant_type must be given once');
    if (grantTypes[0] !== 'client_credentials') {
      return oauthError(400, 'unsupported_grant_type', 'grant_type must be client_credentials');
    }
    if (!this.#isClient(authorization)) return oauthError(401, 'invalid_client', 'the client is not known');
    const token = `simulated-${randomBytes(24).toString('hex')}`;
    this.issued.push(token);
    this.#live.set(token, { expiresMs: this.#now() + this.#lifetimeSeconds * 1_000, scopes: this.scopes });
    return {
      status: 200,
      body: {
        access_token: token,
        token_type: 'Bearer',
        expires_in: this.#lifetimeSeconds,
        scope: this.scopes.join(' '),
      },
    };
  }

  /** Undefined when the bearer may make the call, else the refusal. */
  refusal(authorization: string | undefined, scope: Scope): TokenAnswer | undefined {
    const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
    const grant = token === undefined ? undefined : this.#live.get(token);
    if (grant === undefined || grant.expiresMs <= this.#now()) {
      return oauthError(401, 'invalid_token', 'the access token is missing, unknown or expired');
    }
    if (grant.scopes.includes(scope)) return undefined;
    return oauthError(403, 'insufficient_scope', `the access token lacks the scope ${scope}`, { scope });
  }

  revokeAll(): void {
    this.#live.clear();
  }

  #isClient(authorization: string | undefined): boolean {
    const encoded = /^Basic (\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
    const given = Buffer.from(encoded, 'base64');
    const expected = Buffer.from(`${this.clientId}:${this.clientSecret}`);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }
}

const oauthError = (
  status: number,
  error: string,
  description: string,
  more: Record<string, unknown> = {},
): TokenAnswer => ({ status, body: { error, error_description: description, ...more } });
