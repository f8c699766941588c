/**
 * A semaphore whose number of permits may change meanwhile. First come, first served.
 *
 * @example
 * const semaphore = new Semaphore(() => 1);
 * await semaphore.acquire(); // at once
 * await semaphore.acquire(); // when the first permit is released
 */
export class Semaphore {
  readonly #limit: () => number;
  #inUse = 0;
  readonly #waiting: (() => void)[] = [];

  /** @param limit the permits there are now; asked again whenever one is acquired or released */
  constructor(limit: () => number) {
    this.#limit = limit;
  }

  /** Resolves when the caller has a permit. */
  async acquire(): Promise<void> {
    if (this.#waiting.length === 0 && this.#inUse < this.#limit()) {
      this.#inUse += 1;
      return;
    }
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Gives a permit back, and hands out as many as there are now. */
  release(): void {
    this.#inUse -= 1;
    while (this.#waiting.length > 0 && this.#inUse < this.#limit()) {
      this.#inUse += 1;
      this.#waiting.shift()?.();
    }
  }
}
