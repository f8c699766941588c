/** Work that goes on in the background until {@link TaskGroup.settled} asks how it ended. */
export class TaskGroup {
  readonly #running = new Set<Promise<void>>();
  #failure: { error: unknown } | undefined;

  /** True once a piece of work has failed. */
  get hasFailed(): boolean {
    return this.#failure !== undefined;
  }

  /** Begins a piece of work, and does not wait for it. */
  run(work: () => Promise<void>): void {
    const running: Promise<void> = work()
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Resolves when a piece of work ends, however it does; at once where none is running. */
  async oneSettled(): Promise<void> {
    if (this.#running.size > 0) await Promise.race(this.#running);
  }

  get isIdle(): boolean {
    return this.#running.size === 0;
  }

  /**
   * Waits until nothing is running.
   *
   * @throws what the first piece of work to fail has thrown
   */
  async settled(): Promise<void> {
    await Promise.all(this.#running);
    if (this.#failure) throw this.#failure.error;
  }
}
