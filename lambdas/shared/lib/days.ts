/** Days, `YYYY-MM-DD`, always UTC: a day here is never 23 or 25 hours long. Pure. */
import type { DayRange } from '../contracts/batch.ts';

const DAY_MS = 86_400_000;

export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** Every day of the range, its ends and so many days around them included. */
export function daysBetween({ first, last }: DayRange, around = 0): string[] {
  const days: string[] = [];
  const endMs = Date.parse(last) + around * DAY_MS;
  for (let ms = Date.parse(first) - around * DAY_MS; ms <= endMs; ms += DAY_MS) days.push(dayOf(ms));
  return days;
}

/** The first midnight after `ms`, UTC, in ms since the epoch. */
export function midnightAfter(ms: number): number {
  return (Math.floor(ms / DAY_MS) + 1) * DAY_MS;
}

/** Cuts the span at each midnight, oldest first. */
export function daySlices(fromMs: number, toMs: number): { day: string; fromMs: number; toMs: number }[] {
  const slices: { day: string; fromMs: number; toMs: number }[] = [];
  for (let start = fromMs; start < toMs; ) {
    const end = Math.min(midnightAfter(start), toMs);
    slices.push({ day: dayOf(start), fromMs: start, toMs: end });
    start = end;
  }
  return slices;
}

/** The smallest range that holds both; undefined as soon as one is not known. */
export function uniteDays(a: DayRange | undefined, b: DayRange | undefined): DayRange | undefined {
  if (!a || !b) return undefined;
  return { first: a.first < b.first ? a.first : b.first, last: a.last > b.last ? a.last : b.last };
}
