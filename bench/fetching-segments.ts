/** The segments of the tenant that transcripts are fetched from: what the worker serves, and what is asked for. */

/** When the first becomes available, in ms of the epoch. */
export const FIRST_MS = Date.parse('2026-10-01T00:00:00Z');
/** Between two segments. */
export const STEP_MS = 500;
/** Path of the list, and of the transcripts behind their id. */
export const TRANSCRIPTS = '/interaction-analytics-gateway/v2/segments/';

/**
 * The id of a segment by its number.
 *
 * @example segmentId(7) // '5e9f0000-0000-4000-8000-000000000007'
 */
export function segmentId(nth: number): string {
  return `5e9f0000-0000-4000-8000-${String(nth).padStart(12, '0')}`;
}
