/** Reads the rows of a search one by one. Pure. */
import type { z } from 'zod';
import { nameRow } from '../name-row.ts';
import { type SearchFrame, SearchRow } from './schemas.ts';
import type { SearchAnswer, SearchedInteraction } from './search-page.ts';

/**
 * The rows of an answer, and the ids of those that are not of the expected form. However many these are: a page may hold
 * no others, and whether the vendor speaks another language now is for the search as a whole to say.
 *
 * @example a row with a start in year 9999 -> its id is among `unreadable`, the other rows are read
 */
export function readRows({ interactions: rows, nextCursor }: z.output<typeof SearchFrame>): SearchAnswer {
  const interactions: SearchedInteraction[] = [];
  const unreadable: string[] = [];
  for (const row of rows) {
    const { success, data } = SearchRow.safeParse(row);
    if (success) interactions.push(data);
    else unreadable.push(nameRow(idOf(row), row));
  }
  return { interactions, ...(unreadable.length > 0 && { unreadable }), ...(nextCursor != null && { nextCursor }) };
}

const idOf = (row: unknown): unknown =>
  typeof row === 'object' && row !== null ? (row as { interactionId?: unknown }).interactionId : undefined;
