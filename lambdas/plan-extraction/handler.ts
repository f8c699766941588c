/** Turns the execution's input into batches of interaction ids in S3. */
import { readConfig } from '../shared/config.ts';
import { PlanExtractionInput, PlanExtractionOutput } from '../shared/contracts.ts';
import { BulkJobSource } from '../shared/cxone/bulk-job.ts';
import { type ExecutionInput, parseExecutionInput } from '../shared/execution-input.ts';
import { ObjectStore } from '../shared/object-store.ts';
import { findPlan } from '../shared/runs/read-plan.ts';
import { defineTask } from '../shared/task-middleware.ts';
import { PlanConfig } from './plan-config.ts';
import { selectCandidates } from './select-candidates.ts';
import { searchByIds, searchPage } from './vendor-search.ts';
import { planOutput, writePlan } from './write-plan.ts';

const config = readConfig(PlanConfig);
const source = new BulkJobSource(config);
const store = new ObjectStore(config.DATA_LAKE_BUCKET);

export const handler = defineTask({
  input: PlanExtractionInput,
  output: PlanExtractionOutput,
  async run({ runId, startedAt, input: value }, task) {
    const input = parseExecutionInput(value);
    const earlier = await findPlan(store, runId);
    if (earlier) return planOutput(earlier, store.bucket);

    const search = searchPage(source, task);
    const selection = await selectCandidates(input, { searchByIds: searchByIds(search, task) });
    const plan = await writePlan(store, { runId, startedAt, ...frameOf(input) }, selection);
    const { requested, batchCount, decided, leftOut, dryRun } = plan;
    task.logger.info('Extraction planned', { source: plan.source, requested, batchCount, decided, leftOut, dryRun });
    return planOutput(plan, store.bucket);
  },
});

function frameOf(input: ExecutionInput) {
  const sizes = 'redeliverRun' in input ? undefined : input;
  return {
    dryRun: sizes?.dryRun ?? false,
    batchSize: sizes?.batchSize ?? config.BATCH_SIZE,
    concurrency: sizes?.concurrency ?? config.BATCH_CONCURRENCY,
  };
}
