/** Reads the rows of a search one by one. Pure. */
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { PipelineError } from '../../contracts/errors.ts';
import { InteractionId } from '../../contracts/ids.ts';
import type { FoundInteraction, SearchAnswer } from '../transcript-source.ts';
import { type SearchFrame, SearchRow } from './schemas.ts';

/** So many rows, none of them readable, are another form of answer and no accident. */
const ROWS_OF_ANOTHER_FORM = 5;

/** Begins the name of a row that does not say whose it is. */
const NAMELESS = 'unreadable-row:';

/** Whether the id stands for a row without one, so that nothing can be asked for by it. */
export function isNameless(interactionId: string): boolean {
  return interactionId.startsWith(NAMELESS);
}

/**
 * The rows of an answer, and the ids of those that are not of the expected form.
 *
 * @throws PipelineError `ContractViolation` when none of several rows can be read: then it is not the rows that are bad
 * @example a row with a start in year 9999 -> its id is among `unreadable`, the other rows are read
 */
export function readRows({ interactions: rows, nextCursor }: z.output<typeof SearchFrame>): SearchAnswer {
  const interactions: FoundInteraction[] = [];
  const unreadable: string[] = [];
  for (const row of rows) {
    const { success, data } = SearchRow.safeParse(row);
    if (success) interactions.push(data);
    else unreadable.push(nameOf(row));
  }
  if (interactions.length === 0 && unreadable.length >= ROWS_OF_ANOTHER_FORM) {
    throw new PipelineError('ContractViolation', 'CXone answered the interaction search with rows in an unknown form');
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
