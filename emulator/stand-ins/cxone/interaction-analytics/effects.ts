/** What a fault on a call of Interaction Analytics may do. */
import { z } from 'zod';
import { transport } from '../transport-fault.ts';

const analytics = {
  ...transport,
  /** 404 as for a path that the vendor moved: it looks like that of a segment without a transcript. */
  pathMoved: z.boolean().optional(),
  /** 401, and every access token is dead from now on. */
  tokenDies: z.boolean().optional(),
  /** Numbers as text, whole ones as fractions, a number where the specification has text. */
  oddNumbers: z.boolean().optional(),
};

export const segmentsEffect = z.strictObject({
  ...analytics,
  /** Rows as an object from segment id to `{ segment }`. */
  rowsAs: z.literal('map').optional(),
  /** The member that holds the rows: `segments`, `items`, `data`, … */
  rowsUnder: z.string().min(1).optional(),
  /** `totalRecords` as it stands; null leaves it out. */
  totalRecords: z.union([z.number(), z.string(), z.null()]).optional(),
  /** repeat: `next` is the page itself · alternate: it leads back and forth between two pages · none: no `links`. */
  links: z.enum(['repeat', 'alternate', 'none']).optional(),
  /** Answers the first page whatever the cursor says. */
  ignoreCursor: z.boolean().optional(),
  /** Begins behind the cursor's millisecond, as some tenants do. */
  exclusiveCursor: z.boolean().optional(),
  /** 400 as beyond the largest result. */
  tooManyRows: z.boolean().optional(),
  /** A page without rows. */
  noRows: z.boolean().optional(),
  /** Reverses the rows of the page. */
  outOfOrder: z.boolean().optional(),
  /** These say something else of the matched segment, else of every row, as it stands; null leaves the member out. */
  segmentId: z.union([z.string(), z.number(), z.null()]).optional(),
  mediaType: z.string().nullable().optional(),
  startTime: z.string().nullable().optional(),
  firstAnnotatedAt: z.string().nullable().optional(),
});

export const segmentTranscriptEffect = z.strictObject({
  ...analytics,
  /** 404 as for a segment without a transcript. */
  noTranscript: z.boolean().optional(),
  /** `transcriptBlocks` without an element, or left out. */
  blocks: z.enum(['empty', 'absent']).optional(),
  /** `annotatedDateTime` as it stands; null leaves it out. */
  annotatedDateTime: z.string().nullable().optional(),
  language: z.string().nullable().optional(),
  /** `type`, which is the medium. */
  type: z.string().nullable().optional(),
  /** What is left after the vendor erased the customer. */
  anonymised: z.boolean().optional(),
});
