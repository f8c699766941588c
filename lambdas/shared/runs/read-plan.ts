import { PipelineError } from '../contracts/errors.ts';
import { keys } from '../storage/layout.ts';
import type { ObjectStorage } from '../storage/object-store.ts';
import { readJson } from '../storage/read-json.ts';
import { Plan } from './run-records.ts';

/** The plan of a run, or undefined where there is none (yet). */
export async function findPlan(store: ObjectStorage, runId: string): Promise<Plan | undefined> {
  return (await readJson(store, keys.plan(runId), Plan))?.value;
}

/** @throws PipelineError `DataLakeRejected` when the run has no plan */
export async function readPlan(store: ObjectStorage, runId: string): Promise<Plan> {
  const plan = await findPlan(store, runId);
  if (!plan) throw new PipelineError('DataLakeRejected', 'The run has no plan', { status: 404 });
  return plan;
}
