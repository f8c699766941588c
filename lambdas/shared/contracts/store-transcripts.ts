/** What the state StoreTranscripts takes, and what it returns. */
import * as z from 'zod';
import { BatchInput, SubmittedJob } from './job-state.ts';
import { PutOff } from './put-off.ts';

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
