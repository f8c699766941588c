/** The calls of a probe: one after another, few, none of them repeated. */
import { isPipelineError } from '../../lambdas/shared/contracts/errors.ts';
import { type CallFrame, callVendor, type VendorAnswer, vendorUrl } from '../../lambdas/shared/vendor/exchange.ts';
import type { Sessions } from '../../lambdas/shared/vendor/sign-in/sessions.ts';
import { bearer, withSession } from '../../lambdas/shared/vendor/sign-in/with-session.ts';

/** Calls that a probe makes at most, the sign-in aside: what it asks today takes about twenty. */
export const MOST_CALLS = 30;
/** A page of a thousand rows takes the vendor some seconds. */
const TIMEOUT_MS = 60_000;
/** Rows are some kilobytes each. */
const MAX_BYTES = 64 * 1024 * 1024;

/** `status` is 0 where no answer came, or none was asked for any more. */
export type TenantAnswer = VendorAnswer;
const NONE: TenantAnswer = { status: 0, body: undefined, retryAfterSeconds: undefined };

export interface TenantRequest {
  /** Below the base of the API. */
  path: string;
  /** What stands for the names in braces. */
  values?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string>>;
  /** Asked with POST where there is one. */
  body?: unknown;
}

/** When the tenant said that it was asked too often: how many calls had been made, and what it asked for. */
export interface MetLimit {
  afterCalls: number;
  /** null: it did not say how long to wait. */
  retryAfterSeconds: number | null;
}

/** Asks the tenant's APIs with one token. */
export class TenantCalls {
  readonly #sessions: Pick<Sessions, 'get' | 'drop'>;
  readonly #frame: CallFrame;
  #made = 0;
  #limit: MetLimit | undefined;

  constructor(sessions: Pick<Sessions, 'get'>, frame: CallFrame) {
    // A missing permission is what is looked for: the token is good for the other APIs.
    this.#sessions = { get: (...args) => sessions.get(...args), drop: () => {} };
    this.#frame = frame;
  }

  get made(): number {
    return this.#made;
  }

  /** The first limit that was met. */
  get limit(): MetLimit | undefined {
    return this.#limit;
  }

  /** The answer, whatever its status; 401 too, when a fresh token is refused. */
  async ask({ path, values, query = {}, body }: TenantRequest): Promise<TenantAnswer> {
    try {
      const answer = await withSession(this.#sessions, this.#frame, async ({ apiBase, token }) => {
        if (this.#made >= MOST_CALLS) return NONE;
        this.#made += 1;
        const url = vendorUrl(apiBase, path, values);
        for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
        const headers = bearer(token);
        const common = { url, timeoutMs: TIMEOUT_MS };
        return body === undefined
          ? callVendor({ ...common, method: 'GET', headers }, this.#frame, MAX_BYTES)
          : callVendor(
              {
                ...common,
                method: 'POST',
                headers: { ...headers, 'content-type': 'application/json' },
                body: JSON.stringify(body),
              },
              this.#frame,
              MAX_BYTES,
            );
      });
      if (answer.status === 429) {
        this.#limit ??= { afterCalls: this.#made, retryAfterSeconds: answer.retryAfterSeconds ?? null };
      }
      return answer;
    } catch (error) {
      this.#frame.signal.throwIfAborted();
      if (!isPipelineError(error)) throw error;
      return { ...NONE, status: error.name === 'VendorAuthFailed' ? 401 : 0 };
    }
  }
}
