/** What pages of the list of segments show about the list. Pure. */

/** A cursor is a time: its page begins there, behind it, or anywhere. */
export type CursorKind = 'inclusive' | 'exclusive' | 'ignored' | 'unknown';

/**
 * A time to ask with a cursor for: one in the middle of the page, later than its first rows. Undefined for a page whose rows
 * have one time.
 *
 * @example cursorToTry([1, 1, 5, 9]) // 5
 */
export function cursorToTry(times: readonly number[]): number | undefined {
  const distinct = [...new Set(times)].sort((a, b) => a - b);
  return distinct.length < 2 ? undefined : distinct[Math.ceil((distinct.length - 1) / 2)];
}

/**
 * How the tenant takes a cursor, by the times of the rows that it answers.
 *
 * @example
 * cursorKind(5, [5, 9]) // 'inclusive'
 * cursorKind(5, [9]) // 'exclusive'
 * cursorKind(5, [1, 5]) // 'ignored'
 */
export function cursorKind(cursorMs: number, times: readonly number[]): CursorKind {
  if (times.length === 0) return 'unknown';
  if (times.some((ms) => ms < cursorMs)) return 'ignored';
  return times.includes(cursorMs) ? 'inclusive' : 'exclusive';
}

/** Rows of a page that were asked for, and that were given. `largest` undefined: there were no more rows than that. */
export interface PageTaken {
  asked: number;
  given: number;
  largest?: string;
}

/**
 * Which page size the tenant takes.
 *
 * @param hasMore whether rows are known behind those of the page
 * @example
 * pageTaken(1_001, 1_000, true) // { asked: 1001, given: 1000, largest: '1000' }
 * pageTaken(1_001, 1_001, true) // { asked: 1001, given: 1001, largest: '1001 or more' }
 */
export function pageTaken(asked: number, given: number, hasMore: boolean): PageTaken {
  if (given >= asked) return { asked, given, largest: `${asked} or more` };
  return hasMore ? { asked, given, largest: String(given) } : { asked, given };
}

/**
 * How often each name is there, the most frequent first.
 *
 * @example tally(['voice', 'chat', 'voice']) // { voice: 2, chat: 1 }
 */
export function tally(names: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a));
}

/**
 * A sample of the list, evenly spread.
 *
 * @example spread([1, 2, 3, 4, 5, 6], 3) // [1, 3, 5]
 */
export function spread<T>(list: readonly T[], count: number): T[] {
  if (list.length <= count) return [...list];
  return Array.from({ length: count }, (_, i) => list[Math.floor((i * list.length) / count)] as T);
}
