/** What a function has to be told, by concern; those of the vendor and of the webhook are in their own rooms. */
import { MaskOptions } from '@cxone-transcripts/masker/options';
import * as z from 'zod';
import { integerVariable, jsonVariable } from '../../lib/variables.ts';

/** What every function reads. */
export const FunctionConfig = z.object({ STAGE: z.string().min(1) });

/** Where what is stored goes. A bucket's name has at least three characters. */
export const DataLakeConfig = z.object({ DATA_LAKE_BUCKET: z.string().min(3) });

/** Sizes and waits of a run, unless its input says otherwise. */
export const RunConfig = z.object({
  /** Interactions in a batch; what suits the source when empty. */
  BATCH_SIZE: z.union([integerVariable(1, 1000), z.literal('')]),
  /** Vendor jobs at the same time. */
  BATCH_CONCURRENCY: integerVariable(1, 1000),
  /** Whether calls are asked for word by word where the event does not say. */
  WORD_LEVEL: z.enum(['true', 'false']),
  /** Seconds before a vendor job is polled first, and the most between two polls. */
  POLL_FIRST_WAIT_SECONDS: integerVariable(1, 3_600),
  POLL_LONGEST_WAIT_SECONDS: integerVariable(1, 3_600),
  /** Share of failed batches, in percent, above which the others are stopped. */
  TOLERATED_FAILURE_PERCENTAGE: integerVariable(0, 100),
});

/** What a run looks for. */
export const DiscoveryConfig = z.object({
  /** Interactions of what is new after which a run takes no further day. */
  MAX_INTERACTIONS: integerVariable(1, 1_000_000),
  /** Where a schedule begins; a look-back before its first run when empty. */
  WATERMARK_START: z.union([z.iso.datetime({ offset: true }), z.literal('')]),
  /** How far a scheduled run looks back for transcripts that came late. */
  LOOK_BACK_HOURS: integerVariable(0, 24 * 90),
  /** Days that the vendor keeps transcripts; 0 where that is not known. */
  VENDOR_RETENTION_DAYS: integerVariable(0, 36_500),
  /** How long an interaction is left alone after its start. */
  SETTLE_MINUTES: integerVariable(0, 24 * 60),
  /** After so many days a scheduled run fetches what became available once more, for a newer version; 0 is never. */
  RECHECK_AFTER_DAYS: integerVariable(0, 366),
  /**
   * Without a sign of life for this long a run counts as dead, and its unfinished batches are free to be taken. A batch
   * that is submitted four times may be silent for four job deadlines.
   */
  RUN_LEASE_HOURS: integerVariable(1, 24 * 14),
});

/** When an interaction is given up. */
export const AttemptsConfig = z.object({
  /** Runs that try an interaction whose own transcript is at fault or not there, before it is given up. */
  MAX_ATTEMPTS: integerVariable(1, 100),
});

/** How transcripts are masked, and how large a job's result may be. */
export const StoreConfig = z.object({
  MASKING: jsonVariable(MaskOptions),
  /** Secret with the key of the surrogates; empty where they are off. */
  SURROGATE_SECRET_ID: z.string(),
  /** Decompressed bytes of one job's result. */
  MAX_RESULT_BYTES: integerVariable(1_000_000, 10_000_000_000),
});
