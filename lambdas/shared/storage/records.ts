/** What the pipeline writes to S3 for others to read: rows, audit lines and the receipt of a batch. */
import * as z from 'zod';
import { DayRange } from '../contracts/batch.ts';
import { InteractionId, RunId } from '../contracts/ids.ts';
import { MediaType } from '../contracts/job-options.ts';
import { SourceName } from '../contracts/source-name.ts';
import { Latencies } from '../lib/latency.ts';

/**
 * Version of the row's form; readers find it in the path (`v=1`) and in every row.
 *
 * A field that is added does not raise it: readers ignore what they do not know. It is raised only where a reader of today
 * would understand a row wrongly, and then every event that was ever delivered gets a new id, since the id is made of it
 * too: receivers would take each transcript for a new one.
 */
export const ROW_SCHEMA_VERSION = 1;

const count = z.int().nonnegative();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** Personal data masked, by type; types that did not occur are left out. */
export const Findings = z.record(z.string(), z.int().positive());
export type Findings = z.infer<typeof Findings>;

/** How something was masked: by it a reader knows which rows a change of rules or settings concerns. */
export const MaskedWith = z.object({
  /** Version of the rules. */
  rules: z.string(),
  /** Types of personal data that were on, in the order of their names. */
  types: z.array(z.string()),
  /** Of the masking options, whatever their order: the same options, the same hash. */
  optionsHash: z.string(),
});
export type MaskedWith = z.infer<typeof MaskedWith>;

/** What else the vendor says of an interaction. */
const InteractionFacts = z.object({
  /** Other ids of it, or of what it is a part of. */
  interactionId: z.string().optional(),
  acdContactId: z.string().optional(),
  /** What the vendor lists of it, masked together with the transcript. */
  row: z.unknown().optional(),
});

/** One masked transcript: a line of a part. */
export const TranscriptRow = z.object({
  schemaVersion: z.literal(ROW_SCHEMA_VERSION),
  interactionId: InteractionId,
  mediaType: MediaType,
  /** Start of the interaction, UTC. */
  timestamp: z.iso.datetime(),
  /** Where it came from; left out for `bulk-job`. */
  source: SourceName.optional(),
  /** Of several rows of one interaction and medium the one with the greatest counts. ISO 8601, UTC. */
  version: z.string().optional(),
  /** The version that was stored before, where there was one. */
  supersedes: z.string().optional(),
  transcript: z.unknown(),
  interaction: InteractionFacts.optional(),
  masked: z.literal(true),
  maskRulesVersion: z.string(),
  findings: Findings,
  /** Offset and length fields inside the transcript that a mask shifted, and that were corrected or dropped. */
  shiftedOffsets: count,
  /** Key of the surrogates in the transcript; absent where they are off. */
  surrogateKeyId: z.string().optional(),
  /** Of the masked transcript's JSON text, byte for byte as in this row. */
  contentSha256: sha256,
  runId: RunId,
  jobId: z.string(),
  /** Start of the run, UTC: a retry writes the same row. */
  extractedAt: z.iso.datetime(),
});
export type TranscriptRow = z.infer<typeof TranscriptRow>;

/**
 * What became of an interaction.
 * `missing`: the vendor has no transcript; `notReady`: not yet, a later run asks again; `failed`: its transcript cannot be
 * read; `quarantined`: it could not be masked for certain, so it was not stored; `empty`: the vendor has a transcript in
 * which nothing was said; `unchanged`: fetched again, and not newer than what was stored.
 */
export const OUTCOMES = ['stored', 'missing', 'notReady', 'failed', 'quarantined', 'empty', 'unchanged'] as const;
/** One of {@link OUTCOMES}. */
export const Outcome = z.enum(OUTCOMES);
export type Outcome = z.infer<typeof Outcome>;

/** How many interactions ended how. What versions before did not know is 0 in what they wrote. */
const OutcomeTally = z.object({
  stored: count,
  missing: count,
  notReady: count.default(0),
  failed: count,
  quarantined: count,
  empty: count.default(0),
  unchanged: count.default(0),
});

/**
 * A count for each outcome; 0 for those that are not given.
 *
 * @example outcomeCounts({ stored: 2 }) // { stored: 2, missing: 0, notReady: 0, failed: 0, … }
 */
