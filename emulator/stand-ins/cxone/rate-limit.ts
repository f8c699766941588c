import type { Call } from './faults.ts';

/** What the vendor allows; a call above it is answered with 429. */
export interface RateLimit {
  requests: number;
  perMs: number;
  /** The calls that count together; all of them if left out. */
  calls?: readonly Call[];
  /** `Retry-After`, which the vendor mostly leaves out. */
  retryAfter?: number | string;
}

/**
 * A judge of calls over a sliding window, in which only those count that it let pass.
 *
 * @example rateLimiter({ requests: 1, perMs: 1_000 })('segments', 0) // true; false for the next 999 ms
 */
export function rateLimiter(limit: RateLimit | undefined): (call: Call | 'unknown', atMs: number) => boolean {
  const passed: number[] = [];
  return (call, atMs) => {
    if (limit === undefined || call === 'unknown' || limit.calls?.includes(call) === false) return true;
    while (passed[0] !== undefined && passed[0] <= atMs - limit.perMs) passed.shift();
    if (passed.length >= limit.requests) return false;
    passed.push(atMs);
    return true;
  };
}
