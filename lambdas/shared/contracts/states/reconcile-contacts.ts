/** What the state ReconcileContacts takes, and what it returns. */
import * as z from 'zod';
import { RunId } from '../ids.ts';
import { PutOff } from '../put-off.ts';

/** `reconciliation` is there when the state is entered again. */
export const ReconcileContactsInput = z.object({ runId: RunId, reconciliation: PutOff.optional() });

/** Counts of contacts; all is in the record of the run. */
export const ReconcileContactsOutput = z.union([
  z.strictObject({
    again: z.literal(false),
    status: z.string().max(64),
    expected: z.int().nonnegative(),
    missing: z.int().nonnegative(),
  }),
  PutOff,
]);
