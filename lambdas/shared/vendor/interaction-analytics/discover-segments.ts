import type { Discovery, TimeSlice } from '../transcript-source.ts';
import { foundSegment } from './found-segment.ts';
import type { ListSegments } from './segment-page.ts';
import { walkSegments } from './walk-segments.ts';

/**
 * The segments that were first annotated in the slice, each once. The media are told apart here: the vendor's own filter
 * knows only the words that its rows use.
 *
 * @param isTooLong asked before each page but the first: a slice that takes longer is given up
 * @returns undefined when the slice was given up, also because the vendor walks no further: a shorter one may be walked
 * @throws PipelineError `ContractViolation` when the walk cannot see everything; what `list` throws
 * @example
 * await discoverSegments(list, { fromMs, toMs, mediaTypes: ['voice'] }, () => false)
 * // { found: Map { '0e52…' => { interactionId: '0e52…', … } }, unreadable: Set {}, pages: 2 }
 */
export async function discoverSegments(
  list: ListSegments,
  { fromMs, toMs, mediaTypes }: TimeSlice,
  isTooLong: (pages: number) => boolean,
): Promise<Discovery | undefined> {
  const found: Discovery['found'] = new Map();
  const unreadable = new Set<string>();
  const pages = await walkSegments({ list, fromMs, toMs, isTooLong }, (page) => {
    for (const name of page.unreadable) unreadable.add(name);
    for (const row of page.rows) {
      const { segmentId, availableMs, mediaType = 'other' } = row;
      if (availableMs < fromMs || availableMs >= toMs || !mediaTypes.includes(mediaType)) continue;
      const known = found.get(segmentId);
      if (!known || availableMs < known.availableMs) found.set(segmentId, foundSegment(row));
    }
  });
  if (pages === undefined) return undefined;
  for (const id of found.keys()) unreadable.delete(id);
  return { found, unreadable, pages };
}
