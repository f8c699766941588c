/** What a run costs on AWS, from counts and the price table. Pure. */

import { batchTransitions, parentTransitions } from '../../lambdas/shared/contracts/state-transitions.ts';
import { TASKS, type TaskName, type TaskSettings } from '../task-table.ts';
import { PRICES, type PriceName } from './price-table.ts';

/** What a run does. Everything but `transcripts` has a default in {@link TYPICAL}. */
export interface Workload {
  transcripts: number;
  batchSize: number;
  /** Polls of a vendor job until it is finished, on average. */
  pollsPerBatch: number;
  submissionsPerBatch: number;
  /** Size of one artifact as the vendor hands it out, decompressed, in KB. */
  artifactKB: number;
  /** Times the vendor's JSON shrinks under gzip. */
  compression: number;
  /** Size of one webhook body, in KB. */
  deliveryKB: number;
  /** Objects with transcripts that one batch writes: one for each medium and day. */
  partsPerBatch: number;
  /** Calls of the planner: more than one where the vendor's search is slow. */
  planningCalls: number;
  /** Calls of the store step for each batch, of a source whose transcripts are fetched one by one. */
  passesPerBatch: number;
  /** How long the store step waits for the vendor, in ms for each transcript; of a job the result comes at once. */
  fetchMsPerTranscript: number;
}

/** The workload that an estimate assumes where nothing else is given; `docs/cost.md` says what it rests on. */
export const TYPICAL: Omit<Workload, 'transcripts'> = {
  batchSize: 100,
  pollsPerBatch: 4,
  submissionsPerBatch: 1,
  artifactKB: 20,
  compression: 5,
  deliveryKB: 22,
  partsPerBatch: 5,
  planningCalls: 1,
  passesPerBatch: 1,
  fetchMsPerTranscript: 0,
};

/** How long the functions are assumed to be billed for; the dashboard shows what they really are. */
export const BILLED = {
  /** Of any invocation, in ms: parsing, a token from the cache, logging. */
  invocationMs: 150,
  /** Of one call to the vendor, in ms. */
  vendorCallMs: 300,
  /**
   * Of the store step, in ms for each MB of the vendor's JSON: download, mask, check, compress, upload. `npm run bench
   * store` takes half of it on a core of a workstation.
   */
  storeMsPerMB: 300,
  /** Of the deliver step, in ms for each transcript: a webhook that answers in 100 ms, 16 requests at a time. */
  deliverMsPerTranscript: 7,
  /** Of planning, in ms for each thousand interactions. */
  planMsPerThousand: 40,
  /** Of adding up, in ms for each batch. */
  recordMsPerBatch: 15,
} as const;

/** Requests and log volume of the steps, counted in the code. */
const PER_BATCH = {
  /** Note of the parts, audit, receipt, delivery checkpoint, map result; the parts come on top. */
  puts: 6,
  /** Receipt twice, parts once, checkpoint, batch line. */
  gets: 6,
  /** The bucket key saves most: one request for each object at worst. */
  kmsRequests: 4,
} as const;
const LOG_KB_PER_INVOCATION = 2.5;
/** Step Functions logs about two events a transition, without data. */
const LOG_KB_PER_TRANSITION = 1.2;
const MB_IN_KB = 1_000;
const GB_IN_KB = 1_000_000;

export interface CostLine {
  price: PriceName;
  service: string;
  unit: string;
  /** How many units. */
  quantity: number;
  dollars: number;
}

export interface CostEstimate {
  lines: CostLine[];
  dollars: number;
  /** NaN for a run without transcripts. */
  dollarsPerThousand: number;
  /** Dollars per 1,000 transcripts, by service, dearest first. */
  byService: { service: string; dollarsPerThousand: number }[];
  stateTransitions: number;
}

interface Invocations {
  task: TaskName;
  count: number;
  /** Of all of them together. */
  billedMs: number;
}

function line(price: PriceName, quantity: number): CostLine {
  const { service, unit, dollars } = PRICES[price];
  return { price, service, unit, quantity, dollars: quantity * dollars };
}

