/** Days of a span from the last to the first. Pure. */
import { daySlices } from '../../shared/lib/days.ts';
import { reachOf, type Slice } from './search-slices.ts';

/**
 * The days that were searched without a gap before the end of the span, the last one first.
 *
 * @example all of 20 to 22 November is searched but the 20th -> the 22nd, the 21st
 */
export function searchedFromEnd(
  slices: readonly Pick<Slice, 'fromMs' | 'toMs'>[],
  fromMs: number,
  toMs: number,
): ReturnType<typeof daySlices> {
  const days = daySlices(fromMs, toMs).reverse();
  const gap = days.findIndex((day) => reachOf(slices, day.fromMs, day.toMs) < day.toMs);
  return gap === -1 ? days : days.slice(0, gap);
}
