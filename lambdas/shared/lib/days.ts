/** Days, `YYYY-MM-DD`, always UTC: a day here is never 23 or 25 hours long. Pure. */
import type { DayRange } from '../contracts/batch.ts';

const DAY_MS = 86_400_000;

/**
 * The day of a moment in ms since the epoch.
 *
 * @example dayOf(Date.parse('2026-11-21T23:59:59Z')) // '2026-11-21'
 */
export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/**
 * Every day of the range, its ends and `around` days before and after them included.
 *
 * @example daysBetween({ first: '2026-11-30', last: '2026-12-01' }, 1) // ['2026-11-29', '2026-11-30', '2026-12-01', '2026-12-02']
 */
export function daysBetween({ first, last }: DayRange, around = 0): string[] {
  const days: string[] = [];
  const endMs = Date.parse(last) + around * DAY_MS;
  for (let ms = Date.parse(first) - around * DAY_MS; ms <= endMs; ms += DAY_MS) days.push(dayOf(ms));
  return days;
}

/**
 * The first midnight after `ms`, UTC, in ms since the epoch.
 *
 * @example midnightAfter(Date.parse('2026-11-21T00:00:00Z')) // Date.parse('2026-11-22T00:00:00Z')
 */
export function midnightAfter(ms: number): number {
  return (Math.floor(ms / DAY_MS) + 1) * DAY_MS;
}

/**
 * The span `[fromMs, toMs)`, cut at each midnight, oldest first.
 *
 * @example daySlices(0, 86_400_001) // [{ day: '1970-01-01', fromMs: 0, toMs: 86400000 }, { day: '1970-01-02', fromMs: 86400000, toMs: 86400001 }]
 */
export function daySlices(fromMs: number, toMs: number): { day: string; fromMs: number; toMs: number }[] {
  const slices: { day: string; fromMs: number; toMs: number }[] = [];
  for (let start = fromMs; start < toMs; ) {
    const end = Math.min(midnightAfter(start), toMs);
    slices.push({ day: dayOf(start), fromMs: start, toMs: end });
    start = end;
  }
  return slices;
}

/**
 * The smallest range that holds both; undefined as soon as one is not known.
 *
 * @example
 * uniteDays({ first: '2026-11-21', last: '2026-11-21' }, { first: '2026-11-20', last: '2026-11-20' })
 * // { first: '2026-11-20', last: '2026-11-21' }
 */
export function uniteDays(a: DayRange | undefined, b: DayRange | undefined): DayRange | undefined {
  if (!a || !b) return undefined;
  return { first: a.first < b.first ? a.first : b.first, last: a.last > b.last ? a.last : b.last };
}
