/**
 * Stops a call early when the endpoint fails again and again, so that an outage costs few requests. Pure.
 *
 * One that starts `halfOpen` (the endpoint failed the last time) lets one request through at a time until one succeeds.
 */
export class CircuitBreaker {
  readonly #threshold: number;
  readonly #concurrency: number;
  #failuresInARow = 0;
  #halfOpen: boolean;
  #isOpen = false;
  #retryAfterSeconds: number | undefined;

  constructor(options: { threshold: number; concurrency: number; halfOpen: boolean }) {
    this.#threshold = options.threshold;
    this.#concurrency = options.concurrency;
    this.#halfOpen = options.halfOpen;
  }

  /** Nothing more is sent in this call. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** The longest time that the endpoint asked us to stay away. */
  get retryAfterSeconds(): number | undefined {
    return this.#retryAfterSeconds;
  }

  /** Requests that may be under way at the same time. */
  get limit(): number {
    return this.#halfOpen ? 1 : this.#concurrency;
  }

  succeeded(): void {
    this.#failuresInARow = 0;
    this.#halfOpen = false;
  }

  /** @param retryAfterSeconds the endpoint says itself for how long: that opens the circuit at once */
  failed(retryAfterSeconds?: number): void {
    this.#failuresInARow += 1;
    if (retryAfterSeconds !== undefined) {
      this.#retryAfterSeconds = Math.max(this.#retryAfterSeconds ?? 0, retryAfterSeconds);
    }
    if (retryAfterSeconds !== undefined || this.#failuresInARow >= this.#threshold) this.#isOpen = true;
  }
}
