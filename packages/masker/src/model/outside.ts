import type { Span } from './pii-types.ts';

type Stretch = Pick<Span, 'start' | 'end'>;

/**
 * The stretches of a span that none of others, which are in order, covers.
 *
 * @example outside({ start: 0, end: 9 }, [{ start: 2, end: 4 }]) // [{ start: 0, end: 2 }, { start: 4, end: 9 }]
 */
export function outside({ start, end }: Stretch, others: readonly Stretch[]): Stretch[] {
  const stretches: Stretch[] = [];
  let from = start;
  for (const other of others) {
    if (other.end <= from || other.start >= end) continue;
    if (other.start > from) stretches.push({ start: from, end: other.start });
    from = other.end;
  }
  if (from < end) stretches.push({ start: from, end });
  return stretches;
}
