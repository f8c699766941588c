/** Requests at a steady rate, for as long as the rate is ours. Times are ms of the epoch, rates per second. Pure. */

/**
 * What may come at once after a lull, in seconds of the rate: the resolution of a timer and of the network. More would let
 * all holders of a budget together go over it.
 */
const BURST_SECONDS = 0.05;

/** A bucket of tokens, one for a request, that fills while a lease runs. */
export class TokenBucket {
  #tokens: number;
  readonly #spare: number;
  #rate = 0;
  #endsMs = 0;
  #filledMs = 0;

  /**
   * @param tokens at first, from 0 to 1. A random part of one: else many with a low rate, which begin together, would all
   *   send together
   * @param spare tokens on top of the most it holds: of a slow rate, what a timer that fires late would lose each time
   */
  constructor(tokens: number, spare = 0) {
    this.#tokens = tokens;
    this.#spare = spare;
  }

  /** Fills at another rate from now on, until `endsMs`. What is in it stays. */
  lease(rate: number, endsMs: number, nowMs: number): void {
    this.#fill(nowMs);
    this.#rate = rate;
    this.#endsMs = endsMs;
    this.#filledMs = nowMs;
  }

  /**
   * Takes a token, or says how long it takes until there is one.
   *
   * @returns 0 when a token was taken, else ms from now; Infinity when the lease ends before
   * @example an empty bucket leased at 10 a second, asked at once and after 100 ms -> 100, then 0
   */
  take(nowMs: number): number {
    this.#fill(nowMs);
    // A hair below one is one: sums of fractions are not exact.
    if (this.#tokens > 0.999_999) {
      this.#tokens = Math.max(0, this.#tokens - 1);
      return 0;
    }
    const waitMs = Math.max(1, Math.ceil(((1 - this.#tokens) / this.#rate) * 1_000));
    return nowMs + waitMs <= this.#endsMs ? waitMs : Number.POSITIVE_INFINITY;
  }

  #fill(nowMs: number): void {
    const untilMs = Math.min(nowMs, this.#endsMs);
    if (untilMs <= this.#filledMs) return;
    const most = Math.max(1, this.#rate * BURST_SECONDS) + this.#spare;
    this.#tokens = Math.min(most, this.#tokens + (this.#rate * (untilMs - this.#filledMs)) / 1_000);
    this.#filledMs = untilMs;
  }
}
