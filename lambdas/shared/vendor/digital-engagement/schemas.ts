/**
 * Digital Engagement's answers. What we use must be of the expected form, everything else is kept as it came: it is masked
 * and stored with the messages.
 */
import * as z from 'zod';
import { InteractionId } from '../../contracts/ids.ts';
import { readTime } from './read-time.ts';

/** Numbers are written as strings, by most tenants. */
const textual = z.union([z.string(), z.number().transform(String)]);

/** Ms since the epoch, of a time as the API writes it. */
const time = z.string().transform((text, context) => {
  const ms = readTime(text);
  if (ms !== undefined) return ms;
  context.addIssue({ code: 'custom', message: 'must be a time' });
  return z.NEVER;
});

/** What is only said in passing must not cost the row. */
const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().catch(undefined);

/** A contact, as the list and `GET contacts/{contactNumber}` have it. */
export const Contact = z.object({
  id: textual.pipe(InteractionId),
  status: z.string().max(64),
  statusUpdatedAt: time,
  createdAt: optional(time),
  channelId: optional(z.string()),
  interactionId: optional(textual.pipe(InteractionId)),
  contactId: optional(textual.pipe(InteractionId)),
});
export type Contact = z.infer<typeof Contact>;

/** The frame of a list. Its rows are read one by one: a bad one must not cost the others. */
export const ContactList = z.object({
  data: z.array(z.unknown()),
  /** Wrong or missing at some tenants: nothing but a doubt hangs on it. */
  hits: optional(z.number()),
  scrollToken: z.string().min(1).max(8192).nullish(),
});

/** A message, of which everything is optional: one without a time is still something that was said. */
export const Message = z
  .looseObject({
    id: optional(textual),
    createdAt: optional(time),
    createdAtWithMilliseconds: optional(time),
    direction: optional(z.string()),
    messageContent: optional(z.looseObject({ type: optional(z.string()) })),
    hasAdditionalMessageContent: optional(z.boolean()),
    contentRemoved: optional(z.looseObject({ reason: optional(z.string()) })),
    authorUser: optional(z.looseObject({ isBotUser: optional(z.boolean()), isSurveyUser: optional(z.boolean()) })),
  })
  .transform((read, context) => ({ read, source: context.value as Readonly<Record<string, unknown>> }));
export type Message = z.infer<typeof Message>;

/** The messages of a contact: `{hits, data}`, or the bare array. */
export const MessageList = z.union([
  z.array(z.unknown()),
  z.object({ data: z.array(z.unknown()) }).transform(({ data }) => data),
]);
