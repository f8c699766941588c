/** Tells rows that are bad from a form of answer that this version does not know. Pure. */
import { PipelineError } from '../../shared/contracts/errors.ts';
import { isNameless } from '../../shared/contracts/nameless-row.ts';

/** So many rows, none of which says whose it is, are another form of answer and no accident. */
const ROWS_OF_ANOTHER_FORM = 5;

/**
 * Judges a search as a whole: a page, or a quiet day, may well hold nothing but bad rows.
 *
 * @param readable interactions whose row could be read
 * @param unreadable ids of the other rows
 * @throws PipelineError `ContractViolation` when there is no row that could be read, or quarantined under its id
 * @example assertKnownForm(1, new Set(rowsWithoutId)) // nothing is thrown: one row could be read
 */
export function assertKnownForm(readable: number, unreadable: ReadonlySet<string>): void {
  if (readable > 0 || unreadable.size < ROWS_OF_ANOTHER_FORM) return;
  for (const id of unreadable) if (!isNameless(id)) return;
  throw new PipelineError('ContractViolation', 'CXone answered the interaction search with rows in an unknown form');
}
