import { PipelineError } from './errors.ts';
import { keys } from './keys.ts';
import type { ObjectStore } from './object-store.ts';
import { Plan } from './run-records.ts';
import { parseOrThrow } from './validation.ts';

/** The plan of a run, or undefined where there is none (yet). */
export async function findPlan(store: ObjectStore, runId: string): Promise<Plan | undefined> {
  const found = await store.readText(keys.plan(runId));
  return found && parseOrThrow(Plan, JSON.parse(found.text), 'ContractViolation', 'plan of the run');
}

/** @throws PipelineError `DataLakeRejected` when the run has no plan */
export async function readPlan(store: ObjectStore, runId: string): Promise<Plan> {
  const plan = await findPlan(store, runId);
  if (!plan) throw new PipelineError('DataLakeRejected', 'The run has no plan', { status: 404 });
  return plan;
}
