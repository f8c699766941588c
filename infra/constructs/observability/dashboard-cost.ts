/** Dollars per 1,000 transcripts as a metric, from what CloudWatch knows of the functions and the price table. */
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { Duration } from 'aws-cdk-lib/core';
import { PRICES } from '../../cost/price-table.ts';
import { TASKS, type TaskName } from '../../task-table.ts';
import type { TaskFunction } from '../task-function.ts';
import type { PipelineMetrics } from './pipeline-metrics.ts';

/**
 * State transitions that come with one call of a function: its own, and those of the Wait, Choice, Map and Succeed
 * states beside it. So the account-wide transition count, which mixes all state machines, is not needed.
 */
export const TRANSITIONS_PER_CALL: Readonly<Partial<Record<TaskName, number>>> = {
  /** IsRedelivery?, IsAuthenticated?, HasWork?, ExtractBatches */
  Authenticate: 5,
  /** IsPlanned? */
  PlanExtraction: 2,
  /** IsJobFinished? */
  SubmitTranscriptJob: 2,
  /** WaitForJob, IsJobFinished? */
  GetJobStatus: 3,
  /** The start of the child execution, IsStored?, and BatchExtracted */
  StoreTranscripts: 4,
  /** AllDelivered? */
  DeliverTranscripts: 2,
  /** IsReconciled? */
  ReconcileContacts: 2,
  /** Reconciles?, AnythingUndelivered?, StartDelivery, IsComplete? and the state that ends the run */
  RecordOutcome: 6,
  /** IsComplete? */
  EraseReplaced: 2,
  /** BeginDelivery and the state that ends the delivery */
  ParkDeliveries: 3,
};

/** A task that is not listed counts as itself. */
function transitionsPerCall(name: TaskName): number {
  return TRANSITIONS_PER_CALL[name] ?? 1;
}

/**
 * The metric of dollars per 1,000 transcripts for Step Functions and Lambda at list prices: two thirds of what a
 * transcript costs (see `docs/cost.md`).
 *
 * @param period of one point of the graph
 */
export function costPerThousand(
  functions: Readonly<Record<TaskName, TaskFunction>>,
  metrics: PipelineMetrics,
  period: Duration,
): MathExpression {
  const tasks = (Object.keys(functions) as TaskName[]).map((name, index) => ({
    name,
    task: functions[name],
    calls: `calls${index}`,
    time: `time${index}`,
  }));
  const terms = tasks.map(({ name, calls, time }) => {
    const perCall = transitionsPerCall(name) * PRICES.stateTransition.dollars + PRICES.lambdaRequest.dollars;
    const perMs = (TASKS[name].memoryMB / 1_024 / 1_000) * PRICES.lambdaGBSecond.dollars;
    return `FILL(${calls},0)*${fixed(perCall)}+FILL(${time},0)*${fixed(perMs)}`;
  });
  return new MathExpression({
    // A span in which nothing was stored has no point.
    expression: `1000*(${terms.join('+')})/stored`,
    usingMetrics: Object.fromEntries([
      ['stored', metrics.metric('TranscriptsStored', { period })],
      ...tasks.flatMap(({ task, calls, time }) => [
        [calls, task.function.metricInvocations({ period, statistic: 'Sum' })],
        [time, task.function.metricDuration({ period, statistic: 'Sum' })],
      ]),
    ]),
    label: 'Dollars per 1,000 transcripts (Step Functions, Lambda)',
    period,
  });
}

/** Metric math has no exponents. */
function fixed(value: number): string {
  return value.toFixed(15).replace(/0+$/, '');
}
