/** The vendor's job, as it passes between the states of a batch. */
import * as z from 'zod';
import { Batch } from './batch.ts';
import { RunId } from './ids.ts';
import { JobOptions } from './job-options.ts';
import { Polling } from './polling.ts';
import { Priority } from './priority.ts';

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
export const BatchInput = z.object({
  runId: RunId,
  startedAt: z.iso.datetime(),
  batch: Batch,
  options: JobOptions,
  polling: Polling,
  job: JobState,
  priority: Priority,
});
