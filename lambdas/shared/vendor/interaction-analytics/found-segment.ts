import type { FoundInteraction } from '../transcript-source.ts';
import type { SegmentRow } from './segment-page.ts';

/**
 * A row in the port's words: an interaction of the pipeline is a segment of the vendor's.
 *
 * @example foundSegment(row) // { interactionId: '0e52…', availableMs: 1795255200000, startMs: 1795251600000, … }
 */
export function foundSegment({ segmentId, availableMs, startMs, aliases }: SegmentRow): FoundInteraction {
  return {
    interactionId: segmentId,
    availableMs,
    ...(startMs !== undefined && { startMs }),
    ...(Object.keys(aliases).length > 0 && { aliases }),
  };
}
