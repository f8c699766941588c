/** OAuth 2.0 client credentials (RFC 6749, section 4.4): one token a container, renewed before it expires. */

import { CxoneCredentials, SecretReader } from '../../aws/secrets.ts';
import { isPipelineError, PipelineError } from '../../contracts/errors.ts';
import { type CallFrame, callVendor, parseJsonBody, vendorError, vendorUrl } from '../exchange.ts';
import type { VendorConfig } from '../settings.ts';
import { TokenResponse } from './schemas.ts';

const TOKEN_TIMEOUT_MS = 10_000;
/** Renewing this long before the end leaves room for the longest single call. */
const RENEW_BEFORE_END_SECONDS = 60;

interface HeldToken {
  value: string;
  scopes: string[] | undefined;
  expiresInSeconds: number;
  /** On the monotonic clock: a wall clock that jumps must not keep an expired token in use. */
  renewAt: number;
}

/**
 * Seconds a token is used: up to a minute before its end, at least half of its life, so that a short one is usable.
 *
 * @example
 * usableSeconds(3_600) // 3540
 * usableSeconds(30) // 15
 */
export function usableSeconds(expiresInSeconds: number): number {
  return Math.max(expiresInSeconds - RENEW_BEFORE_END_SECONDS, expiresInSeconds / 2);
}

/** The access token of one container: fetched when it is first needed, and renewed before it expires. */
export class AccessTokenProvider {
  readonly #config: VendorConfig;
  readonly #secret: SecretReader<typeof CxoneCredentials>;
  #held: HeldToken | undefined;
  /** Callers that ask at the same time share one request. */
  #pending: Promise<HeldToken> | undefined;

  constructor(config: VendorConfig, secret = new SecretReader(config.CXONE_SECRET_ID, CxoneCredentials)) {
    this.#config = config;
    this.#secret = secret;
  }

  /**
   * A token that is good for a call.
   *
   * @param rejected the token that the vendor has just refused: a new one is fetched unless another caller has done so
   * @throws PipelineError `VendorAuthFailed`, `VendorThrottled`, `VendorUnavailable`, `ContractViolation`, `ConfigInvalid`
   */
  async get(frame: CallFrame, rejected?: string): Promise<HeldToken> {
    const held = this.#held;
    if (held && held.value !== rejected && performance.now() < held.renewAt) return held;
    this.#pending ??= this.#renew(frame).finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }

  /**
   * Forgets a token that lacks a right, so that a right that is granted in CXone counts at once. One that another
   * caller has replaced already stays.
   */
  drop(value: string): void {
    if (this.#held?.value === value) this.#held = undefined;
  }

  async #renew(frame: CallFrame): Promise<HeldToken> {
    this.#held = undefined;
    const token = await this.#requestWithRotation(frame);
    const held = {
      value: token.access_token,
      scopes: token.scope?.split(/\s+/).filter(Boolean),
      expiresInSeconds: token.expires_in,
      renewAt: performance.now() + usableSeconds(token.expires_in) * 1000,
    };
    this.#held = held;
    return held;
  }

  /** Credentials that are refused may have been rotated since they were read: read them again, once. */
  async #requestWithRotation(frame: CallFrame): Promise<TokenResponse> {
    const credentials = await this.#secret.read();
    try {
      return await this.#request(credentials, frame);
    } catch (error) {
      if (!isPipelineError(error, 'VendorAuthFailed') || error.status === 403) throw error;
      const fresh = await this.#secret.read({ fresh: true });
      // The same credentials again would only count as another failed sign-in.
      if (fresh.clientId === credentials.clientId && fresh.clientSecret === credentials.clientSecret) throw error;
      return this.#request(fresh, frame);
    }
  }

  async #request(credentials: CxoneCredentials, frame: CallFrame): Promise<TokenResponse> {
    const basic = Buffer.from(`${credentials.clientId}:${credentials.clientSecret}`).toString('base64');
    const request = {
      method: 'POST' as const,
      url: vendorUrl(this.#config, this.#config.CXONE_PATHS.token),
      headers: {
        authorization: `Basic ${basic}`,
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
      },
      body: 'grant_type=client_credentials',
      timeoutMs: TOKEN_TIMEOUT_MS,
    };
    const answer = await callVendor(request, frame);
    if (answer.status === 400) {
      throw new PipelineError('VendorAuthFailed', 'CXone refused the token request with status 400', { status: 400 });
    }
    if (answer.status !== 200) throw vendorError('the token request', answer);
    return parseJsonBody(TokenResponse, answer, 'the token request');
  }
}
