/**
 * How long things took, so that percentiles of any number of them can be had from parts that were counted apart: counts
 * by duration, where durations are rounded up to steps of 1.6% at most. A million durations are no more than two thousand
 * counts. Pure.
 */
import * as z from 'zod';

/** Counts by duration in ms, rounded up: `{ "98304": 100 }`. Two of them are added up key by key. */
export const Latencies = z.record(z.string().regex(/^\d{1,15}$/), z.int().positive());
export type Latencies = z.infer<typeof Latencies>;

const milliseconds = z.int().nonnegative();
/** Of so many durations, in ms: half of them took `p50` or less, and so on. */
export const LatencySummary = z.object({
  count: z.int().positive(),
  p50: milliseconds,
  p90: milliseconds,
  p99: milliseconds,
  max: milliseconds,
});
export type LatencySummary = z.infer<typeof LatencySummary>;

/** Leading binary digits that are kept: the step is a 64th of a duration at most. */
const KEPT_BITS = 7;

/**
 * Milliseconds between two ISO times; 0 where the clock was set back in between.
 *
 * @example latencyMs('2026-11-21T00:00:00Z', '2026-11-21T00:00:01.5Z') // 1500
 */
export function latencyMs(from: string, to: string): number {
  return Math.max(0, Date.parse(to) - Date.parse(from));
}

/**
 * The duration rounded up to its step, in ms.
 *
 * @example
 * roundUp(100) // 100
 * roundUp(90_001) // 90112
 */
export function roundUp(ms: number): number {
  const step = 2 ** Math.max(0, Math.floor(Math.log2(Math.max(1, ms))) + 1 - KEPT_BITS);
  return Math.ceil(ms / step) * step;
}

/**
 * The counts of `times` durations of the same length.
 *
 * @example countOf(90_001, 100) // { '90112': 100 }
 */
export function countOf(ms: number, times: number): Latencies {
  return times > 0 ? { [String(roundUp(ms))]: times } : {};
}

/**
 * Adds the counts of `more` to those of `sum`, in place.
 *
 * @example addLatencies({ '1000': 1 }, { '1000': 2 }) // the first is { '1000': 3 } now
 */
export function addLatencies(sum: Latencies, more: Latencies): void {
  for (const [ms, count] of Object.entries(more)) sum[ms] = (sum[ms] ?? 0) + count;
}

/**
 * Percentiles by nearest rank; undefined where nothing was counted.
 *
 * @example
 * summarise({ '1000': 98, '5000': 2 }) // { count: 100, p50: 1000, p90: 1000, p99: 5000, max: 5000 }
 * summarise({}) // undefined
 */
export function summarise(latencies: Latencies): LatencySummary | undefined {
  const sorted = Object.entries(latencies)
    .map(([ms, count]) => ({ ms: Number(ms), count }))
    .sort((a, b) => a.ms - b.ms);
  const count = sorted.reduce((sum, each) => sum + each.count, 0);
  const max = sorted.at(-1)?.ms;
  if (max === undefined) return undefined;
  const percentile = (share: number) => {
    let rest = Math.ceil(share * count);
    for (const each of sorted) {
      rest -= each.count;
      if (rest <= 0) return each.ms;
    }
    return max;
  };
  return { count, p50: percentile(0.5), p90: percentile(0.9), p99: percentile(0.99), max };
}
