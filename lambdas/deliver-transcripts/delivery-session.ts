/** What the events of one call share: the destination, its pace, the circuit, the time that is left. */

import type { Destination, Verdict } from '../shared/delivery/destination.ts';
import type { WebhookEvent } from '../shared/delivery/transcript-events.ts';
import { LearntPace } from '../shared/lib/pacing/learnt-pace.ts';
import type { LearntRate } from '../shared/lib/pacing/learnt-rate.ts';
import { CircuitBreaker } from './circuit-breaker.ts';
import { Semaphore } from './semaphore.ts';

/**
 * Failures in a row at which the endpoint is in doubt, and requests that must fail then. One that fails every third request
 * comes to so many in a row once in 800,000.
 */
const MANY_IN_A_ROW = 12;
const CIRCUIT_PROBES = 3;

/** A 503 with a longer pause speaks of the receiver, not of the one request. */
const HICCUP_SECONDS = 5;
/** Too fast, and it says so. */
const TOO_MANY_REQUESTS = 429;

/** A longer pause is left to the state machine, which waits for nothing. */
const MAX_PAUSE_MS = 30_000;

export interface SessionOptions {
  destination: Destination;
  /** The pace that an earlier call has learnt. */
  learnt?: LearntRate | undefined;
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
  readonly #pace: LearntPace;
  /** The status by which the endpoint was found to limit the rate, besides 429. */
  #limitsWith: number | string | undefined;
  /** Requests in a row that were not taken. */
  #failuresInARow = 0;
  /** When the latest request that was taken had been sent. */
  #takenSentMs = Number.NEGATIVE_INFINITY;
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
      threshold: MANY_IN_A_ROW,
      probes: isKnownDown ? 0 : CIRCUIT_PROBES,
      concurrency,
      halfOpen: isSuspect || isKnownDown,
    });
    this.#semaphore = new Semaphore(() => this.#circuit.limit);
    this.#pace = new LearntPace(options.learnt);
  }

  /** What this call, or one before it, has learnt of the rate that the endpoint bears. */
  get learnt(): LearntRate | undefined {
    return this.#pace.learnt;
  }

  get failuresInARow(): number {
    return this.#failuresInARow;
  }

  /** When the latest request that was taken had been sent, in ms of the epoch. */
  get takenSentMs(): number {
    return this.#takenSentMs;
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
    const { now } = this.#options;
    while (!this.mustStop()) {
      const pauseMs = this.#circuit.pauseMs(now());
      if (pauseMs > 0) {
        await this.pause(pauseMs);
        continue;
      }
      await this.#semaphore.acquire();
      // What others have found out while this one waited for its permit may have changed everything.
      const mayTake = !this.mustStop() && this.#circuit.pauseMs(now()) === 0;
      const waitMs = mayTake ? this.#pace.take(now()) : 0;
      if (mayTake && waitMs === 0) return true;
      this.giveBack();
      if (waitMs > 0) await this.pause(waitMs);
    }
    return false;
  }

  /** Waits within the call; where there is no time for that, the call is out of time. */
  async pause(milliseconds: number): Promise<void> {
    if (this.#options.hasTime(milliseconds)) await this.#options.sleep(milliseconds);
    else this.outOfTime = true;
  }

  /**
   * What came of an event that was admitted; its permit is released.
   *
   * @throws PipelineError `ConfigInvalid`, `VendorUnavailable` when there is no signing key
   */
  async send(event: WebhookEvent): Promise<Verdict> {
    const { destination, now } = this.#options;
    const { epoch } = this.#circuit;
    const sentMs = now();
    try {
      const verdict = await destination.send(event);
      if (verdict.meaning === 'retry') this.#failed(verdict, epoch, sentMs);
      else this.#answered(sentMs);
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

  #answered(sentMs: number): void {
    this.#circuit.succeeded();
    this.#failuresInARow = 0;
    this.#takenSentMs = Math.max(this.#takenSentMs, sentMs);
    this.#pace.taken(sentMs, this.#options.now());
  }

  #failed(verdict: Verdict, epoch: number, sentMs: number): void {
    const { now } = this.#options;
    this.#failuresInARow += 1;
    const isTooFast = this.#isTooFast(verdict);
    // A single one that asks for a moment, among others that are taken, waits for itself: the others go on.
    if (!isTooFast && verdict.retryAfterSeconds !== undefined) return;
    this.#circuit.failed(epoch, now(), verdict.retryAfterSeconds);
    const pauseMs = this.#circuit.pauseMs(now());
    if (isTooFast) this.#pace.refused(sentMs, now(), now() + pauseMs);
    this.#notePause(pauseMs);
  }

  /** Whether a failure says that requests come too fast, and not that this one failed. */
  #isTooFast({ last, retryAfterSeconds }: Verdict): boolean {
    if (last === TOO_MANY_REQUESTS || last === this.#limitsWith) return true;
    if (retryAfterSeconds === undefined) return false;
    if (retryAfterSeconds > HICCUP_SECONDS) return true;
    if (this.#failuresInARow < MANY_IN_A_ROW) return false;
    this.#limitsWith = last;
    return true;
  }

  /** A pause that is too long for the call ends it. */
  #notePause(pauseMs: number): void {
    const { now, hasTime, maxPausesMs } = this.#options;
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