function invocationsOf(workload: Workload, batches: number): Invocations[] {
  const { transcripts, submissionsPerBatch, pollsPerBatch, artifactKB } = workload;
  const vendorCall = BILLED.invocationMs + BILLED.vendorCallMs;
  const submissions = batches * submissionsPerBatch;
  const polls = batches * pollsPerBatch;
  const megabytes = (transcripts * artifactKB) / MB_IN_KB;
  return [
    { task: 'Authenticate', count: 1, billedMs: vendorCall },
    {
      task: 'PlanExtraction',
      count: workload.planningCalls,
      billedMs: vendorCall + (transcripts / 1_000) * BILLED.planMsPerThousand,
    },
    { task: 'SubmitTranscriptJob', count: submissions, billedMs: submissions * vendorCall },
    { task: 'GetJobStatus', count: polls, billedMs: polls * vendorCall },
    {
      task: 'StoreTranscripts',
      count: batches * workload.passesPerBatch,
      billedMs:
        batches * workload.passesPerBatch * (vendorCall + BILLED.vendorCallMs) +
        megabytes * BILLED.storeMsPerMB +
        transcripts * workload.fetchMsPerTranscript,
    },
    {
      task: 'DeliverTranscripts',
      count: batches,
      billedMs: batches * BILLED.invocationMs + transcripts * BILLED.deliverMsPerTranscript,
    },
    { task: 'RecordOutcome', count: 1, billedMs: BILLED.invocationMs + batches * BILLED.recordMsPerBatch },
  ];
}

function lambdaLines(invocations: readonly Invocations[]): CostLine[] {
  const requests = invocations.reduce((sum, { count }) => sum + count, 0);
  const compute = invocations.reduce(
    (sum, { task, billedMs }) => sum + (billedMs / 1_000) * (TASKS[task].memoryMB / 1_024),
    0,
  );
  const scratch = invocations.reduce((sum, { task, billedMs }) => {
    const settings: TaskSettings = TASKS[task];
    return sum + (billedMs / 1_000) * (Math.max(0, (settings.scratchMB ?? 512) - 512) / 1_024);
  }, 0);
  return [line('lambdaRequest', requests), line('lambdaGBSecond', compute), line('lambdaScratchGBSecond', scratch)];
}

/**
 * The dollars of one run at list prices: all of it, and for each 1,000 transcripts. The storage of what it wrote is
 * counted for one month.
 *
 * @example
 * estimateCost({ transcripts: 100_000 })
 * // { dollars: 0.86, dollarsPerThousand: 0.0086, stateTransitions: 20012, … }
 */
export function estimateCost(given: Partial<Workload> & { transcripts: number }): CostEstimate {
  const workload: Workload = { ...TYPICAL, ...given };
  const batches = Math.ceil(workload.transcripts / workload.batchSize);
  const transitions =
    parentTransitions(workload.planningCalls) +
    batches * batchTransitions(workload.pollsPerBatch, workload.submissionsPerBatch, workload.passesPerBatch);
  const invocations = invocationsOf(workload, batches);
  const invocationCount = invocations.reduce((sum, { count }) => sum + count, 0);
  const storedGB = (workload.transcripts * workload.artifactKB) / workload.compression / GB_IN_KB;
  const logGB = (invocationCount * LOG_KB_PER_INVOCATION + transitions * LOG_KB_PER_TRANSITION) / GB_IN_KB;
  const lines = [
    line('stateTransition', transitions),
    ...lambdaLines(invocations),
    line('s3Put', batches * (workload.partsPerBatch + PER_BATCH.puts)),
    line('s3Get', batches * (workload.partsPerBatch + PER_BATCH.gets)),
    line('s3GBMonth', storedGB),
    line('kmsRequest', batches * PER_BATCH.kmsRequests),
    line('logsGB', logGB),
    line('traceRecorded', batches + 1),
    line('transferOutGB', (workload.transcripts * workload.deliveryKB) / GB_IN_KB),
  ];
  const dollars = lines.reduce((sum, { dollars: part }) => sum + part, 0);
  const perThousand = 1_000 / workload.transcripts;
  const services = [...new Set(lines.map(({ service }) => service))];
  return {
    lines,
    dollars,
    dollarsPerThousand: workload.transcripts === 0 ? Number.NaN : dollars * perThousand,
    byService: services
      .map((service) => ({
        service,
        dollarsPerThousand:
          lines.filter((entry) => entry.service === service).reduce((sum, entry) => sum + entry.dollars, 0) *
          perThousand,
      }))
      .sort((a, b) => b.dollarsPerThousand - a.dollarsPerThousand),
    stateTransitions: transitions,
  };
}

/**
 * The lines of what a stage costs a month before its first transcript.
 *
 * @example fixedMonthlyCost({ keys: 1, secrets: 2, … }) // [{ price: 'kmsKeyMonth', quantity: 1, dollars: 1, … }, …]
 */
export function fixedMonthlyCost(counts: {
  keys: number;
  secrets: number;
  customMetrics: number;
  alarmMetrics: number;
  dashboards: number;
}): CostLine[] {
  return [
    line('kmsKeyMonth', counts.keys),
    line('secretMonth', counts.secrets),
    line('metricMonth', counts.customMetrics),
    line('alarmMonth', counts.alarmMetrics),
    line('dashboardMonth', counts.dashboards),
  ];
}
