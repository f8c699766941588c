/**
 * How a refusal changes the pace: a pause, half the rate after it, and slowly back to the whole (additive increase,
 * multiplicative decrease). The way back is a matter of time alone, so nobody has to write it down. Pure.
 */

/** Where no header says how long: sooner than half a minute CXone refuses again, three minutes were always enough. */
const PAUSES_SECONDS = [30, 60, 120, 180] as const;
/** From nothing back to the whole budget. */
const RECOVERY_MS = 120_000;
/** Of the budget, below which no refusal brings the rate: so much is needed to find out that all is well. */
const SLOWEST = 0.02;

/** What is left of refusals. */
export interface Throttle {
  /** In a row, each before the rate had come back from the one before. */
  refusals: number;
  /** Requests per second after the pause. */
  rate: number;
  /** End of the pause, in ms of the epoch. */
  untilMs: number;
}

/**
 * Requests per second that the API is thought to bear, once the pause is over.
 *
 * @example rateAt(100, { refusals: 1, rate: 50, untilMs: 0 }, 60_000) // 100, half of the recovery later
 */
export function rateAt(budget: number, throttle: Throttle | undefined, nowMs: number): number {
  if (throttle === undefined) return budget;
  const recovered = (budget * Math.max(0, nowMs - throttle.untilMs)) / RECOVERY_MS;
  return Math.min(budget, throttle.rate + recovered);
}

/**
 * What a refusal leaves. Requests that were under way together are refused together: while a pause lasts, a further one
 * changes nothing, unless it asks for a longer pause.
 *
 * @returns `throttle` itself where nothing changes
 * @example afterRefusal(100, undefined, 0, undefined) // { refusals: 1, rate: 50, untilMs: 30_000 }
 */
export function afterRefusal(
  budget: number,
  throttle: Throttle | undefined,
  nowMs: number,
  retryAfterSeconds: number | undefined,
): Throttle {
  if (throttle !== undefined && nowMs < throttle.untilMs) {
    const untilMs = retryAfterSeconds === undefined ? 0 : nowMs + retryAfterSeconds * 1_000;
    return untilMs > throttle.untilMs ? { ...throttle, untilMs } : throttle;
  }
  const rate = rateAt(budget, throttle, nowMs);
  const refusals = throttle === undefined || rate >= budget ? 1 : throttle.refusals + 1;
  const pauseSeconds = retryAfterSeconds ?? PAUSES_SECONDS[Math.min(refusals, PAUSES_SECONDS.length) - 1] ?? 180;
  return { refusals, rate: Math.max(budget * SLOWEST, rate / 2), untilMs: nowMs + pauseSeconds * 1_000 };
}
