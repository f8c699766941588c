/** Which rows are to go: decisions about receipts. Pure. */
import type { BatchReceipt } from '../shared/storage/records.ts';

/** By interaction, when the transcript without names was stored: what was stored with names until then is to go. */
export type Replaced = ReadonlyMap<string, string>;

/**
 * What the receipts of a run say is replaced, by the day on which the older rows are.
 *
 * @example replacedByDay([{ storedAt, replaced: { 'seg-1': '2026-11-21' } }]) // Map { '2026-11-21' => Map { 'seg-1' => storedAt } }
 */
export function replacedByDay(
  receipts: Iterable<Pick<BatchReceipt, 'replaced' | 'storedAt'>>,
): Map<string, Map<string, string>> {
  const days = new Map<string, Map<string, string>>();
  for (const { replaced = {}, storedAt } of receipts) {
    for (const [interactionId, day] of Object.entries(replaced)) {
      const own = days.get(day) ?? new Map<string, string>();
      days.set(day, own.set(interactionId, storedAt));
    }
  }
  return days;
}

/**
 * The interactions that a batch has stored with their names, and before those without took their place.
 *
 * @example replacedIn(receipt, new Map([['seg-1', '2026-11-22T10:00:00Z']])) // ['seg-1'], stored by it on the 21st
 */
export function replacedIn(
  { interactionIds, unstored, anonymised = [], storedAt }: BatchReceipt,
  replaced: Replaced,
): string[] {
  const others = new Set([...unstored.map(({ interactionId }) => interactionId), ...anonymised]);
  return interactionIds.filter((id) => {
    const since = replaced.get(id);
    return since !== undefined && Date.parse(storedAt) <= Date.parse(since) && !others.has(id);
  });
}
