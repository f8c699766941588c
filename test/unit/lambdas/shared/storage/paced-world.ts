/** Runs of functions that share a budget in a bucket, before an API with a ledger of its own. All in virtual time. */
import { isPipelineError, PipelineError } from '../../../../../lambdas/shared/contracts/errors.ts';
import type { Priority } from '../../../../../lambdas/shared/contracts/priority.ts';
import type { Pacer, PaceSign } from '../../../../../lambdas/shared/lib/pacing/pacer.ts';
import { paced } from '../../../../../lambdas/shared/storage/leased-pacer.ts';
import { MemoryStore, type Objects } from '../../../../year/memory-store.ts';
import { createRandom } from '../../../../year/random.ts';
import { VirtualTime } from './virtual-time.ts';

/** What a function has under way at a time, and how long a request is on its way and answered. */
const AT_ONCE = 8;
const WAY_MS = 30;
const ANSWER_MS = 50;
/** Of one call to S3. */
const S3_MS = 40;
const FUNCTION_MS = 900_000;

export interface WorldOptions {
  perSecond: number;
  /** What the API answers to a request that arrives now; 200 where left out. */
  answer?(atMs: number, arrivals: readonly number[]): PaceSign;
  isStoreDown?(atMs: number): boolean;
}

export interface RunOptions {
  priority: Priority;
  requests: number;
  /** Functions at a time. */
  atOnce: number;
  /** Requests of one function. */
  batchSize?: number;
  /** A function, by its number, that is killed so many ms after its start; its batch is done by another one. */
  killed?: ReadonlyMap<number, number>;
}

class Killed extends Error {}

export class PacedWorld {
  readonly time = new VirtualTime();
  /** Times at which requests arrived, in ms. */
  readonly arrivals: number[] = [];
  readonly metrics = new Map<string, number>();
  readonly objects: Objects = new Map();
  refused = 0;
  storeCalls = 0;
  /** Ms of functions, added up. */
  functionMs = 0;
  readonly #options: WorldOptions;
  readonly #random = createRandom(1).next;

  constructor(options: WorldOptions) {
    this.#options = options;
  }

  /** Seconds that a run takes. */
  async run({ priority, requests, atOnce, batchSize = 100, killed = new Map() }: RunOptions): Promise<number> {
    const fromMs = this.time.nowMs();
    const batches = Array.from({ length: Math.ceil(requests / batchSize) }, (_, batch) => ({
      left: Math.min(batchSize, requests - batch * batchSize),
      killAfterMs: killed.get(batch),
    }));
    const slot = async () => {
      for (let batch = batches.shift(); batch; batch = batches.shift()) await this.#batch(priority, batch);
    };
    await Promise.all(Array.from({ length: atOnce }, slot));
    return (this.time.nowMs() - fromMs) / 1_000;
  }

  /** The most requests that arrived within any `seconds`. */
  mostWithin(seconds: number): number {
    const sorted = this.arrivals.toSorted((a, b) => a - b);
    let first = 0;
    return sorted.reduce((most, atMs, last) => {
      while (atMs - (sorted[first] ?? 0) >= seconds * 1_000) first += 1;
      return Math.max(most, last - first + 1);
    }, 0);
  }

  /** The state machine's part: a function that is to come back later is called again later. */
  async #batch(priority: Priority, batch: { left: number; killAfterMs: number | undefined }): Promise<void> {
    while (batch.left > 0) {
      try {
        await this.#call(priority, batch);
      } catch (error) {
        batch.killAfterMs = undefined;
        if (error instanceof Killed) continue;
        if (!isPipelineError(error, 'VendorThrottled')) throw error;
        await this.time.pause((error.retryAfterSeconds ?? 30) * 1_000);
      }
    }
  }

  async #call(priority: Priority, batch: { left: number; killAfterMs: number | undefined }): Promise<void> {
    const { time } = this;
    const fromMs = time.nowMs();
    const isKilled = () => batch.killAfterMs !== undefined && time.nowMs() >= fromMs + batch.killAfterMs;
    const store = new MemoryStore(this.objects, {
      nowMs: time.nowMs,
      interrupt: async (moment) => {
        if (moment === 'before') this.storeCalls += 1;
        await time.pause(S3_MS / 2);
        if (isKilled()) throw new Killed();
        if (this.#options.isStoreDown?.(time.nowMs())) throw new PipelineError('DataLakeUnavailable', 'S3 is down');
      },
    });
    const budget = {
      api: 'api',
      perSecond: this.#options.perSecond,
      metrics: { requests: 'Requests', heldUp: 'HeldUp' },
      later: (retryAfterSeconds: number) => new PipelineError('VendorThrottled', 'Later', { retryAfterSeconds }),
    };
    const task = {
      signal: new AbortController().signal,
      remainingMs: () => fromMs + FUNCTION_MS - time.nowMs(),
      metrics: {
        addMetric: (name: string, _unit: string, value: number) =>
          this.metrics.set(name, (this.metrics.get(name) ?? 0) + value),
      },
    };
    const world = { nowMs: time.nowMs, pause: time.pause, random: this.#random };
    const work = async (pacer: Pacer) => {
      const done = await Promise.allSettled(
        Array.from({ length: AT_ONCE }, async () => {
          for (; batch.left > 0; ) {
            batch.left -= 1;
            try {
              await pacer.take(task);
              if (isKilled()) throw new Killed();
              await this.#send(pacer);
            } catch (error) {
              batch.left += 1;
              throw error;
            }
          }
        }),
      );
      for (const one of done) if (one.status === 'rejected') throw one.reason;
    };
    await paced(store, budget, priority, task, work, world).finally(() => {
      this.functionMs += time.nowMs() - fromMs;
    });
  }

  async #send(pacer: Pacer): Promise<void> {
    await this.time.pause(WAY_MS * (0.5 + this.#random()));
    const atMs = this.time.nowMs();
    const answer = this.#options.answer?.(atMs, this.arrivals) ?? { status: 200, retryAfterSeconds: undefined };
    this.arrivals.push(atMs);
    await this.time.pause(ANSWER_MS);
    pacer.told(answer);
    if (answer.status === 200) return;
    this.refused += 1;
    const { retryAfterSeconds } = answer;
    throw new PipelineError('VendorThrottled', 'Refused', retryAfterSeconds === undefined ? {} : { retryAfterSeconds });
  }
}
