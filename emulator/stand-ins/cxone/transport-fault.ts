import { z } from 'zod';

/** Faults that any call can show, in the order in which they act: wait, hang, reset, answer. */
export const transport = {
  /** Waits before anything else; the client may have gone by then. */
  delayMs: z.int().nonnegative().optional(),
  /** Never answers: the client waits until it gives up. */
  hang: z.boolean().optional(),
  /** Destroys the socket instead of answering. */
  reset: z.boolean().optional(),
  /** Answers with this status, and `body` or a small JSON error; 202, 204 and 304 come empty. */
  status: z.int().min(200).max(599).optional(),
  /** `Retry-After` as it stands: seconds, an HTTP date, or rubbish. */
  retryAfter: z.union([z.string(), z.number()]).optional(),
  /** Sent as it stands; '' is an empty body. */
  body: z.string().optional(),
  /** Sends a proxy's HTML page; with status 200 unless given. */
  html: z.boolean().optional(),
  /** `Location`, for a 3xx status. */
  location: z.string().optional(),
};

const TransportFault = z.object(transport);
export type TransportFault = z.infer<typeof TransportFault>;
