/** Who may send how many requests of a budget. Rates are requests per second. Pure. */
import type { Priority } from '../../contracts/priority.ts';

/** Of the budget, what is kept free of backfills: a daily run begins with it while they still hold the rest. */
const KEPT_FOR_DAILY = 0.15;
/** Of the budget, what backfills get while daily runs could use all of it: they go on, or they would run out of patience. */
const KEPT_FOR_BACKFILLS = 0.05;

/** One who sends requests. */
export interface Holder {
  id: string;
  priority: Priority;
  /** What it could use, per second. */
  want: number;
}

/**
 * The share of each holder: the daily runs first, then the backfills, and among equals nobody more than it wants while
 * another one has less than it wants.
 *
 * @example splitBudget(100, [{ id: 'a', priority: 'backfill', want: 500 }]) // a: 85
 * splitBudget(100, [daily a that wants 500, backfill b that wants 500]) // a: 95, b: 5
 */
export function splitBudget(budget: number, holders: readonly Holder[]): Map<string, number> {
  const daily = holders.filter(({ priority }) => priority === 'daily');
  const backfills = holders.filter(({ priority }) => priority === 'backfill');
  const ofDaily = fairShares(backfills.length === 0 ? budget : budget * (1 - KEPT_FOR_BACKFILLS), daily);
  const left = budget - [...ofDaily.values()].reduce((sum, share) => sum + share, 0);
  return new Map([...ofDaily, ...fairShares(Math.min(left, budget * (1 - KEPT_FOR_DAILY)), backfills)]);
}

/** Max-min fairness: who wants least is served first, so that what it leaves goes to the others. */
function fairShares(budget: number, holders: readonly Holder[]): Map<string, number> {
  const shares = new Map<string, number>();
  let left = budget;
  const hungriest = holders.toSorted((a, b) => a.want - b.want);
  for (const [at, { id, want }] of hungriest.entries()) {
    const share = Math.min(want, left / (holders.length - at));
    shares.set(id, share);
    left -= share;
  }
  return shares;
}
