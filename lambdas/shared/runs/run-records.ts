/** What a run leaves in S3 about itself: its plan, what is unfinished, and the manifest that closes it. */
import * as z from 'zod';
import { Aliases } from '../contracts/aliases.ts';
import { DayRange } from '../contracts/batch.ts';
import { InteractionId, RunId } from '../contracts/ids.ts';
import { JobOptions } from '../contracts/job-options.ts';
import { DEFAULT_POLLING, Polling } from '../contracts/polling.ts';
import { LatencySummary } from '../lib/latency.ts';
import { Findings, MaskedWith, StoredPart } from '../storage/records.ts';
import { ReconciliationSummary } from './reconciliation-record.ts';

const count = z.int().nonnegative();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Half-open: `from` inclusive, `to` exclusive, by the start of the interaction. */
export const TimeWindow = z.object({ from: z.iso.datetime(), to: z.iso.datetime() });
export type TimeWindow = z.infer<typeof TimeWindow>;

/** Fields of the execution input that a run can take its interactions from. */
export const SOURCES = [
  'interactionIds',
  'interactionIdsFrom',
  'window',
  'schedule',
  'retryRun',
  'redeliverRun',
] as const;

/**
 * `runs/<runId>/plan.json`: what the run set out to do. Written once, after everything it names, so that an attempt
 * that finds it plans nothing of its own.
 */
export const Plan = z.object({
  schemaVersion: z.literal(1),
  runId: RunId,
  startedAt: z.iso.datetime(),
  plannedAt: z.iso.datetime(),
  source: z.enum(SOURCES),
  /** Name and time of the schedule, the file, or the other run; which of them depends on `source`. */
  reference: z.record(z.string(), z.string()),
  /** The interactions were looked for in this span. */
  window: TimeWindow.optional(),
  /** How the span was to be searched, where that is not the usual way: a retry goes on like it. */
  order: z.literal('newest').optional(),
  refetch: z.literal(true).optional(),
  /** These parts of what was to be searched were not: the run had come to its limits. */
  notSearched: z.array(TimeWindow).optional(),
  /** Calls of the planner that it took. */
  planningCalls: z.int().positive().optional(),
  dryRun: z.boolean(),
  /** Strict where a person gives them; here a newer version may have added to them. */
  options: z.object(JobOptions.shape),
  batchSize: z.int().positive(),
  concurrency: z.int().positive(),
  /** Left out in plans of versions that knew one way to poll. */
  polling: z.object(Polling.shape).default(DEFAULT_POLLING),
  batchesKey: z.string(),
  batchCount: count,
  /** Interactions the run accounts for: those in batches and those decided while planning. */
  requested: count,
  /** Interactions that needed no batch, by outcome; their ids are in `decidedKey`. */
  decided: z.object({ missing: count, notReady: count, duplicate: count, quarantined: count.default(0) }),
  decidedKey: z.string().optional(),
  /** Found, but not part of the run: stored by an earlier one, given up, erased on request, or what another run is at. */
  leftOut: z.object({ stored: count, givenUp: count, erased: count, taken: count.default(0) }),
  /** The list of unfinished interactions that the run took over, in the form of `unfinished.jsonl`. */
  takenOverKey: z.string().optional(),
  /** This part of the window is older than what the vendor keeps: nothing is to be expected of it. */
  tooOld: TimeWindow.optional(),
  /** The run that goes on with what was not searched, by its name, and the execution input that it gets. */
  next: z.object({ runId: RunId, input: z.record(z.string(), z.unknown()) }).optional(),
});
export type Plan = z.infer<typeof Plan>;

/** Outcomes that the planner decides without a batch. */
export const DecidedOutcome = z.enum(['missing', 'notReady', 'duplicate', 'quarantined']);
export type DecidedOutcome = z.infer<typeof DecidedOutcome>;

/** One line of `runs/<runId>/decided.jsonl`. */
export const DecidedLine = z.object({
  interactionId: InteractionId,
  outcome: DecidedOutcome,
  /** Why, where the outcome alone does not say it. */
  error: z.string().optional(),
  /** Earlier runs that have tried it. */
  attempts: count,
  days: DayRange.optional(),
  /** Other ids of it. */
  aliases: Aliases.optional(),
  /** The version that the lake holds, of one that is fetched again. */
  heldVersion: z.string().optional(),
});
export type DecidedLine = z.infer<typeof DecidedLine>;

