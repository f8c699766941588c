/** One session a container, in memory only: signed in when it is first needed, renewed before it expires. */
import { isDeepStrictEqual } from 'node:util';
import { SecretReader } from '../../aws/secrets.ts';
import { CxoneCredentials } from '../../contracts/cxone-credentials.ts';
import type { CallFrame } from '../exchange.ts';
import type { VendorConfig } from '../settings.ts';
import { SignInRefused } from './refusal.ts';
import type { Session } from './session.ts';
import { signIn } from './sign-in.ts';

/** Renewing this long before the end leaves room for the longest single call. */
const RENEW_BEFORE_END_SECONDS = 60;
/** Sign-ins that fail lock accounts: a container leaves refused credentials alone for this long, as long as it keeps a secret. */
const REFUSED_FOR_MS = 5 * 60_000;

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

/** The session of one container. */
export class Sessions {
  readonly #config: VendorConfig;
  readonly #secret: Pick<SecretReader<typeof CxoneCredentials>, 'read'>;
  /** Times are of the monotonic clock: a wall clock that jumps must not keep an expired token in use. */
  #held: { session: Session; renewAt: number } | undefined;
  #refused: { credentials: CxoneCredentials; error: SignInRefused; until: number } | undefined;
  /** Callers that ask at the same time share one sign-in. */
  #pending: Promise<Session> | undefined;

  constructor(
    config: VendorConfig,
    secret: Pick<SecretReader<typeof CxoneCredentials>, 'read'> = new SecretReader(
      config.CXONE_SECRET_ID,
      CxoneCredentials,
    ),
  ) {
    this.#config = config;
    this.#secret = secret;
  }

  /**
   * A session that is good for a call.
   *
   * @param rejectedToken that the vendor has just refused: a new one is fetched unless another caller has done so
   * @throws PipelineError what {@link signIn} throws; `ConfigInvalid` for a secret that is missing or of no known form
   */
  async get(frame: CallFrame, rejectedToken?: string): Promise<Session> {
    const held = this.#held;
    if (held && held.session.token !== rejectedToken && performance.now() < held.renewAt) return held.session;
    this.#pending ??= this.#renew(frame).finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }

  /**
   * A session as the first state of a run asks for it: credentials that were refused before are tried once more, since a
   * run is begun by a person who has repaired them, or once a day.
   *
   * @throws PipelineError as {@link get}
   */
  begin(frame: CallFrame): Promise<Session> {
    this.#refused = undefined;
    return this.get(frame);
  }

  /**
   * Forgets a token that lacks a right, so that a right that is granted in CXone counts at once. One that another
   * caller has replaced already stays.
   */
  drop(token: string): void {
    if (this.#held?.session.token === token) this.#held = undefined;
  }

  async #renew(frame: CallFrame): Promise<Session> {
    this.#held = undefined;
    const session = await this.#signInWithRotation(frame);
    this.#held = { session, renewAt: performance.now() + usableSeconds(session.expiresInSeconds) * 1000 };
    return session;
  }

  /** Credentials that are refused may have been rotated since they were read: read them again, once. */
  async #signInWithRotation(frame: CallFrame): Promise<Session> {
    const credentials = await this.#secret.read();
    try {
      return await this.#signInOnce(credentials, frame);
    } catch (error) {
      if (!(error instanceof SignInRefused)) throw error;
      return this.#signInOnce(await this.#secret.read({ fresh: true }), frame);
    }
  }

  /** Once for the same credentials: after a refusal they are not sent again. */
  async #signInOnce(credentials: CxoneCredentials, frame: CallFrame): Promise<Session> {
    const refused = this.#refused;
    const isRefused = refused && performance.now() < refused.until;
    if (isRefused && isDeepStrictEqual(refused.credentials, credentials)) throw refused.error;
    try {
      return await signIn(credentials, this.#config, frame);
    } catch (error) {
      if (error instanceof SignInRefused) {
        this.#refused = { credentials, error, until: performance.now() + REFUSED_FOR_MS };
      }
      throw error;
    }
  }
}
