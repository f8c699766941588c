import { describe, expect, it } from 'vitest';
import { estimatePlan } from '../../../../infra/cost/estimate-plan.ts';
import { DEFAULT_POLLING } from '../../../../lambdas/shared/contracts/polling.ts';

const HOUR = 3_600;
const window = { from: '2026-11-20T00:00:00Z', to: '2026-11-21T00:00:00Z' };

function planOf(requested: number, batchSize: number, change: object = {}) {
  return {
    requested,
    decided: { missing: 0, notReady: 0, duplicate: 0, quarantined: 0 },
    leftOut: { stored: 0, givenUp: 0, erased: 0, taken: 0 },
    window,
    batchCount: Math.ceil(requested / batchSize),
    batchSize,
    concurrency: 10,
    polling: DEFAULT_POLLING,
    ...change,
  };
}

describe('estimatePlan', () => {
  it('counts no requests where jobs fetch the transcripts, and polls as the run does', () => {
    const quick = estimatePlan(planOf(1_000, 100), 'bulk-job', { pollsPerBatch: 6 });
    expect(quick).not.toHaveProperty('vendorRequests');
    expect(quick.stateTransitions).toBe(13 + 10 * (1 + 2 + 6 * 3 + 5));
    const polling = { firstWaitSeconds: 60, longestWaitSeconds: 600 };
    const slow = estimatePlan(planOf(1_000, 100, { polling }), 'bulk-job', { pollsPerBatch: 6 });
    // 2, 3, 5, 7, 11, 16 seconds against 60, 90, 135, 203, 304, 456.
    expect(slow.seconds - quick.seconds).toBe(1_248 - 44);
  });

  it.each([
    ['interaction-analytics', 10_000, 1_000, 10 + 10 + 10_000],
    ['digital-engagement', 10_000, 1_000, 400 + 2 * 10_000],
    ['interaction-analytics', 0, 1_000, 1],
  ] as const)('counts the requests of %s: %i in batches of %i -> %i', (source, requested, size, expected) => {
    const { vendorRequests, assumptions } = estimatePlan(planOf(requested, size), source);
    expect(vendorRequests).toEqual({ count: expected, secondsAtOnce: Math.ceil((expected * 0.3) / 8) });
    expect(assumptions.pollsPerBatch).toBe(0);
  });

  it('asks for each day of a window, and for what it then leaves out', () => {
    const change = {
      window: { ...window, to: '2026-12-20T00:00:00Z' },
      leftOut: { stored: 40_000, givenUp: 0, erased: 0, taken: 0 },
    };
    const count = (plan: object) =>
      estimatePlan(planOf(1_000, 1_000, plan), 'interaction-analytics').vendorRequests?.count;
    expect(count({ window: change.window })).toBe(30 + 1 + 1_000);
    expect(count(change)).toBe(41 + 1 + 1_000);
  });

  it('takes a million segments under a budget for as long as the budget takes, in more passes', () => {
    const plan = planOf(1_000_000, 1_000);
    const free = estimatePlan(plan, 'interaction-analytics');
    const paced = estimatePlan(plan, 'interaction-analytics', { requestsPerSecond: 10 });
    expect(free.vendorRequests?.secondsAtOnce).toBeGreaterThan(10 * HOUR);
    expect(free.seconds).toBeLessThan(3 * HOUR);
    expect(paced.vendorRequests?.secondsOfBudget).toBe(100_200);
    expect(paced.seconds).toBeGreaterThanOrEqual(100_200);
    expect(paced.seconds).toBeLessThan(1.2 * 100_200);
    expect(paced.stateTransitions).toBe(free.stateTransitions + 1_000 * 3);
    expect(paced.dollars).toBeGreaterThan(free.dollars);
    expect(free.stateTransitions / 1_000_000).toBeLessThanOrEqual(0.08);
  });
});
