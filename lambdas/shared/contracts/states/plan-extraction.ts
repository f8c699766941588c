/** What the state PlanExtraction takes, and what it returns. */
import * as z from 'zod';
import { RunId } from '../ids.ts';
import { JobOptions } from '../job-options.ts';
import { Polling } from '../polling.ts';
import { Priority } from '../priority.ts';
import { PutOff } from '../put-off.ts';

/** The execution's input is not checked here: the state parses it itself, so that faults are `InputInvalid`. */
export const PlanExtractionInput = z.object({ runId: RunId, startedAt: z.iso.datetime(), input: z.unknown() });

/** Planning takes longer than one call: the next one goes on with what this one has left in S3. */
const PlanningGoesOn = z.strictObject({ again: z.literal(true), waitSeconds: z.int().positive() });

/** What the Distributed Map and the states behind it need of a plan that is done. */
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
  /** Found, but not part of the run: stored by an earlier one, given up, erased on request, or what another run is at. */
  leftOut: z.strictObject({
    stored: z.int().nonnegative(),
    givenUp: z.int().nonnegative(),
    erased: z.int().nonnegative(),
    taken: z.int().nonnegative().default(0),
  }),
  /** Children of the Distributed Map that may run at once. */
  concurrency: z.int().min(1).max(1000),
  polling: Polling,
  options: JobOptions,
  /** Whose requests to the vendor go first. */
  priority: Priority,
  /** Whether what the vendor says it has is held against the lake in the end. */
  reconciles: z.boolean(),
  /** This part of the window is older than what the vendor keeps. */
  tooOld: z.strictObject({ from: z.iso.datetime(), to: z.iso.datetime() }).optional(),
});

/** A finished plan, or the wait before the next call; `again` tells them apart. */
export const PlanExtractionOutput = z.union([PlannedExtraction, PlanningGoesOn, PutOff]);
