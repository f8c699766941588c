/** How long a command waits for a webhook that does not take what it is sent. */
import type { ExecutionEvent } from '../../emulator/engine/events.ts';

/** Seconds that a person at a terminal may be kept waiting in vain; a deployed pipeline waits for days. */
const MAX_WAIT_SECONDS = 10;
/** While the webhook takes something at each call, and asks for time in between. */
const MAX_WAIT_WITH_PROGRESS_SECONDS = 300;

/**
 * Whether a wait is too long for a person. Pure.
 *
 * @param input of the Wait state: what the delivery's last call answered, `{waitSeconds: 40, failures: 0}` -> false
 */
export function isTooLong({ waitSeconds = 0, failures = 1 }: { waitSeconds?: number; failures?: number }): boolean {
  return waitSeconds > (failures === 0 ? MAX_WAIT_WITH_PROGRESS_SECONDS : MAX_WAIT_SECONDS);
}

/** Watches the delivery that goes on behind a run, and loses patience with its first long wait without progress. */
export class DeliveryPatience {
  readonly #controller = new AbortController();

  get patienceLost(): AbortSignal {
    return this.#controller.signal;
  }

  observe(event: ExecutionEvent): void {
    if (event.type !== 'StateEntered' || event.execution.map !== undefined) return;
    if (!['WaitToDeliver', 'WaitToContinue'].includes(event.state)) return;
    if (isTooLong(event.input as Parameters<typeof isTooLong>[0])) this.#controller.abort();
  }
}
