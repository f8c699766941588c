/** Reads the rows of a search one by one. Pure. */
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { InteractionId } from '../../contracts/ids.ts';
import { NAMELESS } from '../../contracts/nameless-row.ts';
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
    else unreadable.push(nameOf(row));
  }
  return { interactions, ...(unreadable.length > 0 && { unreadable }), ...(nextCursor != null && { nextCursor }) };
}

/**
 * The id that a bad row gives; where it gives none, a name of its own that is the same each time.
 *
 * @example `{ interactionId: 4711, … }` -> "4711"; `null` -> "unreadable-row:74234e98afe7498f"
 */
function nameOf(row: unknown): string {
  const id = typeof row === 'object' && row !== null ? (row as { interactionId?: unknown }).interactionId : undefined;
  const named = InteractionId.safeParse(typeof id === 'number' ? String(id) : id);
  if (named.success) return named.data;
  return `${NAMELESS}${createHash('sha256').update(JSON.stringify(row)).digest('hex').slice(0, 16)}`;
}
