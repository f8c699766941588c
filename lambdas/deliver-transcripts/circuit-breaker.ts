/**
 * When the endpoint may be asked again, and when the circuit opens. Pure: it is told the time, and does not wait.
 *
 * An answer with `Retry-After` makes a pause, and so do several failures in a row. Pauses between which nothing
 * succeeds grow (1, 2, 4 … s), and one request at a time finds out whether the endpoint is well again. What fails all
 * of these opens the circuit; answers with `Retry-After` never do.
 */
export class CircuitBreaker {
  readonly #threshold: number;
  readonly #probes: number;
  readonly #concurrency: number;
  #failuresInARow = 0;
  /** Pauses since something succeeded. */
  #pauses = 0;
  #halfOpen: boolean;
  #isOpen = false;
  #resumeAtMs = 0;
  #epoch = 0;

  /**
   * @param options.threshold failures in a row at which the endpoint is in doubt
   * @param options.probes requests, one after another, that must fail then before the circuit opens
   * @param options.halfOpen it is in doubt from the beginning: it failed the last time
   */
  constructor(options: { threshold: number; probes: number; concurrency: number; halfOpen: boolean }) {
    this.#threshold = options.threshold;
    this.#probes = options.probes;
    this.#concurrency = options.concurrency;
    this.#halfOpen = options.halfOpen;
  }

  /** The endpoint takes nothing: no more is sent in this call. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Requests that may be under way at the same time. */
  get limit(): number {
    return this.#halfOpen ? 1 : this.#concurrency;
  }

  /** Goes up with each pause: what a request finds out is news only in the epoch in which it was sent. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Milliseconds until the next request may be sent; 0 when it may be now. */
  pauseMs(nowMs: number): number {
    return Math.max(0, this.#resumeAtMs - nowMs);
  }

  /** It answers. A pause that it asked for is kept all the same. */
  succeeded(): void {
    this.#failuresInARow = 0;
    this.#pauses = 0;
    this.#halfOpen = false;
  }

  /**
   * A request failed, or the endpoint asked for a pause.
   *
   * @param epoch when the request was sent: ten that fail together are one reason to pause
   * @param askedSeconds the endpoint answered, and asked for a pause of this length
   */
  failed(epoch: number, nowMs: number, askedSeconds?: number): void {
    const isNews = epoch === this.#epoch;
    if (askedSeconds !== undefined) {
      this.#failuresInARow = 0;
      this.#resumeAtMs = Math.max(this.#resumeAtMs, nowMs + askedSeconds * 1000);
      if (isNews) this.#pause(nowMs);
      return;
    }
    if (!isNews) return;
    this.#failuresInARow += 1;
    if (!this.#halfOpen && this.#failuresInARow < this.#threshold) return;
    this.#halfOpen = true;
    if (this.#pauses >= this.#probes) this.#isOpen = true;
    else this.#pause(nowMs);
  }

  #pause(nowMs: number): void {
    // The second in vain: whatever was asked for, less would be better.
    if (this.#pauses > 0) this.#halfOpen = true;
    this.#resumeAtMs = Math.max(this.#resumeAtMs, nowMs + 2 ** this.#pauses * 1000);
    this.#pauses += 1;
    this.#epoch += 1;
  }
}
