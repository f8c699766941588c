/** What the state StoreTranscripts takes, and what it returns. */
import * as z from 'zod';
import { BatchInput, SubmittedJob } from '../job-state.ts';
import { PutOff } from '../put-off.ts';

/** Each pass settles at least one interaction of a batch, which has at most a thousand; the last may settle none. */
const MAX_PASSES = 1_001;

/**
 * What is stored so far stays, and the rest is fetched after the wait. `pass` counts the calls that store something of the
 * batch, from 1; left out while none has.
 */
export const StoringGoesOn = PutOff.extend({ pass: z.int().positive().max(MAX_PASSES).optional() });
export type StoringGoesOn = z.infer<typeof StoringGoesOn>;

/** `stored` is there when the state is entered again. */
export const StoreTranscriptsInput = BatchInput.extend({ job: SubmittedJob, stored: StoringGoesOn.optional() });

/** Counts of interactions; requested is the sum of the others but `superseded`, which is a part of `stored`. */
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
    empty: z.int().nonnegative(),
    unchanged: z.int().nonnegative(),
    superseded: z.int().nonnegative(),
  }),
  StoringGoesOn,
]);
