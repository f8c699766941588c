/** Time that passes at once: whoever pauses is woken in the order of its end. */
import { setImmediate } from 'node:timers/promises';
import { PipelineError } from '../../../../../lambdas/shared/contracts/errors.ts';

interface Sleeper {
  atMs: number;
  wake(): void;
}

/** When it begins, in ms of the epoch. */
export const START_MS = Date.parse('2026-11-22T03:00:00Z');

export class VirtualTime {
  #nowMs = START_MS;
  readonly #sleepers = new Set<Sleeper>();

  nowMs = () => this.#nowMs;

  pause = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const sleeper = { atMs: this.#nowMs + milliseconds, wake: resolve };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', () => {
        this.#sleepers.delete(sleeper);
        reject(new PipelineError('VendorUnavailable', 'The function ran out of time while it waited'));
      });
    });

  /** What the work comes to; time passes while it waits. */
  async until<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const settled = work.finally(() => {
      isDone = true;
    });
    settled.catch(() => {});
    for (;;) {
      // All that can go on without time passing has then gone on.
      await setImmediate();
      if (isDone) return settled;
      const next = [...this.#sleepers].reduce<Sleeper | undefined>(
        (first, one) => (first === undefined || one.atMs < first.atMs ? one : first),
        undefined,
      );
      if (next === undefined) throw new Error('Everyone waits for something that will not come');
      this.#sleepers.delete(next);
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.wake();
    }
  }
}
