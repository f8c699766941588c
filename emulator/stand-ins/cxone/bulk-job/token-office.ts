import { timingSafeEqual } from 'node:crypto';
import type { Bearers } from '../bearers.ts';

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

/** Client credentials for access tokens: one client, whose secret may change while it runs. */
export class TokenOffice {
  readonly #client: { readonly clientId: string; readonly clientSecret: string };
  readonly #scopes: readonly string[];
  readonly #lifetimeSeconds: number;
  readonly #bearers: Bearers;

  constructor(
    client: { readonly clientId: string; readonly clientSecret: string },
    scopes: readonly string[],
    lifetimeSeconds: number,
    bearers: Bearers,
  ) {
    this.#client = client;
    this.#scopes = scopes;
    this.#lifetimeSeconds = lifetimeSeconds;
    this.#bearers = bearers;
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
    return {
      status: 200,
      body: {
        access_token: this.#bearers.issue(this.#lifetimeSeconds, this.#scopes),
        token_type: 'Bearer',
        expires_in: this.#lifetimeSeconds,
        scope: this.#scopes.join(' '),
      },
    };
  }

  /** Undefined when the bearer may make the call, else the refusal. */
  refusal(authorization: string | undefined, scope: Scope): TokenAnswer | undefined {
    const scopes = this.#bearers.scopesOf(authorization);
    if (scopes === undefined) {
      return oauthError(401, 'invalid_token', 'the access token is missing, unknown or expired');
    }
    if (scopes.includes(scope)) return undefined;
    return oauthError(403, 'insufficient_scope', `the access token lacks the scope ${scope}`, { scope });
  }

  #isClient(authorization: string | undefined): boolean {
    const encoded = /^Basic (\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
    const given = Buffer.from(encoded, 'base64');
    const expected = Buffer.from(`${this.#client.clientId}:${this.#client.clientSecret}`);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }
}

const oauthError = (
  status: number,
  error: string,
  description: string,
  more: Record<string, unknown> = {},
): TokenAnswer => ({ status, body: { error, error_description: description, ...more } });
