/** Turns the execution's input into batches of interaction ids in S3. */
import { readConfig } from '../shared/config.ts';
import { PlanExtractionInput, PlanExtractionOutput } from '../shared/contracts.ts';
import { BulkJobSource } from '../shared/cxone/bulk-job.ts';
import { type ExecutionInput, parseExecutionInput } from '../shared/execution-input.ts';
import { ObjectStore } from '../shared/object-store.ts';
import { defineTask, type TaskContext } from '../shared/task-middleware.ts';
import { PlanConfig, planSettings } from './plan-config.ts';
import { planRun } from './plan-run.ts';
import type { Planner } from './planner.ts';
import { searchByIds, searchPage } from './vendor-search.ts';
import { planOutput } from './write-plan.ts';

const config = readConfig(PlanConfig);
const settings = planSettings(config);
const source = new BulkJobSource(config);
const store = new ObjectStore(config.DATA_LAKE_BUCKET);

export const handler = defineTask({
  input: PlanExtractionInput,
  output: PlanExtractionOutput,
  async run({ runId, startedAt, input: value }, task) {
    const input = parseExecutionInput(value);
    const plan = await planRun(plannerFor(task), { runId, startedAt, ...sizesOf(input) }, input);
    if (!plan) {
      task.logger.info('Planning goes on in a further call');
      return { again: true as const, runId };
    }
    const { requested, batchCount, decided, leftOut, window, dryRun } = plan;
    task.logger.info('Extraction planned', {
      source: plan.source,
      requested,
      batchCount,
      decided,
      leftOut,
      window,
      notSearched: plan.notSearched,
      dryRun,
    });
    return planOutput(plan, store.bucket, settings.toleratedFailurePercentage);
  },
});

function plannerFor(task: TaskContext): Planner {
  const search = searchPage(source, task);
  return {
    store,
    storeOf: (bucket) => (bucket === store.bucket ? store : new ObjectStore(bucket)),
    search,
    searchByIds: searchByIds(search, task),
    settings,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION ?? 'unknown',
    nowMs: Date.now,
    callMs: task.remainingMs(),
    remainingMs: task.remainingMs,
    note: (message, facts) => task.logger.warn(message, facts as Record<string, string>),
  };
}

function sizesOf(input: ExecutionInput) {
  const sizes = 'redeliverRun' in input ? undefined : input;
  return {
    dryRun: sizes?.dryRun ?? false,
    batchSize: sizes?.batchSize ?? settings.batchSize,
    concurrency: sizes?.concurrency ?? settings.concurrency,
  };
}