export function outcomeCounts(counts: Partial<Record<Outcome, number>> = {}): Record<Outcome, number> {
  return { stored: 0, missing: 0, notReady: 0, failed: 0, quarantined: 0, empty: 0, unchanged: 0, ...counts };
}

/** One line of the audit trail: who, what, when, outcome. No text. */
export const AuditLine = z.object({
  at: z.iso.datetime(),
  action: z.literal('transcript_extracted'),
  /** Execution that did it. */
  actor: z.string(),
  runId: RunId,
  /** Left out where the outcome was clear without a job. */
  batch: count.optional(),
  jobId: z.string(),
  interactionId: InteractionId,
  /** Beside the outcomes of a batch: an earlier run had stored it. */
  outcome: z.enum([...OUTCOMES, 'duplicate']),
  /** Why it is not stored: an error's name. */
  error: z.string().optional(),
  /** Of the transcript that is stored, and of the one whose place it took. */
  version: z.string().optional(),
  supersedes: z.string().optional(),
  /** The vendor has taken names out of the transcript. */
  anonymised: z.literal(true).optional(),
  findings: Findings,
  maskRulesVersion: z.string(),
  /** From the submission of the job to the stored transcript, in ms; of those that were stored. */
  latencyMs: count.optional(),
});
export type AuditLine = z.infer<typeof AuditLine>;

/** An object that a batch wrote. */
export const StoredPart = z.object({
  key: z.string(),
  bytes: count,
  /** Of the object's bytes (the gzip file). */
  sha256,
  etag: z.string(),
  rows: count,
  mediaType: MediaType,
  /** `YYYY-MM-DD` */
  day: z.iso.date(),
  /** Earliest and latest start of an interaction in the part. */
  minTimestamp: z.iso.datetime(),
  maxTimestamp: z.iso.datetime(),
});
export type StoredPart = z.infer<typeof StoredPart>;

/**
 * The receipt of a batch, `runs/<runId>/batches/<n>.json`: written last and only once, so that its presence says that
 * everything it lists is stored. `requested` is the sum of the counts.
 */
export const BatchReceipt = z.object({
  schemaVersion: z.literal(1),
  runId: RunId,
  batch: count,
  jobId: z.string(),
  requested: count,
  /** The interactions of the batch: those that are not under `unstored` are stored. */
  interactionIds: z.array(InteractionId),
  /** The run that gave the batch up, so that no late attempt can store it any more. Nothing of it is stored. */
  sealedBy: RunId.optional(),
  /** Of a sealed batch, as in its line of `batches.jsonl`. */
  days: DayRange.optional(),
  counts: OutcomeTally,
  /** Of those stored: they took the place of an older version. */
  superseded: count.default(0),
  /** Version of each interaction that is stored, where it has one: what a later run compares with. */
  versions: z.record(InteractionId, z.string()).optional(),
  /** Other ids of them, of those not stored too: an erasure may name any, and contacts are reconciled by them. */
  aliases: z.record(InteractionId, z.array(z.string())).optional(),
  /** Those stored whose names the vendor has taken out. */
  anonymised: z.array(InteractionId).optional(),
  /** Of those, the ones that took the place of a version with names, and the day of its row: it is erased after the run. */
  replaced: z.record(InteractionId, z.iso.date()).optional(),
  /** Calls of the state that each stored a share of the batch; left out where it was one. */
  passes: z.int().positive().optional(),
  /** Items of the result that are left out of the counts: not asked for, the same again, not attributable. */
  extras: z.object({ unrequested: count, duplicate: count, unreadable: count }),
  parts: z.array(StoredPart),
  audit: z.object({ key: z.string(), bytes: count, sha256, rows: count }),
  findings: Findings,
  maskRulesVersion: z.string(),
  /** Left out by versions that did not note it, and where nothing was stored. */
  masking: MaskedWith.optional(),
  /** Interactions that are not stored, with the reason. */
  unstored: z.array(z.object({ interactionId: InteractionId, outcome: Outcome, error: z.string().optional() })),
  /** Decompressed size of the vendor's result. */
  resultBytes: count,
  /** Of the stored interactions, from the submission of the job; what the percentiles of the run come from. */
  latencies: Latencies.optional(),
  polls: count,
  submissions: count,
  storedAt: z.iso.datetime(),
});
export type BatchReceipt = z.infer<typeof BatchReceipt>;
