/** Last state of a run: adds up what became of every interaction, and closes the run with its manifest. */

import { RecordOutcomeInput, RecordOutcomeOutput } from '../shared/contracts/states/record-outcome.ts';
import { readPlan } from '../shared/runs/read-plan.ts';
import { recordRun } from '../shared/runs/record-run.ts';
import { countReplaced } from '../shared/runs/replaced-versions.ts';
import { ObjectStore } from '../shared/storage/object-store.ts';
import { readConfig } from '../shared/task/config/read-config.ts';
import { TASK_CONFIG } from '../shared/task/config/task-config.ts';
import { defineTask } from '../shared/task/middleware.ts';
import { emitRunMetrics } from './emit-run-metrics.ts';
import { dryRunOutput, runOutput } from './run-output.ts';

const config = readConfig(TASK_CONFIG.RecordOutcome);
const store = new ObjectStore(config.DATA_LAKE_BUCKET);
const functionVersion = process.env.AWS_LAMBDA_FUNCTION_VERSION ?? 'unknown';

/** The state RecordOutcome. */
export const handler = defineTask({
  input: RecordOutcomeInput,
  output: RecordOutcomeOutput,
  async run({ runId, mapError }, { logger, metrics }) {
    const plan = await readPlan(store, runId);
    if (plan.dryRun) return dryRunOutput(plan);

    const maxAttempts = config.MAX_ATTEMPTS;
    const recorder = { store, runId, maxAttempts, functionVersion, nowMs: Date.now(), stoppedBy: mapError };
    const manifest = await recordRun(recorder, plan);
    emitRunMetrics(metrics, manifest, config.STAGE);
    const { status, counts, failures, notSearched, continuedBy, delivery, cost, reconciliation } = manifest;
    logger.info('Run recorded', {
      status,
      counts,
      failures,
      ...(notSearched && { notSearched }),
      ...(continuedBy !== undefined && { continuedBy }),
      delivery,
      cost,
      ...(reconciliation && { reconciliation }),
      ...(mapError && { mapError }),
    });
    return runOutput(manifest, plan, await countReplaced(store));
  },
});
