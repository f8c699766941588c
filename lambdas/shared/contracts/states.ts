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

const RedactionPolicy = z.enum(['auto', 'none', 'full']);

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

/** A state whose work the vendor has put off: it is entered again after `waitSeconds`, until `deadlineAt`. */
export const PutOff = z.strictObject({
  again: z.literal(true),
  waitSeconds: z.int().positive(),
  deadlineAt: z.iso.datetime(),
});
export type PutOff = z.infer<typeof PutOff>;

/** Seconds between the polls of a job: of the first wait, and of the longest that it grows to. */
export const Polling = z.strictObject({
  firstWaitSeconds: z.int().min(1).max(3_600),
  longestWaitSeconds: z.int().min(1).max(3_600),
});
export type Polling = z.infer<typeof Polling>;

/** Two seconds find the small jobs at once; a minute keeps a job of two hours at about 125 polls. */
export const DEFAULT_POLLING: Polling = { firstWaitSeconds: 2, longestWaitSeconds: 60 };

// --- Authenticate ---------------------------------------------------------------------------------------------------

export const AuthenticateInput = z.object({ runId: RunId, startedAt: z.iso.datetime(), input: z.unknown() });
/** Facts about the token, never the token. */
export const AuthenticateOutput = z.union([
  z.strictObject({
    again: z.literal(false),
    tokenExpiresInSeconds: z.int().positive(),
    scopes: z.array(z.string().max(128)).max(32),
  }),
  PutOff,
]);

// --- PlanExtraction -------------------------------------------------------------------------------------------------

export const PlanExtractionInput = z.object({ runId: RunId, startedAt: z.iso.datetime(), input: z.unknown() });
/** Planning takes longer than one call: the next one goes on with what this one has left in S3. */
const PlanningGoesOn = z.strictObject({ again: z.literal(true), waitSeconds: z.int().positive() });
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
  polling: Polling,
  options: JobOptions,
});
export const PlanExtractionOutput = z.union([PlannedExtraction, PlanningGoesOn, PutOff]);

// --- one batch: submit, poll, store, deliver --------------------------------------------------------------------------

/** `throttled`: not submitted yet, the vendor asked us to wait (429, or 503 with a time); `overdue`: past the job's deadline. */
const JobStatus = z.enum(['throttled', 'running', 'completed', 'failed', 'overdue']);

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
const BatchInput = z.object({
  runId: RunId,
  startedAt: z.iso.datetime(),
  batch: Batch,
  options: JobOptions,
  polling: Polling,
  job: JobState,
});

export const SubmitTranscriptJobInput = BatchInput;
/** Without `jobId` while `throttled`. */
export const SubmitTranscriptJobOutput = JobState.required({ status: true, waitSeconds: true, deadlineAt: true });

export const GetJobStatusInput = z.object({
  runId: RunId,
  batch: z.int().nonnegative(),
  polling: Polling,
  job: SubmittedJob,
});
export const GetJobStatusOutput = SubmittedJob;

/** `stored` is there when the state is entered again. */
export const StoreTranscriptsInput = BatchInput.extend({ job: SubmittedJob, stored: PutOff.optional() });
/** Counts of interactions; requested is the sum of the others. */
export const StoreTranscriptsOutput = z.union([
  z.strictObject({
    again: z.literal(false),
    receiptKey: z.string(),
    requested: z.int().nonnegative(),
    stored: z.int().nonnegative(),
    missing: z.int().nonnegative(),
    notReady: z.int().nonnegative(),
    failed: z.int().nonnegative(),
    quarantined: z.int().nonnegative(),
  }),
  PutOff,
]);

/** `all` delivers once more what was delivered already, with the same ids. */
export const RedeliveryScope = z.enum(['parked', 'all']);

/** Input of an execution of TranscriptDelivery: go on with a run's delivery, or begin it again. */
export const DeliveryRequest = z.union([
  z.strictObject({ runId: RunId }),
  z.strictObject({
    redeliverRun: RunId,
    only: RedeliveryScope.default('all'),
    /** The execution that began it, where another one goes on. */
    round: RunId.optional(),
  }),
]);

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
  /** Calls in a row in which nothing was settled. */
  failures: z.int().nonnegative(),
  /** When an event was last taken, or refused for good; the start of the execution before that. */
  progressAt: z.iso.datetime(),
});
export const DeliverTranscriptsInput = z.union([DeliverBatchInput, DeliverRunInput]);
export const DeliverTranscriptsOutput = z.strictObject({
  attempt: z.int().positive(),
  failures: z.int().nonnegative(),
  /** Left out within the extraction. */
  progressAt: z.iso.datetime().optional(),
  /** Transcripts that the webhook took in this call. */
  sent: z.int().nonnegative(),
  /** Last HTTP status or word (`refused`, `timeout`) for an event that was not taken. */
  lastFailure: z.union([z.int(), z.string().max(64)]).optional(),
  /** Transcripts that the webhook has taken at least once; other events of the run only show in `again`. */
  delivered: z.int().nonnegative(),
  parked: z.int().nonnegative(),
  /** Still to be sent, for the first time or again. */
  pending: z.int().nonnegative(),
  /** True while another attempt is due after `waitSeconds`. */
  again: z.boolean(),
  waitSeconds: z.int().positive(),
  /** Input of the execution that goes on after the wait, where this one has had its share. */
  continueAs: DeliveryRequest.optional(),
});

// --- TranscriptDelivery ---------------------------------------------------------------------------------------------

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
