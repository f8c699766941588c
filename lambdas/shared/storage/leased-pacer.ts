/** Keeps the requests of a function to its share of a budget. */
import type { Priority } from '../contracts/priority.ts';
import { isTooFast, type PacedCall, type Pacer, type PaceSign, type RequestBudget } from '../lib/pacing/pacer.ts';
import { pause } from '../lib/pause.ts';
import { HeldShare } from './held-share.ts';
import type { ObjectStorage } from './object-store.ts';

/** A function that waits is paid for; a Wait state is not. */
const LONGEST_PAUSE_MS = 20_000;
/** What must be left after a wait for the request itself. */
const CALL_MS = 10_000;
/** For a caller that has no time left: the shares of others may have ended by then. */
const COME_BACK_SECONDS = 5;
/** A share that nobody can be told of ends by itself: an outage of S3 must not hold up the end of the function. */
const GIVE_BACK_MS = 1_000;

/** What a function has of its own, as far as it is needed here. */
export interface PacedTask extends PacedCall {
  metrics: { addMetric(name: string, unit: 'Count' | 'Milliseconds', value: number): unknown };
}

/** Clock and chance, which tests replace. */
interface PacerWorld {
  nowMs(): number;
  random(): number;
  pause(milliseconds: number, signal: AbortSignal): Promise<void>;
}

const REAL: PacerWorld = { nowMs: Date.now, random: Math.random, pause };

/**
 * What the work returns, which asks the pacer before each request. Then the share is given back, and the metrics are added.
 *
 * @throws what the work throws
 * @example await paced(lake, budget, 'daily', task, (pacer) => plan(input, { ...task, pacer }));
 */
export async function paced<T>(
  store: ObjectStorage,
  budget: RequestBudget,
  priority: Priority,
  task: PacedTask,
  work: (pacer: Pacer) => Promise<T>,
  world = REAL,
): Promise<T> {
  const pacer = new LeasedPacer(store, budget, priority, world);
  try {
    return await work(pacer);
  } finally {
    const { requests, heldUpMs } = pacer;
    if (requests > 0) {
      task.metrics.addMetric(budget.metrics.requests, 'Count', requests);
      task.metrics.addMetric(budget.metrics.heldUp, 'Milliseconds', heldUpMs);
    }
    await pacer.end();
  }
}

class LeasedPacer implements Pacer {
  requests = 0;
  heldUpMs = 0;
  readonly #world: PacerWorld;
  readonly #budget: RequestBudget;
  /** Undefined where there is no limit. */
  readonly #share: HeldShare | undefined;
  #turn: Promise<void> = Promise.resolve();

  constructor(store: ObjectStorage, budget: RequestBudget, priority: Priority, world: PacerWorld) {
    const { api, perSecond } = budget;
    this.#budget = budget;
    this.#world = world;
    if (perSecond > 0) this.#share = new HeldShare({ store, api, perSecond, priority, ...world });
  }

  async take(call: PacedCall): Promise<void> {
    const share = this.#share;
    if (share) {
      const fromMs = this.#world.nowMs();
      // One after the other: who asked first is first.
      const turn = this.#turn.then(() => this.#takeFrom(share, call));
      this.#turn = turn.catch(() => {});
      await turn.finally(() => {
        this.heldUpMs += this.#world.nowMs() - fromMs;
      });
    }
    this.requests += 1;
  }

  told(sign: PaceSign): void {
    if (isTooFast(sign)) this.#share?.refused(sign.retryAfterSeconds);
  }

  async end(): Promise<void> {
    if (!this.#share) return;
    const given = new AbortController();
    const longEnough = this.#world.pause(GIVE_BACK_MS, given.signal).catch(() => {});
    await Promise.race([this.#share.giveBack(), longEnough]);
    given.abort();
  }

  async #takeFrom(share: HeldShare, call: PacedCall): Promise<void> {
    for (;;) {
      const pausedMs = share.pausedUntilMs - this.#world.nowMs();
      const waitMs = pausedMs > 0 ? pausedMs : await share.take();
      if (waitMs === 0) return;
      if (pausedMs <= 0 && share.isCrowded) throw this.#budget.later(LONGEST_PAUSE_MS / 1_000);
      await this.#wait(waitMs, call);
    }
  }

  async #wait(milliseconds: number, { signal, remainingMs }: PacedCall): Promise<void> {
    if (milliseconds > LONGEST_PAUSE_MS || milliseconds + CALL_MS > remainingMs()) {
      throw this.#budget.later(Math.max(COME_BACK_SECONDS, Math.ceil(milliseconds / 1_000)));
    }
    await this.#world.pause(milliseconds, signal);
  }
}
