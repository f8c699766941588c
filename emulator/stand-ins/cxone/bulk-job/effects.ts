/** What a fault on a call of the bulk transcript API may do. */
import { z } from 'zod';
import { transport } from '../transport-fault.ts';

export const tokenEffect = z.strictObject({
  ...transport,
  /** `expires_in` as it stands, of any type. */
  expiresIn: z.union([z.number(), z.string(), z.null()]).optional(),
});
export const submitEffect = z.strictObject({
  ...transport,
  /** Takes the job, then misbehaves: a time-out after the vendor accepted it. */
  afterAccept: z.boolean().optional(),
  /** `jobId` as it stands, odd characters included; null leaves it out. */
  jobId: z.string().nullable().optional(),
});
export const pollEffect = z.strictObject({
  ...transport,
  /** What the job says of itself in this answer. */
  jobStatus: z.enum(['failed', 'stuck', 'queued', 'running', 'completed', 'completedWithoutUrl', 'unknown']).optional(),
  /** `errors` of a failed job. */
  errors: z.array(z.string()).optional(),
  /** `progress` as it stands: backwards, over 100, a string. */
  progress: z.union([z.number(), z.string(), z.null()]).optional(),
  /** `resultUrl` as it stands: a foreign host, http, a metadata address. */
  resultUrl: z.string().optional(),
});
export const downloadEffect = z.strictObject({
  ...transport,
  /** Ends the body after so many bytes on the wire: by a reset, or without a trace with `cleanClose`. */
  truncateAt: z.int().nonnegative().optional(),
  cleanClose: z.boolean().optional(),
  /** Sends so many bytes on the wire, then nothing more until the client gives up. */
  stallAt: z.int().nonnegative().optional(),
  /** Refuses the URL as expired. */
  expiredUrl: z.union([z.literal(403), z.literal(410)]).optional(),
  /** A result with no artifact in it. */
  emptyResult: z.boolean().optional(),
  /** These four act on the matched interaction, else on the first of the result. */
  dropItem: z.boolean().optional(),
  duplicateItem: z.boolean().optional(),
  /** Adds an artifact that was not asked for. */
  extraItem: z.boolean().optional(),
  /**
   * syntax: not JSON · shape: no artifact · null: no object · comment: `/* … *\/` with a bracket in it, before the
   * item · deep: 100,000 levels · utf8: invalid bytes · huge: 64 MB of text.
   */
  badItem: z.enum(['syntax', 'shape', 'null', 'comment', 'deep', 'utf8', 'huge']).optional(),
  /** Content-Type as it stands. */
  contentType: z.string().optional(),
  /** Starts the body with a byte order mark. */
  bom: z.boolean().optional(),
  /** Pads the body with blanks to so many bytes before compression: a gzip bomb, with `gzip` on. */
  padTo: z.int().positive().optional(),
});
export const searchEffect = z.strictObject({
  ...transport,
  /** Hands back the request's own cursor as the next one. */
  repeatCursor: z.boolean().optional(),
  /** Includes `to`, and repeats the last row of the page before. */
  inclusiveBoundary: z.boolean().optional(),
  /** Reverses the rows of the page. */
  outOfOrder: z.boolean().optional(),
  /** `availableAt` of the matched interaction, else of every row, as it stands. */
  availableAt: z.string().optional(),
  /** The same of `startTime`: year 0, year 9999, no time at all. */
  startTime: z.string().optional(),
  /** The same of `interactionId`, of any type; null leaves it out. */
  saidId: z.union([z.string(), z.number(), z.null()]).optional(),
});
