import * as z from 'zod';

/** A line of `runs/<runId>/parked.jsonl`: an event that was given up. Where its content is, never the content. */
export const ParkedLine = z.object({
  /** The event's id; a redelivery sends the same. Left out where the row is not there any more. */
  id: z.string().optional(),
  /** The row's place; left out for an event of the outbox. */
  object: z.object({ key: z.string(), line: z.int().positive() }).optional(),
  outboxKey: z.string().optional(),
  interactionId: z.string().optional(),
  attempts: z.int().nonnegative(),
  /** HTTP status of the last answer, or a word where none came; left out where none was asked for. */
  lastStatus: z.union([z.int(), z.string()]).optional(),
});
export type ParkedLine = z.infer<typeof ParkedLine>;
