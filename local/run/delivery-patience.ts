/** How long a command waits for a webhook that does not take what it is sent. */
import type { ExecutionEvent } from '../engine/events.ts';

/** Seconds that a person at a terminal may be kept waiting; a deployed pipeline waits for days. */
const MAX_WAIT_SECONDS = 10;

/** Watches the delivery that goes on behind a run, and loses patience with its first long wait. */
export class DeliveryPatience {
  readonly #controller = new AbortController();

  get patienceLost(): AbortSignal {
    return this.#controller.signal;
  }

  observe(event: ExecutionEvent): void {
    if (event.type !== 'StateEntered' || event.state !== 'WaitToDeliver' || event.execution.map !== undefined) return;
    const { waitSeconds } = event.input as { waitSeconds?: number };
    if ((waitSeconds ?? 0) > MAX_WAIT_SECONDS) this.#controller.abort();
  }
}
