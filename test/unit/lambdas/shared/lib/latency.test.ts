import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addLatencies,
  countOf,
  type Latencies,
  latencyMs,
  roundUp,
  summarise,
} from '../../../../../lambdas/shared/lib/latency.ts';

describe('latencyMs', () => {
  it.each([
    ['2026-11-22T10:00:00.000Z', '2026-11-22T10:01:30.500Z', 90_500],
    ['2026-11-22T10:00:00.000Z', '2026-11-22T09:59:59.000Z', 0],
  ])('from %s to %s: %i', (from, to, expected) => {
    expect(latencyMs(from, to)).toBe(expected);
  });
});

describe('roundUp', () => {
  it.each([
    [0, 0],
    [1, 1],
    [127, 127],
    [128, 128],
    [129, 130],
    [90_001, 90_112],
  ])('%i -> %i', (ms, expected) => {
    expect(roundUp(ms)).toBe(expected);
  });

  it('never rounds down, nor up by more than a 64th', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000_000 }), (ms) => {
        expect(roundUp(ms)).toBeGreaterThanOrEqual(ms);
        expect(roundUp(ms)).toBeLessThanOrEqual(ms + ms / 64);
        expect(roundUp(roundUp(ms))).toBe(roundUp(ms));
      }),
    );
  });
});

describe('percentiles', () => {
  it.each<[string, Latencies, unknown]>([
    ['nothing', {}, undefined],
    ['one', { 1000: 1 }, { count: 1, p50: 1000, p90: 1000, p99: 1000, max: 1000 }],
    ['a tail', { 1000: 98, 5000: 2 }, { count: 100, p50: 1000, p90: 1000, p99: 5000, max: 5000 }],
    ['by number, not by text', { 900: 1, 10000: 1 }, { count: 2, p50: 900, p90: 10000, p99: 10000, max: 10000 }],
  ])('of %s', (_name, latencies, expected) => {
    expect(summarise(latencies)).toEqual(expected);
  });

  it('are those of all durations, however they were counted apart', () => {
    const durations = fc.array(fc.integer({ min: 0, max: 90_000_000 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(durations, fc.integer({ min: 1, max: 40 }), (all, batchSize) => {
        const sum: Latencies = {};
        for (let from = 0; from < all.length; from += batchSize) {
          const ofBatch: Latencies = {};
          for (const ms of all.slice(from, from + batchSize)) addLatencies(ofBatch, countOf(ms, 1));
          addLatencies(sum, ofBatch);
        }
        const sorted = all.map(roundUp).sort((a, b) => a - b);
        const rank = (share: number) => sorted[Math.ceil(share * sorted.length) - 1];
        expect(summarise(sum)).toEqual({
          count: all.length,
          p50: rank(0.5),
          p90: rank(0.9),
          p99: rank(0.99),
          max: sorted.at(-1),
        });
      }),
    );
  });

  it('of a million durations need no more than two thousand counts', () => {
    const sum: Latencies = {};
    for (let index = 0; index < 1_000_000; index += 1) addLatencies(sum, countOf(Math.floor(1.0000231 ** index), 1));
    expect(Object.keys(sum).length).toBeLessThan(2_000);
    expect(summarise(sum)?.count).toBe(1_000_000);
  });
});
