/** What a simulated year asks of a vendor. */
import type { SearchByIds } from '../../lambdas/plan-extraction/search/check-ids.ts';
import { PipelineError } from '../../lambdas/shared/contracts/errors.ts';
import type { Discovery, NewVersions, TimeSlice } from '../../lambdas/shared/vendor/transcript-source.ts';
import type { Random } from './random.ts';

const HOUR = 3_600_000;

/** What is fetched of one interaction. */
export interface Extraction {
  outcome: 'stored' | 'missing' | 'failed';
  /** Of a source with versions. */
  version?: string;
  /** Other ids of it. */
  aliases?: string[];
}

export interface YearVendor {
  readonly newVersions: NewVersions;
  isDown(): boolean;
  /** @param turnPage called before each page */
  discover(
    slice: TimeSlice,
    isTooLong: (pages: number) => boolean,
    turnPage: () => void,
  ): Promise<Discovery | undefined>;
  searchByIds: SearchByIds;
  extract(interactionId: string): Extraction;
}

/** About one a month, most of them hours long, some of them days. */
export class Outages {
  readonly #spans: { fromMs: number; toMs: number }[];
  readonly #nowMs: () => number;

  constructor({ random, fromMs, toMs, nowMs }: { random: Random; fromMs: number; toMs: number; nowMs(): number }) {
    this.#nowMs = nowMs;
    const count = Math.floor((toMs - fromMs) / (30 * 24 * HOUR));
    this.#spans = Array.from({ length: count }, () => {
      const start = fromMs + Math.floor(random.next() * (toMs - fromMs));
      return { fromMs: start, toMs: start + Math.floor(random.next() * (random.chance(0.3) ? 70 : 8) * HOUR) };
    });
  }

  isDown(): boolean {
    const now = this.#nowMs();
    return this.#spans.some(({ fromMs, toMs }) => now >= fromMs && now < toMs);
  }

  failIfDown(): void {
    if (this.isDown()) throw new PipelineError('VendorUnavailable', 'CXone could not be reached (down)');
  }
}
