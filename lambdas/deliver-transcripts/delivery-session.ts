/** What the events of one call share: the sender, the circuit, the time that is left. */

import type { WebhookEvent } from '../shared/delivery/transcript-events.ts';
import { CircuitBreaker } from './circuit-breaker.ts';
import type { EventSender, Verdict } from './event-sender.ts';
import { Semaphore } from './semaphore.ts';

/** Failures in a row at which the endpoint is in doubt, and requests that must fail then. */
const CIRCUIT_THRESHOLD = 5;
const CIRCUIT_PROBES = 3;

/** A longer pause is left to the state machine, which waits for nothing. */
const MAX_PAUSE_MS = 30_000;

export interface SessionOptions {
  sender: Pick<EventSender, 'send'>;
  concurrency: number;
  /** The endpoint failed before: try carefully. */
  isSuspect: boolean;
  /** The run knows that the endpoint is down: the first failure is enough. */
  isKnownDown: boolean;
  /** Milliseconds that the call may spend in pauses altogether. */
  maxPausesMs: number;
  /** Time for a pause, one more request, and for saving its outcome, is there. */
  hasTime: (pauseMs: number) => boolean;
  /** Milliseconds since the epoch. */
  now: () => number;
  sleep: (milliseconds: number) => Promise<void>;
}

/** What may still be sent in one call, and what came of it so far. */
export class DeliverySession {
  readonly #options: SessionOptions;
  readonly #circuit: CircuitBreaker;
  /** One for each request that may be under way, over all batches of the call. */
  readonly #semaphore: Semaphore;
  #pausedUntilMs = 0;
  #pausedMs = 0;
  #retryAfterSeconds: number | undefined;
  delivered = 0;
  parked = 0;
  /** The endpoint said 410: it wants nothing any more. */
  isGone = false;
  outOfTime = false;
  /** The last answer that did not take an event: an HTTP status, or a word where none came. */
  lastFailure: number | string | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
    const { concurrency, isSuspect, isKnownDown } = options;
    this.#circuit = new CircuitBreaker({
      threshold: CIRCUIT_THRESHOLD,
      probes: isKnownDown ? 0 : CIRCUIT_PROBES,
      concurrency,
      halfOpen: isSuspect || isKnownDown,
    });
    this.#semaphore = new Semaphore(() => this.#circuit.limit);
  }

  /** The endpoint takes nothing: it failed each probe. */
  get circuitOpen(): boolean {
    return this.#circuit.isOpen;
  }

  /** How long the endpoint is to be left alone; undefined where that has been waited out. */
  get retryAfterSeconds(): number | undefined {
    return this.#retryAfterSeconds;
  }

  /** True when nothing more may be sent in this call. */
  mustStop(): boolean {
    if (!this.#options.hasTime(0)) this.outOfTime = true;
    return this.outOfTime || this.isGone || this.#circuit.isOpen || this.#retryAfterSeconds !== undefined;
  }

  /**
   * Waits until one more event may be sent, and acquires its permit.
   *
   * @returns false when nothing more may be sent in this call; after true, {@link send} or {@link giveBack} must follow
   */
  async admit(): Promise<boolean> {
    const { now, sleep } = this.#options;
    while (!this.mustStop()) {
      const pauseMs = this.#circuit.pauseMs(now());
      if (pauseMs > 0) {
        await sleep(pauseMs);
        continue;
      }
      await this.#semaphore.acquire();
      // What others have found out while this one waited for its permit may have changed everything.
      if (!this.mustStop() && this.#circuit.pauseMs(now()) === 0) return true;
      this.giveBack();
    }
    return false;
  }

  /**
   * What came of an event that was admitted; its permit is released.
   *
   * @throws PipelineError `ConfigInvalid`, `VendorUnavailable` when there is no signing key
   */
  async send(event: WebhookEvent): Promise<Verdict> {
    const { epoch } = this.#circuit;
    try {
      const verdict = await this.#options.sender.send(event);
      if (verdict.meaning === 'retry') this.#failed(epoch, verdict);
      else this.#circuit.succeeded();
      if (verdict.meaning === 'delivered') this.delivered += 1;
      else this.lastFailure = verdict.last;
      if (verdict.meaning === 'gone') this.isGone = true;
      return verdict;
    } finally {
      this.giveBack();
    }
  }

  /** Releases the permit of an event that was admitted, and is not sent after all. */
  giveBack(): void {
    this.#semaphore.release();
  }

  #failed(epoch: number, { retryAfterSeconds }: Verdict): void {
    const { now, hasTime, maxPausesMs } = this.#options;
    this.#circuit.failed(epoch, now(), retryAfterSeconds);
    const pauseMs = this.#circuit.pauseMs(now());
    if (pauseMs === 0 || this.#circuit.isOpen) return;
    const untilMs = now() + pauseMs;
    this.#pausedMs += Math.max(0, untilMs - Math.max(now(), this.#pausedUntilMs));
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, untilMs);
    if (!hasTime(pauseMs)) this.outOfTime = true;
    if (this.outOfTime || pauseMs > MAX_PAUSE_MS || this.#pausedMs > maxPausesMs) {
      this.#retryAfterSeconds = Math.ceil(pauseMs / 1000);
    }
  }
}
