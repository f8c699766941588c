/** Why interactions of a run are not stored, for those who look at the run and not at each of them. Pure. */
import { RUN_STOPPED } from '../contracts/errors.ts';
import type { Plan, RunFailure } from './run-records.ts';
import { RUN_ENDED } from './seal-batches.ts';
import type { Tally } from './tally.ts';

/** Errors that follow from others: batches that were stopped, or never begun, because of those. */
const CONSEQUENCES: readonly string[] = [RUN_ENDED, RUN_STOPPED];

/** More than the pipeline and AWS have names for, in one run. */
const MAX_FAILURES = 20;

/**
 * The errors of a run, those that are causes first, of these the most frequent first.
 *
 * @example 200 interactions of stopped batches, 5 refused by CXone -> VendorRejected before RunEnded
 */
export function rankFailures(plan: Pick<Plan, 'decided'>, tally: Pick<Tally, 'failures'>): RunFailure[] {
  const failures = new Map(tally.failures);
  if (plan.decided.quarantined > 0) {
    const { interactions = 0, batches = 0 } = failures.get('ContractViolation') ?? {};
    failures.set('ContractViolation', { interactions: interactions + plan.decided.quarantined, batches });
  }
  return [...failures]
    .map(([error, count]) => ({ error, ...count }))
    .sort((a, b) => rankOf(a) - rankOf(b) || b.interactions - a.interactions || (a.error < b.error ? -1 : 1))
    .slice(0, MAX_FAILURES);
}

function rankOf({ error }: RunFailure): number {
  return CONSEQUENCES.includes(error) ? 1 : 0;
}
