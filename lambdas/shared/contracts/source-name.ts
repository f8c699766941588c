/** The sources of transcripts that there are: one folder each. */
import * as z from 'zod';

/**
 * `bulk-job`: jobs that are submitted, polled and downloaded; `interaction-analytics`: analysed segments of every medium;
 * `digital-engagement`: the messages of digital contacts.
 */
export const SOURCE_NAMES = ['bulk-job', 'interaction-analytics', 'digital-engagement'] as const;
/** The name of a source; anything else is refused. */
export const SourceName = z.enum(SOURCE_NAMES);
export type SourceName = z.infer<typeof SourceName>;
