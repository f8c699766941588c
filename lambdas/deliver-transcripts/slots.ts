/** Limits how much is under way at the same time; the limit may change meanwhile. */
export class Slots {
  readonly #limit: () => number;
  #inUse = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(limit: () => number) {
    this.#limit = limit;
  }

  /** Waits for a free slot and takes it. First come, first served. */
  async take(): Promise<void> {
    if (this.#waiting.length === 0 && this.#inUse < this.#limit()) {
      this.#inUse += 1;
      return;
    }
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  giveBack(): void {
    this.#inUse -= 1;
    while (this.#waiting.length > 0 && this.#inUse < this.#limit()) {
      this.#inUse += 1;
      this.#waiting.shift()?.();
    }
  }
}
