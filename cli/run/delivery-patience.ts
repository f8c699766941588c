/** How long a command waits for a webhook that does not take what it is sent. */
import type { ExecutionEvent } from '../../emulator/engine/events.ts';

/** Seconds that a person at a terminal may be kept waiting in vain; a deployed pipeline waits for days. */
const MAX_WAIT_SECONDS = 10;
/** While the webhook takes something at each call, and asks for time in between. */
const MAX_WAIT_WITH_PROGRESS_SECONDS = 300;

interface DeliveryWait {
  waitSeconds?: number;
  failures?: number;
}

/**
 * Whether a wait is too long for a person. Pure.
 *
 * @param input of the Wait state: what the delivery's last call answered, `{waitSeconds: 40, failures: 0}` -> false
 */
export function isTooLong({ waitSeconds = 0, failures = 1 }: DeliveryWait): boolean {
  return waitSeconds > (failures === 0 ? MAX_WAIT_WITH_PROGRESS_SECONDS : MAX_WAIT_SECONDS);
}

/** Watches the delivery that goes on behind a run, and loses patience with its first long wait without progress. */
export class DeliveryPatience {
  readonly #controller = new AbortController();
  readonly #hasNone: boolean;

  /** @param hasNone to lose it with the first wait, however short */
  constructor({ hasNone = false } = {}) {
    this.#hasNone = hasNone;
  }

  get patienceLost(): AbortSignal {
    return this.#controller.signal;
  }

  observe(event: ExecutionEvent): void {
    if (event.type !== 'StateEntered' || event.execution.map !== undefined) return;
    if (!['WaitToDeliver', 'WaitToContinue'].includes(event.state)) return;
    if (this.#hasNone || isTooLong(event.input as DeliveryWait)) this.#controller.abort();
  }
}
