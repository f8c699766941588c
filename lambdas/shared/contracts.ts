/**
 * What passes between the states: one zod schema per state input and output.
 *
 * State carries ids and S3 keys, never a token, a result URL, transcript text or anything of unbounded size.
 */
import * as z from 'zod';

/** Ids the vendor hands out end up in URLs and S3 keys: no slash, quote, space or control character. */
export const InteractionId = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/,
    'must be 1 to 128 letters, digits or . _ : - and start with a letter or digit',
  );

/** Step Functions execution name; becomes part of S3 keys. */
export const RunId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/, 'must be 1 to 80 letters, digits, _ or -');

export const MEDIA_TYPES = ['voice', 'chat', 'email', 'sms', 'social'] as const;
export const MediaType = z.enum(MEDIA_TYPES);
export type MediaType = z.infer<typeof MediaType>;

export const RedactionPolicy = z.enum(['auto', 'none', 'full']);

/** The options of a bulk transcript job, as the vendor takes them. */
export const JobOptions = z.strictObject({
  mediaTypes: z.array(MediaType).min(1).max(MEDIA_TYPES.length),
  redactionPolicy: RedactionPolicy,
  format: z.literal('json'),
  maxConcurrentDownloads: z.int().min(1).max(10),
});
export type JobOptions = z.infer<typeof JobOptions>;

export const DayRange = z.strictObject({ first: z.iso.date(), last: z.iso.date() });
export type DayRange = z.infer<typeof DayRange>;

/** One line of `batches.jsonl`: what one child execution extracts. `batch` counts from 0. */
export const Batch = z.strictObject({
  batch: z.int().nonnegative(),
  interactionIds: z.array(InteractionId).min(1).max(1000),
  /** First and last day, UTC, on which these interactions started; left out where one of them is not known. */
  days: DayRange.optional(),
  /** A later run takes what the result of the job lacks once more: it counts as not ready, not as missing. */
  asksAgain: z.literal(true).optional(),
});
export type Batch = z.infer<typeof Batch>;

// --- Authenticate ---------------------------------------------------------------------------------------------------

export const AuthenticateInput = z.object({ runId: RunId, input: z.unknown() });
/** Facts about the token, never the token. */
export const AuthenticateOutput = z.strictObject({
  tokenExpiresInSeconds: z.int().positive(),
  scopes: z.array(z.string().max(128)).max(32),
});

// --- PlanExtraction -------------------------------------------------------------------------------------------------

export const PlanExtractionInput = z.object({ runId: RunId, startedAt: z.iso.datetime(), input: z.unknown() });
/** Planning takes longer than one call: the next one goes on with what this one has left in S3. */
export const PlanningGoesOn = z.strictObject({ again: z.literal(true), runId: RunId });
export const PlannedExtraction = z.strictObject({
  again: z.literal(false),
  runId: RunId,
  startedAt: z.iso.datetime(),
  bucket: z.string(),
  batchesKey: z.string(),
  batchCount: z.int().nonnegative(),
  /** Batches that may fail before the others are stopped. */
  toleratedFailures: z.int().nonnegative(),
  requested: z.int().nonnegative(),
  /** Found, but not part of the run: stored by an earlier one, given up, or erased on request. */
  leftOut: z.strictObject({
    stored: z.int().nonnegative(),
    givenUp: z.int().nonnegative(),
    erased: z.int().nonnegative(),
  }),
  /** Children of the Distributed Map that may run at once. */
  concurrency: z.int().min(1).max(1000),
  options: JobOptions,
});
export const PlanExtractionOutput = z.union([PlanningGoesOn, PlannedExtraction]);

// --- one batch: submit, poll, store, deliver --------------------------------------------------------------------------

/** `throttled`: not submitted yet, the vendor asked us to wait; `overdue`: past the job's deadline. */
export const JobStatus = z.enum(['throttled', 'running', 'completed', 'failed', 'overdue']);

/** The vendor's job as the state machine carries it; `submissions` is 0 before the first one. */
export const JobState = z.strictObject({
  submissions: z.int().nonnegative(),
  status: JobStatus.optional(),
  jobId: z.string().min(1).max(256).optional(),
  submittedAt: z.iso.datetime().optional(),
  /** When the job, or the wait for it to be accepted, is given up. */
  deadlineAt: z.iso.datetime().optional(),
  polls: z.int().nonnegative().optional(),
  /** Seconds for the next Wait state: whole, at least 1. */
  waitSeconds: z.int().positive().optional(),
});
export type JobState = z.infer<typeof JobState>;

/** A job that was submitted: the optional fields of {@link JobState} are there. */
export const SubmittedJob = JobState.required();
export type SubmittedJob = z.infer<typeof SubmittedJob>;

/** What a child execution of ExtractBatches starts with (the Map's ItemSelector). */
export const BatchInput = z.object({
  runId: RunId,
  startedAt: z.iso.datetime(),
  batch: Batch,
  options: JobOptions,
  job: JobState,
});

