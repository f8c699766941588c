import { describe, expect, it } from 'vitest';
import {
  type Budget,
  type Lease,
  renewLease,
  returnLease,
} from '../../../../../../lambdas/shared/lib/pacing/lease-budget.ts';

const NOW = 1_000_000;
const lease = (id: string, share: number, change: Partial<Lease> = {}): Lease => ({
  id,
  priority: 'backfill',
  want: 100,
  share,
  untilMs: NOW + 2_000,
  ...change,
});
const me = { id: 'me', priority: 'daily' as const, want: 100 };
const renew = (leases: Lease[], throttle?: Budget['throttle']) => renewLease({ leases, throttle }, me, 100, NOW);

describe('renewLease', () => {
  it.each([
    ['all there is, alone', [], 95, 2_000],
    ['what it had, too', [lease('me', 95)], 95, 2_000],
    ['what a backfill leaves, at first', [lease('b', 80.75)], 14.25, 500],
    ['nothing where all is taken', [lease('b', 95)], 0, 500],
    ['all but the least of a backfill, once that knows of it', [lease('b', 4.75)], 90.25, 2_000],
    ['half, beside its like', [lease('d', 47.5, { priority: 'daily' })], 47.5, 2_000],
    ['what one that is dead had', [lease('b', 80.75, { untilMs: NOW - 1_001 })], 95, 2_000],
    ['not yet what one may still use whose clock is slow', [lease('b', 80.75, { untilMs: NOW - 900 })], 14.25, 500],
  ])('gives %s', (_name, leases, share, renewInMs) => {
    const renewal = renew(leases);
    expect(renewal.share).toBeCloseTo(share);
    expect(renewal.renewMs - NOW).toBe(renewInMs);
    expect(renewal.budget.leases.at(-1)).toEqual({ ...me, share: renewal.share, untilMs: NOW + 4_000 });
    expect(renewal.budget.leases.filter(({ id }) => id === 'me')).toHaveLength(1);
  });

  it('shares out what the API is thought to bear', () => {
    expect(renew([], { refusals: 1, rate: 50, untilMs: NOW }).share).toBe(47.5);
  });

  it('lasts longer the more there are', () => {
    const many = Array.from({ length: 40 }, (_, index) => lease(`b${index}`, 0));
    expect(renew(many).untilMs - NOW).toBe(2 * 40 * 150);
  });

  it('never gives more than there is, whoever comes', () => {
    let budget: Budget = { leases: [] };
    for (let index = 0; index < 50; index += 1) {
      const priority = index % 3 === 0 ? 'daily' : 'backfill';
      ({ budget } = renewLease(
        budget,
        { id: `h${(index * 7) % 20}`, priority, want: index * 3 },
        100,
        NOW + index * 97,
      ));
      const sum = budget.leases.reduce((total, { share }) => total + share, 0);
      expect(sum).toBeLessThanOrEqual(95.000_001);
    }
  });
});

it('returnLease leaves those of others', () => {
  const throttle = { refusals: 1, rate: 50, untilMs: NOW };
  const [mine, other] = [lease('a', 10), lease('b', 20)];
  expect(returnLease({ throttle, leases: [mine, other] }, 'a')).toEqual({ throttle, leases: [other] });
});
