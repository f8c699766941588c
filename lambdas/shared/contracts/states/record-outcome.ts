/** What the state RecordOutcome takes, and what it returns. */
import * as z from 'zod';
import { RunId } from '../ids.ts';
import { EraseReplacedOutput } from './erase-replaced.ts';

/** `mapError` is set when the Distributed Map stopped before its end. */
export const RecordOutcomeInput = z.object({
  runId: RunId,
  startedAt: z.iso.datetime(),
  batchCount: z.int().nonnegative(),
  requested: z.int().nonnegative(),
  mapError: z.string().max(256).optional(),
});

/** Interactions by what became of them, and deliveries of their transcripts. */
export const RunCounts = z.strictObject({
  requested: z.int().nonnegative(),
  stored: z.int().nonnegative(),
  missing: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  quarantined: z.int().nonnegative(),
  /** Its transcript is not there yet. */
  notReady: z.int().nonnegative(),
  /** Left alone, since an earlier run has stored it. */
  duplicate: z.int().nonnegative(),
  /** The vendor has a transcript in which nothing was said. */
  empty: z.int().nonnegative().default(0),
  /** Fetched again, and not newer than what was stored. requested is the sum of these eight. */
  unchanged: z.int().nonnegative().default(0),
  /** Of those stored: they took the place of an older version. */
  superseded: z.int().nonnegative().default(0),
  delivered: z.int().nonnegative(),
  parked: z.int().nonnegative(),
});
export type RunCounts = z.infer<typeof RunCounts>;

/** What a run came to: the output of the whole execution. */
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
  /** Runs whose transcripts without names have taken the place of others, which are still to be erased. */
  replaced: EraseReplacedOutput.default({ pending: 0 }),
  /** Contacts of the vendor's, held against the lake; where that was done. `note` says what kept it from being done. */
  reconciliation: z
    .strictObject({
      status: z.string().max(64),
      note: z.string().max(1024).optional(),
      expected: z.int().nonnegative(),
      stored: z.int().nonnegative(),
      empty: z.int().nonnegative(),
      pending: z.int().nonnegative(),
      missing: z.int().nonnegative(),
      notProcessed: z.int().nonnegative(),
    })
    .optional(),
  /** Events that the webhook is still to get, that of the run's end among them; 0 for a dry run. */
  undelivered: z.int().nonnegative(),
  /** The run that goes on with the rest of a window: the state machine starts it. */
  next: z.strictObject({ runId: RunId, input: z.record(z.string(), z.unknown()) }).optional(),
});
