/**
 * Shares of a budget as leases of some seconds: a share counts until its lease has ended, whatever became of its holder.
 * Times are ms of the epoch, rates per second. Pure.
 */
import { rateAt, type Throttle } from './adaptive-rate.ts';
import { type Holder, splitBudget } from './split-budget.ts';

/**
 * From the beginning of a lease to its renewal, in ms; and what each other holder adds to it, so that however many there are,
 * seven of them a second write to the one object that they share.
 */
const RENEW_MS = 2_000;
const RENEW_MS_FOR_EACH = 150;
/** A lease lasts for so many renewals: a write to S3 that fails can be tried again before it has ended. */
const RENEWALS = 2;
/** Of the time to a renewal, when a holder with less than it is entitled to looks again: others give back what is too much. */
const LOOK_AGAIN = 0.25;
/** The clocks of two functions differ by some hundred ms at most; what another one holds is its own for so much longer. */
const SKEW_MS = 1_000;
/** Of the budget, what is leased out: the rest is for answers' time on the way, which brings requests closer together. */
const LEASED = 0.95;
/** Of what a holder is entitled to, from which on it does not look for more. */
const ENOUGH = 0.9;

/** A share, and until when it is its holder's. */
export interface Lease extends Holder {
  share: number;
  untilMs: number;
}

/** A budget as its holders share it. */
export interface Budget {
  throttle?: Throttle | undefined;
  leases: Lease[];
}

/** What a holder gets. */
export interface Renewal {
  budget: Budget;
  share: number;
  /** The share that it would have if the others held no more than theirs. */
  entitled: number;
  untilMs: number;
  /** When to ask again. */
  renewMs: number;
}

/**
 * The budget once a holder has taken its share for the next seconds: what it is entitled to among all holders, of what
 * the leases of the others leave free.
 *
 * @param perSecond the whole budget
 * @example renewLease({ leases: [] }, { id: 'a', priority: 'daily', want: 500 }, 100, 0).share // 95
 */
export function renewLease({ leases, ...rest }: Budget, holder: Holder, perSecond: number, nowMs: number): Renewal {
  const others = leases.filter(({ id, untilMs }) => id !== holder.id && nowMs < untilMs + SKEW_MS);
  const leased = rateAt(perSecond, rest.throttle, nowMs) * LEASED;
  const entitled = splitBudget(leased, [...others, holder]).get(holder.id) ?? 0;
  const free = leased - others.reduce((sum, { share }) => sum + share, 0);
  const share = Math.max(0, Math.min(entitled, free));
  const renewInMs = Math.max(RENEW_MS, RENEW_MS_FOR_EACH * others.length);
  const untilMs = nowMs + RENEWALS * renewInMs;
  return {
    budget: { ...rest, leases: [...others, { ...holder, share, untilMs }] },
    share,
    entitled,
    untilMs,
    renewMs: nowMs + (share < ENOUGH * entitled ? LOOK_AGAIN : 1) * renewInMs,
  };
}

/**
 * The budget without the lease of a holder, which sends nothing more.
 *
 * @example returnLease({ leases: [leaseOfA, leaseOfB] }, 'a') // { leases: [leaseOfB] }
 */
export function returnLease(budget: Budget, id: string): Budget {
  return { ...budget, leases: budget.leases.filter((lease) => lease.id !== id) };
}
