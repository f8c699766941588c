/** Last state of a run: adds up what became of every interaction, and closes the run with its manifest. */
import { DataLakeConfig, readConfig } from '../shared/config.ts';
import { RecordOutcomeInput, RecordOutcomeOutput } from '../shared/contracts.ts';
import { ObjectStore } from '../shared/object-store.ts';
import { readPlan } from '../shared/read-plan.ts';
import { defineTask } from '../shared/task-middleware.ts';
import { emitRunMetrics } from './emit-run-metrics.ts';
import { recordRun, reportDryRun } from './record-run.ts';

const store = new ObjectStore(readConfig(DataLakeConfig).DATA_LAKE_BUCKET);

export const handler = defineTask({
  input: RecordOutcomeInput,
  output: RecordOutcomeOutput,
  async run({ runId, mapError }, { logger, metrics }) {
    const plan = await readPlan(store, runId);
    if (plan.dryRun) return reportDryRun(plan);

    const { manifest, output } = await recordRun(store, plan);
    emitRunMetrics(metrics, manifest);
    const { status, counts, delivery, cost } = manifest;
    logger.info('Run recorded', { status, counts, delivery, cost, ...(mapError && { mapError }) });
    return output;
  },
});
