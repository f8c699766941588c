import { PipelineError } from '../contracts/errors.ts';
import { keys } from '../storage/layout.ts';
import type { ObjectStorage } from '../storage/object-store.ts';
import { readJson } from '../storage/read-json.ts';
import { Plan } from './run-records.ts';

/**
 * The plan of a run, or undefined where there is none (yet).
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 * @example (await findPlan(store, 'daily-1'))?.batchCount // 12
 */
export async function findPlan(store: ObjectStorage, runId: string): Promise<Plan | undefined> {
  return (await readJson(store, keys.plan(runId), Plan))?.value;
}

/**
 * The plan of a run that must have one.
 *
 * @throws PipelineError `DataLakeRejected` when the run has no plan
 * @example (await readPlan(store, 'daily-1')).batchCount // 12
 */
export async function readPlan(store: ObjectStorage, runId: string): Promise<Plan> {
  const plan = await findPlan(store, runId);
  if (!plan) throw new PipelineError('DataLakeRejected', 'The run has no plan', { status: 404 });
  return plan;
}
