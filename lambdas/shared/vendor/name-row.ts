import { createHash } from 'node:crypto';
import { InteractionId } from '../contracts/ids.ts';
import { NAMELESS } from '../contracts/nameless-row.ts';

/**
 * The id that an unreadable row gives; where it gives none, a name of its own that is the same each time.
 *
 * @param id what stands in the row's place for the id
 * @example
 * nameRow(4711, { interactionId: 4711 }) // '4711'
 * nameRow(undefined, null) // 'unreadable-row:74234e98afe7498f'
 */
export function nameRow(id: unknown, row: unknown): string {
  const named = InteractionId.safeParse(typeof id === 'number' ? String(id) : id);
  if (named.success) return named.data;
  return `${NAMELESS}${createHash('sha256').update(JSON.stringify(row)).digest('hex').slice(0, 16)}`;
}
