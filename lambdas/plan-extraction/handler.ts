/** Turns the execution's input into batches of interaction ids in S3. */
import type { z } from 'zod';
import { type ExecutionInput, parseExecutionInput } from '../shared/contracts/execution-input.ts';
import { priorityOf } from '../shared/contracts/priority.ts';
import { PlanExtractionInput, PlanExtractionOutput } from '../shared/contracts/states/plan-extraction.ts';
import { paced } from '../shared/storage/leased-pacer.ts';
import { ObjectStore } from '../shared/storage/object-store.ts';
import { readConfig } from '../shared/task/config/read-config.ts';
import { TASK_CONFIG } from '../shared/task/config/task-config.ts';
import { defineTask, type PacedContext } from '../shared/task/middleware.ts';
import { createSource } from '../shared/vendor/create-source.ts';
import { deadlineAfter } from '../shared/vendor/job-timing.ts';
import { namesTime, unlessPutOff } from '../shared/vendor/put-off.ts';
import { requestBudget } from '../shared/vendor/request-budget.ts';
import { planSettings } from './plan-config.ts';
import { planRun } from './plan-run.ts';
import type { Planner } from './planner.ts';
import { SEARCH_MS } from './planning.ts';
import { askAboutIds } from './search/ask-about-ids.ts';
import { withWordLevel } from './word-level.ts';
import { planOutput } from './write-plan.ts';

const config = readConfig(TASK_CONFIG.PlanExtraction);
const settings = planSettings(config);
const source = createSource(config);
const store = new ObjectStore(config.DATA_LAKE_BUCKET);
const budget = requestBudget(config);

/** The state PlanExtraction. */
export const handler = defineTask({
  input: PlanExtractionInput,
  output: PlanExtractionOutput,
  async run(input, task) {
    // An outage has its time from `endOfCall`, as long as patience with it lasts.
    // Twice what the search takes: it gives up by itself before that, and plans what it has found.
    const patienceSeconds = (2 * SEARCH_MS) / 1000;
    const deadlineAt = deadlineAfter(Date.parse(input.startedAt), patienceSeconds);
    return paced(store, budget, priorityOf(input.input), task, (pacer) =>
      unlessPutOff(() => plan(input, { ...task, pacer }), { deadlineAt }, patienceSeconds, namesTime),
    );
  },
});

async function plan({ runId, startedAt, input: value }: z.output<typeof PlanExtractionInput>, task: PacedContext) {
  const input = withWordLevel(parseExecutionInput(value), config.CXONE_SOURCE, config.WORD_LEVEL === 'true');
  const planned = await planRun(plannerFor(task), { runId, startedAt, ...sizesOf(input) }, input);
  if (!planned) {
    task.logger.info('Planning goes on in a further call');
    return { again: true as const, waitSeconds: 1 };
  }
  const { requested, batchCount, decided, leftOut, window, notSearched, dryRun } = planned;
  task.logger.info('Extraction planned', {
    source: planned.source,
    requested,
    batchCount,
    decided,
    leftOut,
    window,
    notSearched,
    dryRun,
  });
  return planOutput(planned, store.bucket, settings.toleratedFailurePercentage, config.CXONE_SOURCE);
}

function plannerFor(task: PacedContext): Planner {
  return {
    store,
    storeOf: (bucket) => (bucket === store.bucket ? store : new ObjectStore(bucket)),
    discover: (slice, isTooLong) => source.discover(slice, isTooLong, task),
    searchByIds: askAboutIds((ids, hints) => source.lookUp(ids, task, hints), task),
    newVersions: source.newVersions,
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
    polling: {
      firstWaitSeconds: sizes?.pollFirstWaitSeconds ?? config.POLL_FIRST_WAIT_SECONDS,
      longestWaitSeconds: sizes?.pollLongestWaitSeconds ?? config.POLL_LONGEST_WAIT_SECONDS,
    },
  };
}
