/** Runs so many pieces of work at a time; how many may change while it goes on. */
export class Lanes {
  readonly #running = new Set<Promise<void>>();
  #failure: { error: unknown } | undefined;

  /**
   * Waits until fewer than `limit()` are running.
   *
   * @throws what a piece of work has thrown
   */
  async free(limit: () => number): Promise<void> {
    while (this.#running.size >= limit()) await Promise.race(this.#running);
    if (this.#failure) throw this.#failure.error;
  }

  run(work: () => Promise<void>): void {
    const running: Promise<void> = work()
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /**
   * Waits until nothing is running.
   *
   * @throws what a piece of work has thrown
   */
  async settled(): Promise<void> {
    await Promise.all(this.#running);
    if (this.#failure) throw this.#failure.error;
  }
}
