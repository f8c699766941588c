/** What the state GetJobStatus takes, and what it returns. */
import * as z from 'zod';
import { RunId } from '../ids.ts';
import { SubmittedJob } from '../job-state.ts';
import { Polling } from '../polling.ts';

/** A job that was submitted, and how often to poll it. */
export const GetJobStatusInput = z.object({
  runId: RunId,
  batch: z.int().nonnegative(),
  polling: Polling,
  job: SubmittedJob,
});

/** The job after one more poll. */
export const GetJobStatusOutput = SubmittedJob;
