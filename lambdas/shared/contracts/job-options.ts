/** The options of a bulk transcript job. */
import * as z from 'zod';

/** The media that a bulk transcript job can be asked for, by the vendor's names. */
export const BULK_MEDIA_TYPES = ['voice', 'chat', 'email', 'sms', 'social'] as const;
export type BulkMediaType = (typeof BULK_MEDIA_TYPES)[number];

/**
 * The media of a stored transcript. `digital`: messages of a channel that is none of the others; `other`: a medium that
 * the vendor has and this version does not know.
 */
export const MEDIA_TYPES = [...BULK_MEDIA_TYPES, 'digital', 'other'] as const;

/** One of {@link MEDIA_TYPES}. */
export const MediaType = z.enum(MEDIA_TYPES);
export type MediaType = z.infer<typeof MediaType>;

const RedactionPolicy = z.enum(['auto', 'none', 'full']);

/** What transcripts are asked for, and how; of the media, a bulk transcript job is asked for those it knows. */
export const JobOptions = z.strictObject({
  mediaTypes: z.array(MediaType).min(1).max(MEDIA_TYPES.length),
  redactionPolicy: RedactionPolicy,
  format: z.literal('json'),
  maxConcurrentDownloads: z.int().min(1).max(10),
  /** A block for each word of a call, with its time; of Interaction Analytics only. */
  wordLevel: z.literal(true).optional(),
});
export type JobOptions = z.infer<typeof JobOptions>;
