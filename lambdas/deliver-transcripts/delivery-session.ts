/** What the events of one call share: the sender, the circuit, the time that is left. */

import type { WebhookEvent } from '../shared/webhook/transcript-events.ts';
import { CircuitBreaker } from './circuit-breaker.ts';
import type { EventSender, Verdict } from './event-sender.ts';
import { Slots } from './slots.ts';

/** Failures in a row at which the endpoint counts as down. */
const CIRCUIT_THRESHOLD = 5;

export interface SessionOptions {
  sender: Pick<EventSender, 'send'>;
  concurrency: number;
  /** The endpoint failed before: try carefully. */
  isSuspect: boolean;
  /** The run knows that the endpoint is down: the first failure is enough. */
  isKnownDown: boolean;
  /** Time for one more request, and for saving its outcome, is there. */
  hasTime: () => boolean;
}

export class DeliverySession {
  readonly #options: SessionOptions;
  readonly #circuit: CircuitBreaker;
  /** One for each request that may be under way, over all batches of the call. */
  readonly slots: Slots;
  delivered = 0;
  parked = 0;
  /** The endpoint said 410: it wants nothing any more. */
  isGone = false;
  outOfTime = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    const threshold = options.isKnownDown ? 1 : CIRCUIT_THRESHOLD;
    const { concurrency, isSuspect } = options;
    this.#circuit = new CircuitBreaker({ threshold, concurrency, halfOpen: isSuspect || options.isKnownDown });
    this.slots = new Slots(() => this.#circuit.limit);
  }

  get circuitOpen(): boolean {
    return this.#circuit.isOpen;
  }

  get retryAfterSeconds(): number | undefined {
    return this.#circuit.retryAfterSeconds;
  }

  /** True when nothing more may be sent in this call. */
  mustStop(): boolean {
    if (!this.#options.hasTime()) this.outOfTime = true;
    return this.outOfTime || this.isGone || this.#circuit.isOpen;
  }

  async send(event: WebhookEvent): Promise<Verdict> {
    const verdict = await this.#options.sender.send(event);
    if (verdict.meaning === 'retry') this.#circuit.failed(verdict.retryAfterSeconds);
    else this.#circuit.succeeded();
    if (verdict.meaning === 'delivered') this.delivered += 1;
    if (verdict.meaning === 'gone') this.isGone = true;
    return verdict;
  }
}
