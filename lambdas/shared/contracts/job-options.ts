/** The options of a bulk transcript job. */
import * as z from 'zod';

/** The media of an interaction that have transcripts, by the vendor's names. */
export const MEDIA_TYPES = ['voice', 'chat', 'email', 'sms', 'social'] as const;

/** One of {@link MEDIA_TYPES}. */
export const MediaType = z.enum(MEDIA_TYPES);
export type MediaType = z.infer<typeof MediaType>;

const RedactionPolicy = z.enum(['auto', 'none', 'full']);

/** The options of a bulk transcript job, as the vendor takes them. */
export const JobOptions = z.strictObject({
  mediaTypes: z.array(MediaType).min(1).max(MEDIA_TYPES.length),
  redactionPolicy: RedactionPolicy,
  format: z.literal('json'),
  maxConcurrentDownloads: z.int().min(1).max(10),
});
export type JobOptions = z.infer<typeof JobOptions>;
