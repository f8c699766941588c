/** Ends a call of the planner that the vendor breaks off, so that a later one goes on with it. */
import { isOutage } from '../../shared/vendor/put-off.ts';
import type { PlanFrame, Planner } from '../planner.ts';
import { type Planning, savePlanning } from '../planning.ts';
import type { SearchByIds } from './check-ids.ts';
import { endOfCall, noteStall } from './go-on-later.ts';

/**
 * Notes whether calls get on, and ends this one.
 *
 * @param hasGotOn whether the call has kept anything that the next one need not ask for
 * @throws PipelineError the error, with the seconds that it is put off by, if it is
 */
export async function breakOff(
  { store, settings, nowMs }: Planner,
  runId: string,
  planning: Planning,
  error: unknown,
  hasGotOn: boolean,
): Promise<never> {
  if (!isOutage(error)) throw error;
  const { stalledSince } = planning;
  const { patienceMs } = settings;
  const call = { hasGotOn, stalledSince, nowMs: nowMs(), patienceMs, random: Math.random() };
  const end = endOfCall(error, call);
  await savePlanning(store, runId, noteStall(planning, end.stalledSince));
  throw end.error;
}

/**
 * The search by ids for an input that names few: none of it is kept from call to call, so that an outage counts from the
 * start of the run.
 */
export function searchInOneCall(planner: Planner, { startedAt }: Pick<PlanFrame, 'startedAt'>): SearchByIds {
  const { searchByIds, nowMs, settings } = planner;
  return async (interactionIds, hints) => {
    try {
      return await searchByIds(interactionIds, hints);
    } catch (error) {
      if (!isOutage(error)) throw error;
      const { patienceMs } = settings;
      const call = { hasGotOn: false, stalledSince: startedAt, nowMs: nowMs(), patienceMs, random: Math.random() };
      throw endOfCall(error, call).error;
    }
  };
}
