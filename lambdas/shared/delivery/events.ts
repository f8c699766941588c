/**
 * What the webhook is sent: one zod schema per event. `docs/webhook/*.schema.json` is generated from these.
 *
 * The form follows Standard Webhooks: `type`, `timestamp` (of what happened, so a repeated delivery has the same bytes)
 * and `data`.
 */
import * as z from 'zod';
import { InteractionId, RunId } from '../contracts/ids.ts';
import { MediaType } from '../contracts/job-options.ts';
import { SourceName } from '../contracts/source-name.ts';
import { ROW_SCHEMA_VERSION, TranscriptRow } from '../storage/records.ts';

const count = z.int().nonnegative();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Where the row is in the data lake. */
const RowPointer = z.object({
  bucket: z.string(),
  key: z.string(),
  /** Of the object's bytes (the gzip file). */
  sha256,
  /** Line of the row in the unzipped object, from 1. */
  line: z.int().positive(),
});

/** A masked transcript is in the data lake: a new one, or one with other content. */
export const TranscriptStored = z.object({
  type: z.literal('transcript.stored'),
  timestamp: z.iso.datetime(),
  data: z.object({
    schemaVersion: z.literal(ROW_SCHEMA_VERSION),
    interactionId: InteractionId,
    mediaType: MediaType,
    /** Where it came from; left out for `bulk-job`. */
    source: SourceName.optional(),
    /** Of several of one interaction and medium the one with the greatest counts. */
    version: z.string().optional(),
    /** The version whose place it takes: a receiver that keeps copies replaces that one. */
    supersedes: z.string().optional(),
    /** Of the masked transcript's JSON text. */
    contentSha256: sha256,
    runId: RunId,
    batch: count,
    object: RowPointer,
    /** The masked row as it is in the object; left out where the event would be too large. */
    row: TranscriptRow.optional(),
  }),
});
export type TranscriptStored = z.infer<typeof TranscriptStored>;

/** An interaction was erased on request: copies of its transcript have to go too. */
export const TranscriptErased = z.object({
  type: z.literal('transcript.erased'),
  timestamp: z.iso.datetime(),
  data: z.object({
    interactionId: InteractionId,
    /** Rows that were taken out of the data lake: a receiver that keeps copies has to delete them too. */
    rows: count,
  }),
});
export type TranscriptErased = z.infer<typeof TranscriptErased>;

/** A run has ended, and its manifest is written. */
export const RunCompleted = z.object({
  type: z.literal('run.completed'),
  timestamp: z.iso.datetime(),
  data: z.object({
    runId: RunId,
    status: z.enum(['complete', 'incomplete']),
    /** Lists every object that the run stored. */
    manifest: z.object({ bucket: z.string(), key: z.string() }),
    /** Interactions by outcome. */
    counts: z.record(z.string(), count),
    /** Rows of the run, when it ended. `pending` ones follow, or end up parked. */
    delivery: z.object({ delivered: count, parked: count, pending: count }),
  }),
});
export type RunCompleted = z.infer<typeof RunCompleted>;

/** Every event by its `type`. */
export const WEBHOOK_EVENTS = {
  'transcript.stored': TranscriptStored,
  'transcript.erased': TranscriptErased,
  'run.completed': RunCompleted,
} as const;