export const SubmitTranscriptJobInput = BatchInput;
/** Without `jobId` while `throttled`. */
export const SubmitTranscriptJobOutput = JobState.required({ status: true, waitSeconds: true, deadlineAt: true });

export const GetJobStatusInput = z.object({ runId: RunId, batch: z.int().nonnegative(), job: SubmittedJob });
export const GetJobStatusOutput = SubmittedJob;

export const StoreTranscriptsInput = BatchInput.extend({ job: SubmittedJob });
/** Counts of interactions; requested is the sum of the others. */
export const StoreTranscriptsOutput = z.strictObject({
  receiptKey: z.string(),
  requested: z.int().nonnegative(),
  stored: z.int().nonnegative(),
  missing: z.int().nonnegative(),
  notReady: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  quarantined: z.int().nonnegative(),
});

/** Within the extraction: what one batch has stored. */
export const DeliverBatchInput = z.object({
  runId: RunId,
  batch: z.int().nonnegative(),
  /** 0 at the first call; the state machine hands back what the last call answered. */
  attempt: z.int().nonnegative(),
});
/** What an execution of TranscriptDelivery is, as its states are told. */
export const DeliveryExecution = z.object({
  name: RunId,
  startedAt: z.iso.datetime(),
  /** {@link DeliveryRequest}, not checked yet. */
  input: z.unknown(),
});
/** Within TranscriptDelivery: everything of a run that is still to be delivered. */
export const DeliverRunInput = z.object({
  delivery: DeliveryExecution,
  attempt: z.int().nonnegative(),
  /** Calls in a row in which nothing was delivered. */
  failures: z.int().nonnegative(),
});
export const DeliverTranscriptsInput = z.union([DeliverBatchInput, DeliverRunInput]);
export const DeliverTranscriptsOutput = z.strictObject({
  attempt: z.int().positive(),
  failures: z.int().nonnegative(),
  /** Transcripts; other events of the run only show in `again`. */
  delivered: z.int().nonnegative(),
  parked: z.int().nonnegative(),
  pending: z.int().nonnegative(),
  /** True while another attempt is due after `waitSeconds`. */
  again: z.boolean(),
  waitSeconds: z.int().positive(),
});

// --- TranscriptDelivery ---------------------------------------------------------------------------------------------

/** `all` delivers once more what was delivered already, with the same ids. */
export const RedeliveryScope = z.enum(['parked', 'all']);

/** Input of an execution of TranscriptDelivery: go on with a run's delivery, or begin it again. */
export const DeliveryRequest = z.union([
  z.strictObject({ runId: RunId }),
  z.strictObject({ redeliverRun: RunId, only: RedeliveryScope.default('all') }),
]);

export const ParkDeliveriesInput = z.object({ delivery: DeliveryExecution });
export const ParkDeliveriesOutput = z.strictObject({
  runId: RunId,
  /** Transcripts. */
  delivered: z.int().nonnegative(),
  parked: z.int().nonnegative(),
  /** Lists what is parked, where something is. */
  parkedKey: z.string().optional(),
});

// --- RecordOutcome --------------------------------------------------------------------------------------------------

/** `mapError` is set when the Distributed Map stopped before its end. */
export const RecordOutcomeInput = z.object({
  runId: RunId,
  startedAt: z.iso.datetime(),
  batchCount: z.int().nonnegative(),
  requested: z.int().nonnegative(),
  mapError: z.string().max(256).optional(),
});

export const RunCounts = z.strictObject({
  requested: z.int().nonnegative(),
  stored: z.int().nonnegative(),
  missing: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  quarantined: z.int().nonnegative(),
  /** Its transcript is not there yet. */
  notReady: z.int().nonnegative(),
  /** Left alone, since an earlier run has stored it. requested is the sum of these six. */
  duplicate: z.int().nonnegative(),
  delivered: z.int().nonnegative(),
  parked: z.int().nonnegative(),
});
export type RunCounts = z.infer<typeof RunCounts>;

export const RecordOutcomeOutput = z.strictObject({
  runId: RunId,
  status: z.enum(['complete', 'incomplete']),
  counts: RunCounts,
  /** Personal data masked, by type. */
  findings: z.record(z.string(), z.int().positive()),
  /** Why interactions are not stored, the most frequent cause first. */
  failures: z
    .array(
      z.strictObject({
        error: z.string().max(256),
        interactions: z.int().nonnegative(),
        batches: z.int().nonnegative(),
      }),
    )
    .default([]),
  /** Why the run is not complete, in a sentence; empty where it is. */
  cause: z.string().max(2048).default(''),
  manifestKey: z.string(),
  /** Events that the webhook is still to get, that of the run's end among them; 0 for a dry run. */
  undelivered: z.int().nonnegative(),
});
