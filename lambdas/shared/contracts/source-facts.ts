/** What is known of each source before anything is asked of it: the default of a setting, and what estimates rest on. */
import type { SourceName } from './source-name.ts';

/** How a source without jobs is asked. */
export interface DirectFacts {
  /** Requests for one transcript. */
  requestsEach: number;
  /** Rows of a page of the list. */
  rowsAPage: number;
  /** The list is read once more when a batch is stored: its rows go with the transcripts. */
  isListedAgain: boolean;
}

export interface SourceFacts {
  /** Interactions in a batch, where neither the stage nor the event says otherwise. */
  batchSize: number;
  /** Of a source whose transcripts are fetched one by one. */
  direct?: DirectFacts;
}

/** What clients of the vendor settled on: more at a time are throttled, and take as long. */
export const FETCHED_AT_ONCE = 8;

/**
 * The facts of a source. A job is the vendor's, and so is the time that a large one takes: a hundred are a middle way. What
 * is fetched one by one has no job to wait for: then each batch costs its transitions alone, and a thousand are what a
 * batch may hold; what one call cannot finish goes on in another pass.
 */
export const SOURCE_FACTS: Readonly<Record<SourceName, SourceFacts>> = {
  'bulk-job': { batchSize: 100 },
  'interaction-analytics': {
    batchSize: 1_000,
    direct: { requestsEach: 1, rowsAPage: 1_000, isListedAgain: true },
  },
  // A contact and its messages; 25 to a page, which cannot be chosen.
  'digital-engagement': { batchSize: 1_000, direct: { requestsEach: 2, rowsAPage: 25, isListedAgain: false } },
};
