import { randomBytes } from 'node:crypto';

/** Access tokens of the simulator, whichever sign-in gave them. */
export class Bearers {
  /** Every token that was ever issued, for tests that look for leaks. */
  readonly issued: string[] = [];
  readonly #now: () => number;
  readonly #live = new Map<string, { expiresMs: number; scopes: readonly string[] }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** A fresh token; `scopes` are those of the bulk transcript API. */
  issue(lifetimeSeconds: number, scopes: readonly string[]): string {
    const token = `simulated-${randomBytes(24).toString('hex')}`;
    this.admit(token, lifetimeSeconds, scopes);
    return token;
  }

  /** Takes a token that the caller made up, such as a JWT. */
  admit(token: string, lifetimeSeconds: number, scopes: readonly string[]): void {
    this.issued.push(token);
    this.#live.set(token, { expiresMs: this.#now() + lifetimeSeconds * 1_000, scopes });
  }

  /** The scopes of the bearer of an `Authorization` header; undefined when it is missing, unknown or expired. */
  scopesOf(authorization: string | undefined): readonly string[] | undefined {
    const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
    const grant = token === undefined ? undefined : this.#live.get(token);
    return grant === undefined || grant.expiresMs <= this.#now() ? undefined : grant.scopes;
  }

  revokeAll(): void {
    this.#live.clear();
  }
}
