/** The list of analysed segments as the other files of this source speak of it: what is asked, and a page of the answer. */

import type { Aliases } from '../../contracts/aliases.ts';
import type { MediaType } from '../../contracts/job-options.ts';

/** A page of what was annotated in a span. Times are ms since the epoch. */
export interface SegmentQuery {
  fromMs: number;
  /** Taken as included by some tenants, as not included by others. */
  toMs: number;
  pageSize: number;
  /** The page begins there; with it on most tenants, behind it on others. Left out, it begins at `fromMs`. */
  cursorMs?: number | undefined;
  /** In the vendor's own words. */
  mediaType?: string;
  language?: string;
}

/** A row that names its segment and when that was first annotated. */
export interface SegmentRow {
  segmentId: string;
  availableMs: number;
  startMs: number | undefined;
  mediaType: MediaType | undefined;
  /** In the vendor's own words, where it is named. */
  medium: string | undefined;
  aliases: Aliases;
  /** The row as it was written. */
  json: string;
}

export interface SegmentPage {
  rows: SegmentRow[];
  /** Names of the rows that cannot be read. */
  unreadable: string[];
}

/** Asks for a page. */
export type ListSegments = (query: SegmentQuery) => Promise<SegmentPage>;

/** Rows that a page is asked for: what the vendor gives out at once. */
export const PAGE_SIZE = 1_000;
