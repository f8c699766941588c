/** What a plan will take: transitions, requests to the vendor, time and dollars. Pure. */
import type { Polling } from '../../lambdas/shared/contracts/polling.ts';
import { type DirectFacts, FETCHED_AT_ONCE, SOURCE_FACTS } from '../../lambdas/shared/contracts/source-facts.ts';
import type { SourceName } from '../../lambdas/shared/contracts/source-name.ts';
import { backOffSeconds } from '../../lambdas/shared/vendor/job-timing.ts';
import { TASKS } from '../task-table.ts';
import { BILLED, type CostEstimate, estimateCost, TYPICAL } from './cost-model.ts';
import { type VendorRequests, vendorRequests } from './vendor-requests.ts';

/** Of a call of the store step: what is left then is for what was fetched, see `fetch-batch.ts`. */
const SHARE_TO_FETCH = 0.85;

export interface PlanEstimate {
  /** Interactions that go into batches. */
  toExtract: number;
  batches: number;
  batchSize: number;
  concurrency: number;
  stateTransitions: number;
  /** Left out where jobs fetch them. */
  vendorRequests?: VendorRequests;
  seconds: number;
  dollars: number;
  dollarsPerThousand: number;
  /** What the estimate rests on. */
  assumptions: { pollsPerBatch: number; artifactKB: number; requestsPerSecond?: number };
  cost: CostEstimate;
}

/** What the estimate reads of a plan (`plan.json`). */
interface PlannedRun {
  /** Interactions that were asked for. */
  requested: number;
  /** Those among them that go into no batch. */
  decided: { missing: number; notReady: number; duplicate: number; quarantined: number };
  leftOut: { stored: number; givenUp: number; erased: number; taken: number };
  window?: { from: string; to: string } | undefined;
  batchCount: number;
  batchSize: number;
  concurrency: number;
  polling: Polling;
  planningCalls?: number | undefined;
}

export interface EstimateOptions {
  /** Polls until a job of the vendor is finished. */
  pollsPerBatch?: number;
  /** Size of a transcript as the vendor hands it out. */
  artifactKB?: number;
  /** The budget of requests that all runs of a tenant share; none where left out. */
  requestsPerSecond?: number;
}

/** What a batch takes besides its transcripts' bytes. */
interface Pace {
  pollsPerBatch: number;
  passesPerBatch: number;
  fetchMsPerTranscript: number;
}

/**
 * State transitions, requests, time and dollars of a plan.
 *
 * @example 1,000 interactions of bulk jobs in ten batches at a concurrency of ten -> 212 transitions, 23 s, 0.9 cents
 */
export function estimatePlan(plan: PlannedRun, source: SourceName, options: EstimateOptions = {}): PlanEstimate {
  const { artifactKB = TYPICAL.artifactKB, requestsPerSecond } = options;
  const { missing, notReady, duplicate, quarantined } = plan.decided;
  const toExtract = plan.requested - missing - notReady - duplicate - quarantined;
  const { batchSize, planningCalls = 1, batchCount, window, leftOut, concurrency } = plan;
  const { direct } = SOURCE_FACTS[source];
  const listedBesides = plan.requested - toExtract + leftOut.stored + leftOut.givenUp + leftOut.erased + leftOut.taken;
  const asked = { toExtract, batches: batchCount, listedBesides, window };
  const requests = direct && vendorRequests(direct, asked, requestsPerSecond);
  const { pollsPerBatch = TYPICAL.pollsPerBatch } = options;
  const pace = direct
    ? paceOfFetching(plan, direct, toExtract, requestsPerSecond)
    : { pollsPerBatch, passesPerBatch: 1, fetchMsPerTranscript: 0 };
  const cost = estimateCost({ transcripts: toExtract, batchSize, artifactKB, planningCalls, ...pace });
  return {
    toExtract,
    batches: batchCount,
    batchSize,
    concurrency,
    stateTransitions: cost.stateTransitions,
    ...(requests && { vendorRequests: requests }),
    seconds: Math.max(durationSeconds(plan, toExtract, pace, artifactKB), requests?.secondsOfBudget ?? 0),
    dollars: cost.dollars,
    dollarsPerThousand: cost.dollarsPerThousand,
    assumptions: {
      pollsPerBatch: pace.pollsPerBatch,
      artifactKB,
      ...(requestsPerSecond !== undefined && { requestsPerSecond }),
    },
    cost,
  };
}

/** Batches share the budget; one that is slowed down by it takes more passes, and is paid for while it waits. */
function paceOfFetching(plan: PlannedRun, direct: DirectFacts, toExtract: number, requestsPerSecond?: number): Pace {
  const { batchCount, concurrency } = plan;
  const atOnce = Math.max(1, Math.min(batchCount, concurrency));
  const unpacedMs = BILLED.vendorCallMs / FETCHED_AT_ONCE;
  const pacedMs = requestsPerSecond === undefined ? 0 : (1_000 * atOnce) / requestsPerSecond;
  const fetchMsPerTranscript = direct.requestsEach * Math.max(unpacedMs, pacedMs);
  const perBatch = batchCount === 0 ? 0 : toExtract / batchCount;
  const callMs = TASKS.StoreTranscripts.timeoutSeconds * 1_000 * SHARE_TO_FETCH;
  const passesPerBatch = Math.max(1, Math.ceil((perBatch * fetchMsPerTranscript) / callMs));
  return { pollsPerBatch: 0, passesPerBatch, fetchMsPerTranscript };
}

/** Batches go side by side, as many as the concurrency allows; planning and recording come before and after. */
function durationSeconds(plan: PlannedRun, toExtract: number, pace: Pace, artifactKB: number): number {
  const { batchCount, concurrency, polling } = plan;
  const { pollsPerBatch, passesPerBatch, fetchMsPerTranscript } = pace;
  const perBatch = batchCount === 0 ? 0 : toExtract / batchCount;
  const waits = Array.from({ length: pollsPerBatch }, (_, polls) => backOffSeconds(polls, polling));
  const jobMs = 1_000 * waits.reduce((sum, wait) => sum + wait, 0);
  const callMs = BILLED.invocationMs + BILLED.vendorCallMs;
  const storeMs = ((perBatch * artifactKB) / 1_000) * BILLED.storeMsPerMB + perBatch * fetchMsPerTranscript;
  const callsMs = callMs * (1 + passesPerBatch + pollsPerBatch);
  const batchMs = callsMs + jobMs + storeMs + perBatch * BILLED.deliverMsPerTranscript;
  const rounds = Math.ceil(batchCount / concurrency);
  const aroundMs = 2 * callMs + (toExtract / 1_000) * BILLED.planMsPerThousand + batchCount * BILLED.recordMsPerBatch;
  return Math.ceil((rounds * batchMs + aroundMs) / 1_000);
}
