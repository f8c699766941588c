/** Keeps requests to the rate that their receiver was found to bear; as long as it refuses nothing, there is none. */
import { confirmRefusal, type LearntRate, learnFromRefusal, learntRateAt, raiseCeiling } from './learnt-rate.ts';
import { TokenBucket } from './token-bucket.ts';

/** What the bucket of a slow rate holds besides its one token: a timer that fires late would lose a part of it each time. */
const SPARE_TOKENS = 1;
const SLOT_MS = 100;
const SLOTS_OF_A_SECOND = 1_000 / SLOT_MS;
const SECONDS = 5;

/** The pace of one sender. Times are ms of the epoch. */
export class LearntPace {
  #learnt: LearntRate | undefined;
  #bucket = new TokenBucket(0, SPARE_TOKENS);
  /** Requests taken, by the tenth of a second. */
  readonly #taken = new Map<number, number>();
  /** When the first of the refusals that came together was told: what was sent before that was sent at another rate. */
  #refusedAtMs = Number.NEGATIVE_INFINITY;
  /** Nothing was known before the latest refusal. */
  #isFirst = false;

  /** @param learnt by an earlier call */
  constructor(learnt?: LearntRate) {
    if (learnt !== undefined) this.#follow(learnt);
  }

  /** What has been learnt; undefined while nothing was refused. */
  get learnt(): LearntRate | undefined {
    return this.#learnt;
  }

  /**
   * Takes the turn of one more request, or says how long it takes until there is one.
   *
   * @returns 0 when the request may be sent now, else ms from now
   */
  take(nowMs: number): number {
    if (this.#learnt === undefined) return 0;
    const pausedMs = this.#learnt.fromMs - nowMs;
    if (pausedMs > 0) return pausedMs;
    this.#bucket.lease(learntRateAt(this.#learnt, nowMs), Number.POSITIVE_INFINITY, nowMs);
    return this.#bucket.take(nowMs);
  }

  /** A request was taken that was sent at `sentMs`. */
  taken(sentMs: number, nowMs: number): void {
    const slot = Math.floor(nowMs / SLOT_MS);
    this.#taken.set(slot, (this.#taken.get(slot) ?? 0) + 1);
    if (this.#taken.size > 2 * SECONDS * SLOTS_OF_A_SECOND) this.#forget(slot);
    const isOfTheFirst = this.#isFirst && sentMs <= this.#refusedAtMs;
    if (this.#learnt !== undefined && isOfTheFirst) this.#learnt = raiseCeiling(this.#learnt);
  }

  /**
   * A request was refused because they come too fast. Those that were under way together are refused together: that is
   * one reason to go slower.
   *
   * @param sentMs when the request was sent
   * @param resumeMs when the next one is sent
   */
  refused(sentMs: number, nowMs: number, resumeMs: number): void {
    if (this.#learnt !== undefined && sentMs <= this.#refusedAtMs) {
      this.#follow(confirmRefusal(this.#learnt, resumeMs));
      return;
    }
    this.#refusedAtMs = nowMs;
    this.#isFirst = this.#learnt === undefined;
    const slot = Math.floor(nowMs / SLOT_MS);
    const lately = { atOnce: this.#since(slot, 1), averaged: this.#since(slot, SECONDS) / SECONDS };
    const learnt = learnFromRefusal(this.#learnt, lately, nowMs, resumeMs);
    if (learnt !== undefined) this.#follow(learnt);
  }

  /** What has gathered in the bucket was for the rate that was refused. */
  #follow(learnt: LearntRate): void {
    this.#learnt = learnt;
    this.#bucket = new TokenBucket(0, SPARE_TOKENS);
    this.#bucket.lease(learntRateAt(learnt, learnt.fromMs), Number.POSITIVE_INFINITY, learnt.fromMs);
  }

  #since(slot: number, seconds: number): number {
    let sum = 0;
    for (let each = slot - seconds * SLOTS_OF_A_SECOND + 1; each <= slot; each += 1) sum += this.#taken.get(each) ?? 0;
    return sum;
  }

  #forget(slot: number): void {
    for (const each of this.#taken.keys()) {
      if (each < slot - SECONDS * SLOTS_OF_A_SECOND) this.#taken.delete(each);
    }
  }
}