/** Outcomes of the interactions of a run; their sum is what was planned. */
export const OutcomeCounts = z.object({
  stored: count,
  /** The vendor has no transcript. */
  missing: count,
  /** Its transcript cannot be read, or its batch failed. */
  failed: count,
  /** It could not be masked for certain, or the vendor's row about it cannot be read: it was not stored. */
  quarantined: count,
  /** Its transcript is not there yet, or another run is at it; a later run of the schedule asks again. */
  notReady: count,
  /** An earlier run has stored it. */
  duplicate: count,
  /** The vendor has a transcript in which nothing was said. */
  empty: count.default(0),
  /** Fetched again, and not newer than what was stored. */
  unchanged: count.default(0),
});
export type OutcomeCounts = z.infer<typeof OutcomeCounts>;

/** One line of `runs/<runId>/unfinished.jsonl` or `backlog.jsonl`: an interaction that a later run is to take again. */
export const UnfinishedLine = z.object({
  interactionId: InteractionId,
  outcome: z.enum(['failed', 'quarantined', 'notReady']),
  /** Name of the error, where one is known. */
  error: z.string().optional(),
  /** Runs that have tried it, this one included. */
  attempts: count,
  /** Between these days, UTC, it started. */
  days: DayRange.optional(),
  /** Other ids of it, and when it became available, in ms: the run that takes it has no search that tells them. */
  aliases: Aliases.optional(),
  availableMs: count.optional(),
  /** The version that the lake held, of one that was fetched again: as long as it holds no other, it is to be taken. */
  heldVersion: z.string().optional(),
  /** Since when no run takes it any more by itself: it was tried often enough. */
  givenUpAt: z.iso.datetime().optional(),
});
export type UnfinishedLine = z.infer<typeof UnfinishedLine>;

/** Interactions that are not stored for the same reason, and the batches that they were in. */
export const RunFailure = z.object({ error: z.string(), interactions: count, batches: count });
export type RunFailure = z.infer<typeof RunFailure>;

/**
 * `runs/<runId>/manifest.json`: every object with transcripts that the run stored, written last. A reader that goes by
 * manifests never sees half a run.
 */
export const Manifest = z.object({
  schemaVersion: z.literal(1),
  runId: RunId,
  status: z.enum(['complete', 'incomplete']),
  source: z.enum(SOURCES),
  window: TimeWindow.optional(),
  /** As in the plan: parts of the span that the run has not come to. */
  notSearched: z.array(TimeWindow).optional(),
  /** As in the plan: older than what the vendor keeps. */
  tooOld: TimeWindow.optional(),
  /** The run that goes on with these parts; left out where a person has to see to it. */
  continuedBy: RunId.optional(),
  startedAt: z.iso.datetime(),
  recordedAt: z.iso.datetime(),
  versions: z.object({
    /** Of the product, and of the function that wrote this. */
    pipeline: z.string(),
    function: z.string(),
    /** Of the rows, as in the keys (`v=1`). */
    row: z.int().positive(),
    /** Of the masking rules; more than one when a deployment came in mid-run. */
    maskRules: z.array(z.string()),
  }),
  /** How rows were masked; more than one when a deployment came in mid-run. Empty in manifests of versions that did not note it. */
  masking: z.array(MaskedWith).default([]),
  planned: count,
  counts: OutcomeCounts,
  /** Of those stored: they took the place of an older version. */
  superseded: count.default(0),
  /** Why interactions are not stored, the most frequent first. */
  failures: z.array(RunFailure).default([]),
  /** Rows in all parts; above `counts.stored` where an interaction has several media. */
  rows: count,
  delivery: z.object({ delivered: count, parked: count, pending: count }),
  findings: Findings,
  /** From the submission of a job to the stored transcript, in ms, over the interactions stored; rounded up, by 1.6% at most. */
  latencyMs: LatencySummary.optional(),
  cost: z.object({ stateTransitions: count, polls: count, submissions: count, resultBytes: count, storedBytes: count }),
  parts: z.array(StoredPart),
  audit: z.array(z.object({ key: z.string(), bytes: count, sha256, rows: count })),
  unfinishedKey: z.string().optional(),
  /** What the vendor says it has analysed, held against the lake; where that was done. */
  reconciliation: ReconciliationSummary.optional(),
  /** Rows that were taken out on request since, by time. */
  erasures: z.array(z.object({ at: z.iso.datetime(), rows: count })),
});
export type Manifest = z.infer<typeof Manifest>;
