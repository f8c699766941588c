/** How many transcripts are fetched at a time, and how long a refusal is waited out. Pure, apart from what it remembers. */

import { FETCHED_AT_ONCE } from '../../contracts/source-facts.ts';

/** The vendor does not say how long to wait; sooner than this it refuses again. */
const WAITS_SECONDS = [30, 60, 120, 180] as const;
/** Answers in a row after which one more is fetched at a time, and refusals are forgotten. */
const CALM_AFTER = 50;

/** The pace of one container: what the vendor has shown of its limit. */
export class Pace {
  #atOnce = FETCHED_AT_ONCE;
  #refusals = 0;
  #calm = 0;

  /** Transcripts to be under way at a time, from 1. */
  get atOnce(): number {
    return this.#atOnce;
  }

  /** The vendor has answered. */
  answered(): void {
    this.#calm += 1;
    if (this.#calm % CALM_AFTER !== 0) return;
    this.#refusals = 0;
    this.#atOnce = Math.min(FETCHED_AT_ONCE, this.#atOnce + 1);
  }

  /**
   * The vendor has asked to be left alone: half as many at a time from now on.
   *
   * @param retryAfterSeconds what it has said
   * @returns seconds to leave it alone: 30, 60, 120, then 180 where it does not say
   */
  refused(retryAfterSeconds: number | undefined): number {
    this.#calm = 0;
    this.#atOnce = Math.max(1, Math.floor(this.#atOnce / 2));
    this.#refusals += 1;
    return retryAfterSeconds ?? WAITS_SECONDS[Math.min(this.#refusals, WAITS_SECONDS.length) - 1] ?? 180;
  }
}
