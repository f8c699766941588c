/** What a call of Digital Engagement can be told to do, beside what any call can. */
import { z } from 'zod';
import { transport } from '../transport-fault.ts';

/** Of `contacts`, the list. */
export const contactsEffect = z.strictObject({
  ...transport,
  /** Gives the token of the request back, although the pages advance. */
  repeatToken: z.boolean().optional(),
  /** Gives the token of the request back, and the same page for it. */
  standStill: z.boolean().optional(),
  /** Refuses the token as expired: 400 `{errors}`. */
  expireToken: z.boolean().optional(),
  /** Gives no token. */
  noToken: z.boolean().optional(),
  /** Reopens so many contacts of the pages before, and goes on by the number of rows: as many are never shown. */
  reopen: z.int().positive().optional(),
  /** Ignores `date[from]` and `date[to]`. */
  ignoreDates: z.boolean().optional(),
  /** `hits` as it stands, of any type. */
  hits: z.union([z.number(), z.string(), z.null()]).optional(),
  /** `statusUpdatedAt` of the matched contact, else of every row, as it stands; null leaves it out. */
  statusUpdatedAt: z.string().nullable().optional(),
  /** The same of `id`, of any type. */
  contactNumber: z.union([z.string(), z.number(), z.null()]).optional(),
});

/** Of `messages`, the messages of a contact. */
export const messagesEffect = z.strictObject({
  ...transport,
  /** A bare array, in the place of `{hits, data}`. */
  bareArray: z.boolean().optional(),
  /** Cuts every message to so many characters. */
  cutTo: z.int().nonnegative().optional(),
  /** The content of every message is removed, for this reason. */
  removed: z.enum(['GDPR', 'TTL']).optional(),
  /** No message at all. */
  noMessages: z.boolean().optional(),
});

/** Of `contact` and `message`: what any call can. */
export const plainEffect = z.strictObject(transport);

export type DigitalListEffect = z.infer<typeof contactsEffect>;
export type DigitalMessagesEffect = z.infer<typeof messagesEffect>;
