/** The share of a budget that one function holds: leased in S3, and renewed while it is used. */
import { randomUUID } from 'node:crypto';
import { isPipelineError } from '../contracts/errors.ts';
import type { Priority } from '../contracts/priority.ts';
import { afterRefusal, type Throttle } from '../lib/pacing/adaptive-rate.ts';
import { type Budget, type Renewal, renewLease, returnLease } from '../lib/pacing/lease-budget.ts';
import { TokenBucket } from '../lib/pacing/token-bucket.ts';
import type { ObjectStorage } from './object-store.ts';
import { SharedBudget } from './shared-budget.ts';

/** Before a change of the budget that failed is tried again: half to one and a half times as long, apart from the others. */
const RETRY_MS = 500;
/** For so long it may fail: then S3 itself is at fault. */
const PATIENCE_MS = 30_000;
/** While a renewal is under way. */
const LOOK_MS = 20;
/** Above what it has used lately, so that a holder which was never held up can become faster. */
const HEADROOM = 2;
/** With less than this a request waits for longer than a function should. */
const LEAST_PER_SECOND = 0.05;

const NONE = { share: 0, entitled: Number.POSITIVE_INFINITY, untilMs: 0, renewMs: 0 };

export interface HeldShareOptions {
  store: ObjectStorage;
  api: string;
  perSecond: number;
  priority: Priority;
  nowMs(): number;
  /** From 0 to 1. */
  random(): number;
}

/** Asked before each request; S3 is asked every two seconds at most twice. */
export class HeldShare {
  readonly #options: HeldShareOptions;
  readonly #budget: SharedBudget;
  readonly #id = randomUUID();
  readonly #bucket: TokenBucket;
  #lease: Omit<Renewal, 'budget'> = NONE;
  #throttle: Throttle | undefined;
  #sinceMs = 0;
  #taken = 0;
  /** Whether a request has had to wait since the last renewal; at first nobody knows what is needed. */
  #isShort = true;
  #renewing: Promise<void> | undefined;
  #failing: { sinceMs: number; error: unknown } | undefined;
  #changes: Promise<unknown> = Promise.resolve();

  constructor(options: HeldShareOptions) {
    this.#options = options;
    this.#bucket = new TokenBucket(options.random());
    this.#budget = new SharedBudget(options.store, options.api);
  }

  /** Until when nobody may send anything, in ms of the epoch. */
  get pausedUntilMs(): number {
    return this.#throttle?.untilMs ?? 0;
  }

  /** Whether there are so many holders that it is better to come back later, and to leave what there is to the others. */
  get isCrowded(): boolean {
    return this.#lease.entitled < LEAST_PER_SECOND;
  }

  /**
   * Takes what one request needs.
   *
   * @returns 0 when it was taken, else the ms after which to ask again
   * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation` when there is no share to be had
   */
  async take(): Promise<number> {
    const { nowMs, random } = this.#options;
    if (nowMs() >= this.#lease.renewMs) this.#renewing ??= this.#renew();
    if (nowMs() >= this.#lease.untilMs) {
      await this.#renewing;
      // A lease that is new may have brought a pause, and one that is slow to come may have ended.
      if (nowMs() < this.#lease.untilMs) return 1;
      this.#throwAfterPatience();
      return RETRY_MS * (0.5 + random());
    }
    const atMs = nowMs();
    const waitMs = this.#bucket.take(atMs);
    if (waitMs === 0) {
      this.#taken += 1;
      return 0;
    }
    this.#isShort = true;
    const lookMs = this.#renewing ? LOOK_MS : this.#lease.renewMs - atMs;
    return Math.max(1, Math.min(waitMs, lookMs, this.#lease.untilMs - atMs));
  }

  /** Slows down, and tells all others; whoever cannot be told is refused as well, and tells it in turn. */
  refused(retryAfterSeconds: number | undefined): void {
    const { perSecond, nowMs } = this.#options;
    const atMs = nowMs();
    const after = (throttle: Throttle | undefined) => afterRefusal(perSecond, throttle, atMs, retryAfterSeconds);
    const throttle = after(this.#throttle);
    if (throttle === this.#throttle) return;
    this.#throttle = throttle;
    const tell = (budget: Budget): Budget => {
      const shared = after(budget.throttle);
      return shared === budget.throttle ? budget : { ...budget, throttle: shared };
    };
    void this.#inLine(() => this.#change(tell)).catch(() => {});
  }

  /** Gives it back; what cannot be given back ends by itself. */
  async giveBack(): Promise<void> {
    await this.#changes.catch(() => {});
    const { untilMs } = this.#lease;
    const atMs = this.#options.nowMs();
    this.#bucket.lease(0, atMs, atMs);
    this.#lease = NONE;
    if (atMs < untilMs) await this.#change((budget) => returnLease(budget, this.#id)).catch(() => {});
  }

  /** Requests go on meanwhile. Never rejects, since what is held may be enough: failures are kept. */
  async #renew(): Promise<void> {
    const { nowMs, random } = this.#options;
    try {
      await this.#inLine(() => this.#takeLease());
      this.#failing = undefined;
    } catch (error) {
      this.#failing = { sinceMs: nowMs(), ...this.#failing, error };
      this.#lease = { ...this.#lease, renewMs: nowMs() + RETRY_MS * (0.5 + random()) };
    } finally {
      this.#renewing = undefined;
    }
  }

  async #takeLease(): Promise<void> {
    const { perSecond, priority, nowMs } = this.#options;
    let renewal: Renewal | undefined;
    await this.#change((budget) => {
      const atMs = nowMs();
      renewal = renewLease(budget, { id: this.#id, priority, want: this.#want(atMs) }, perSecond, atMs);
      // From the moment at which others may see the new share, no more than that is used.
      if (renewal.share < this.#lease.share) this.#bucket.lease(renewal.share, this.#lease.untilMs, atMs);
      return renewal.budget;
    });
    if (!renewal) return;
    this.#sinceMs = nowMs();
    this.#bucket.lease(renewal.share, renewal.untilMs, this.#sinceMs);
    this.#lease = renewal;
    this.#taken = 0;
    this.#isShort = false;
  }

  /** Of two pauses the longer one counts: one that was noticed here may not be written yet. */
  async #change(next: (budget: Budget) => Budget): Promise<void> {
    const { throttle } = await this.#budget.change(next);
    if (throttle && throttle.untilMs >= this.pausedUntilMs) this.#throttle = throttle;
  }

  /** Per second: all there is for one who was held up, else more than it has used. */
  #want(atMs: number): number {
    const { perSecond } = this.#options;
    if (this.#isShort || atMs >= this.#lease.untilMs) return perSecond;
    const seconds = Math.max(1, atMs - this.#sinceMs) / 1_000;
    return Math.min(perSecond, Math.max(1, (HEADROOM * this.#taken) / seconds));
  }

  #throwAfterPatience(): void {
    if (!this.#failing) return;
    const { sinceMs, error } = this.#failing;
    // Anything but an outage does not pass by itself.
    const mayPass = isPipelineError(error, 'DataLakeUnavailable');
    if (!mayPass || this.#options.nowMs() >= sinceMs + PATIENCE_MS) throw error;
  }

  /** One change at a time: they share what is known of the object. */
  #inLine(change: () => Promise<void>): Promise<void> {
    const result = this.#changes.then(change, change);
    this.#changes = result;
    return result;
  }
}
