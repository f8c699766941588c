import * as z from 'zod';

/** Seconds between the polls of a job: of the first wait, and of the longest that it grows to. */
export const Polling = z.strictObject({
  firstWaitSeconds: z.int().min(1).max(3_600),
  longestWaitSeconds: z.int().min(1).max(3_600),
});
export type Polling = z.infer<typeof Polling>;

/** Two seconds find the small jobs at once; a minute keeps a job of two hours at about 125 polls. */
export const DEFAULT_POLLING: Polling = { firstWaitSeconds: 2, longestWaitSeconds: 60 };
