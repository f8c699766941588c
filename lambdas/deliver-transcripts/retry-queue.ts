/** When an event that was not taken is sent again in the same call. Pure: it is told the time, and does not wait. */
import type { WebhookEvent } from '../shared/delivery/transcript-events.ts';

/** Requests for one event in one call: a receiver that fails every third takes all but one of 500,000 events. */
const MAX_TRIES = 12;
/** Soon, since the others are taken; after each try a little later, since this one is not. */
const STEP_MS = 50;
/** Failures in a row from which on the receiver is asked ever more slowly. */
const MANY_IN_A_ROW = 5;
const SLOW_MS = 1_000;
const SLOWEST_MS = 8_000;
/** A request that was taken, and sent so shortly before another one failed, shows that the receiver takes requests. */
const PROOF_MS = 1_000;
/** Events that are kept in memory: until there is room, no new ones are read. */
const CAPACITY = 64;

/** What is known when an event was not taken. */
export interface Failure {
  /** Requests for the event in this call. */
  tries: number;
  /** Requests in a row that the receiver has not taken, whichever events they were for. */
  failuresInARow: number;
  /** The receiver asked for a pause. */
  askedSeconds?: number | undefined;
  nowMs: number;
}

/** When to try again: `soonMs` where the receiver takes others, else `laterMs`. */
export interface RetryTime {
  failedMs: number;
  soonMs: number;
  laterMs: number;
}

/**
 * When the event is sent again; undefined when it is left to a later call.
 *
 * A pause that is asked for is kept, unless the receiver takes other requests, sent within a second before it asked or at
 * any time after that: then it was not the receiver that needed the pause.
 *
 * @example retryTime({ tries: 1, failuresInARow: 1, nowMs: 0 }) // { failedMs: 0, soonMs: 50, laterMs: 50 }
 * retryTime({ tries: 1, failuresInARow: 1, askedSeconds: 1, nowMs: 0 }) // { failedMs: 0, soonMs: 50, laterMs: 1_000 }
 */
export function retryTime({ tries, failuresInARow, askedSeconds = 0, nowMs }: Failure): RetryTime | undefined {
  if (tries >= MAX_TRIES) return undefined;
  const soonMs = nowMs + STEP_MS * tries;
  const isDoubtful = failuresInARow >= MANY_IN_A_ROW;
  const slowMs = isDoubtful ? Math.min(SLOWEST_MS, SLOW_MS * 2 ** (failuresInARow - MANY_IN_A_ROW)) : 0;
  return { failedMs: nowMs, soonMs, laterMs: Math.max(soonMs, nowMs + slowMs, nowMs + askedSeconds * 1_000) };
}

/** An event that waits for its next try. */
export interface Retry {
  index: number;
  event: WebhookEvent;
  tries: number;
}

/** The events of one batch that wait for their next try. */
export class RetryQueue {
  readonly #waiting: { retry: Retry; time: RetryTime }[] = [];

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  get isFull(): boolean {
    return this.#waiting.length >= CAPACITY;
  }

  add(retry: Retry, time: RetryTime): void {
    this.#waiting.push({ retry, time });
  }

  /**
   * Takes out an event whose time has come.
   *
   * @param takenSentMs when the latest request that was taken had been sent
   * @returns the event, or ms until the next one's time; Infinity where none waits
   */
  next(nowMs: number, takenSentMs: number): Retry | number {
    let soonest = Number.POSITIVE_INFINITY;
    for (const [at, { retry, time }] of this.#waiting.entries()) {
      const dueMs = takenSentMs > time.failedMs - PROOF_MS ? time.soonMs : time.laterMs;
      if (dueMs <= nowMs) {
        this.#waiting.splice(at, 1);
        return retry;
      }
      soonest = Math.min(soonest, dueMs - nowMs);
    }
    return soonest;
  }
}
