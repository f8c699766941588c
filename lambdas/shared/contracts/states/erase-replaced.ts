/** What the state EraseReplaced takes, and what it returns. */
import * as z from 'zod';
import { RunId } from '../ids.ts';

/** The run at whose end the state is entered; it sees to the notes of others too. */
export const EraseReplacedInput = z.object({ runId: RunId });

/** The state is entered again while something is `pending`: notes of runs, each with days on which something is to be erased. */
export const EraseReplacedOutput = z.strictObject({ pending: z.int().nonnegative() });
