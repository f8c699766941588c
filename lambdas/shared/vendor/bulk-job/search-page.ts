/** The search of the bulk transcript API as its own files speak of it: what is asked, and one page of the answer. */

export interface InteractionSearch {
  interactionIds?: string[];
  from?: string;
  to?: string;
  mediaTypes?: string[];
  cursor?: string;
  pageSize?: number;
}

/** A row of an answer. Times are ISO 8601 with an offset. */
export interface SearchedInteraction {
  interactionId: string;
  startTime: string;
  /** When its transcript is there, where the vendor says so. */
  availableAt?: string | null | undefined;
}

/** One page of a search. */
export interface SearchAnswer {
  interactions: SearchedInteraction[];
  /** Ids of the rows that could not be read; left out where all could. */
  unreadable?: string[];
  nextCursor?: string | null | undefined;
}

/** Asks for one page. */
export type SearchPage = (query: InteractionSearch) => Promise<SearchAnswer>;
