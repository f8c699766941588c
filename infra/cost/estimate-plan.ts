/** What a plan will take: transitions, time and dollars. Pure. */
import { BILLED, type CostEstimate, estimateCost, TYPICAL } from './cost-model.ts';

/** Seconds until a poll finds a job finished, by how often it is polled: the waits of GetJobStatus, added up. */
const WAITS_SECONDS = [2, 3, 5, 7, 11, 16, 23, 35, 52];
const LONGEST_WAIT_SECONDS = 60;

export interface PlanEstimate {
  /** Interactions that go into batches. */
  toExtract: number;
  batches: number;
  batchSize: number;
  concurrency: number;
  stateTransitions: number;
  seconds: number;
  dollars: number;
  dollarsPerThousand: number;
  /** What the estimate rests on. */
  assumptions: { pollsPerBatch: number; artifactKB: number };
  cost: CostEstimate;
}

/** What the estimate reads of a plan (`plan.json`). */
interface PlannedRun {
  /** Interactions that were asked for. */
  requested: number;
  /** Those among them that go into no batch. */
  decided: { missing: number; notReady: number; duplicate: number; quarantined: number };
  batchCount: number;
  batchSize: number;
  concurrency: number;
  planningCalls?: number | undefined;
}

export interface EstimateOptions {
  /** Polls until a job of the vendor is finished. */
  pollsPerBatch?: number;
  /** Size of a transcript as the vendor hands it out. */
  artifactKB?: number;
}

/**
 * State transitions, time and dollars of a plan.
 *
 * @example 1,000 interactions in ten batches at a concurrency of ten -> 212 transitions, 23 s, 0.9 cents
 */
export function estimatePlan(plan: PlannedRun, options: EstimateOptions = {}): PlanEstimate {
  const { pollsPerBatch = TYPICAL.pollsPerBatch, artifactKB = TYPICAL.artifactKB } = options;
  const { missing, notReady, duplicate, quarantined } = plan.decided;
  const toExtract = plan.requested - missing - notReady - duplicate - quarantined;
  const { batchSize, planningCalls = 1 } = plan;
  const cost = estimateCost({ transcripts: toExtract, batchSize, pollsPerBatch, artifactKB, planningCalls });
  return {
    toExtract,
    batches: plan.batchCount,
    batchSize: plan.batchSize,
    concurrency: plan.concurrency,
    stateTransitions: cost.stateTransitions,
    seconds: durationSeconds(plan, toExtract, pollsPerBatch, artifactKB),
    dollars: cost.dollars,
    dollarsPerThousand: cost.dollarsPerThousand,
    assumptions: { pollsPerBatch, artifactKB },
    cost,
  };
}

/** Batches go side by side, as many as the concurrency allows; planning and recording come before and after. */
function durationSeconds(plan: PlannedRun, toExtract: number, pollsPerBatch: number, artifactKB: number): number {
  const perBatch = plan.batchCount === 0 ? 0 : toExtract / plan.batchCount;
  const waits = Array.from({ length: pollsPerBatch }, (_, poll) => WAITS_SECONDS[poll] ?? LONGEST_WAIT_SECONDS);
  const jobMs = 1_000 * waits.reduce((sum, wait) => sum + wait, 0);
  const callMs = BILLED.invocationMs + BILLED.vendorCallMs;
  const storeMs = ((perBatch * artifactKB) / 1_000) * BILLED.storeMsPerMB;
  const batchMs = callMs * (2 + pollsPerBatch) + jobMs + storeMs + perBatch * BILLED.deliverMsPerTranscript;
  const rounds = Math.ceil(plan.batchCount / plan.concurrency);
  const aroundMs =
    2 * callMs + (toExtract / 1_000) * BILLED.planMsPerThousand + plan.batchCount * BILLED.recordMsPerBatch;
  return Math.ceil((rounds * batchMs + aroundMs) / 1_000);
}
