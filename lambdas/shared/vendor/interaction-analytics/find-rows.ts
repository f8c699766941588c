/** Finds the list's rows of the segments of a batch, whose times are known, in as few pages as it takes. */
import type { WantedTranscript } from '../transcript-source.ts';
import { type ListSegments, PAGE_SIZE, type SegmentRow } from './segment-page.ts';

/** One page for so many segments is what rows are worth; what is scattered wider goes without. */
const SEGMENTS_A_PAGE = 10;
const PAGES_BESIDES = 2;
/** For a millisecond that fills a usual page. */
const LARGEST_PAGE = 10_000;
/** Other segments of the list that are kept, to see whether transcripts are served at all. */
const NEIGHBOURS = 5;

type Dated = WantedTranscript & { availableMs: number };

export interface FoundRows {
  /** The row of a segment, once the list has come to it; undefined where it has none. */
  rowOf(segmentId: string): Promise<SegmentRow | undefined>;
  /** Some listed segments that were not asked for. */
  neighbours: string[];
}

/**
 * Begins to list the rows. Each page begins at the next segment that is still without a row, so gaps cost nothing.
 *
 * @throws what `list` throws, from {@link FoundRows.rowOf} of every segment that is still without a row
 * @example await findRows(list, [{ interactionId: '0e52…', availableMs }]).rowOf('0e52…') // { segmentId: '0e52…', … }
 */
export function findRows(list: ListSegments, wanted: readonly WantedTranscript[]): FoundRows {
  const waiting = new Map(
    wanted.map(({ interactionId }) => [interactionId, Promise.withResolvers<SegmentRow | undefined>()]),
  );
  const neighbours: string[] = [];
  // Not every one may be asked for before it fails.
  for (const { promise } of waiting.values()) promise.catch(() => {});

  const walk = async () => {
    let pending = wanted.filter(isDated).toSorted((a, b) => a.availableMs - b.availableMs);
    const settle = ({ interactionId }: WantedTranscript) => waiting.get(interactionId)?.resolve(undefined);
    const maxPages = Math.ceil(wanted.length / SEGMENTS_A_PAGE) + PAGES_BESIDES;
    let pageSize = PAGE_SIZE;
    for (let pages = 0; pages < maxPages; pages += 1) {
      const [first, last] = [pending[0], pending.at(-1)];
      if (first === undefined || last === undefined) break;
      const fromMs = first.availableMs;
      const { rows } = await list({ fromMs, toMs: last.availableMs + 1, pageSize });
      const listed = new Set<string>();
      for (const row of rows) {
        listed.add(row.segmentId);
        const one = waiting.get(row.segmentId);
        if (one !== undefined) one.resolve(row);
        else if (neighbours.length < NEIGHBOURS) neighbours.push(row.segmentId);
      }
      const reachedMs = rows.reduce(
        (latest, { availableMs }) => Math.max(latest, availableMs),
        Number.NEGATIVE_INFINITY,
      );
      // A page of one millisecond brings the next one no further: a larger page, or none.
      const isStuck = reachedMs === fromMs && (pageSize === LARGEST_PAGE || rows.length < pageSize);
      pageSize = reachedMs === fromMs ? LARGEST_PAGE : PAGE_SIZE;
      const isAhead = ({ availableMs }: Dated) => (isStuck ? availableMs > reachedMs : availableMs >= reachedMs);
      const rest = pending.filter(({ interactionId }) => !listed.has(interactionId));
      pending = rows.length === 0 ? [] : rest.filter(isAhead);
      for (const one of rest) if (!pending.includes(one)) settle(one);
    }
    for (const one of wanted) settle(one);
  };
  walk().catch((error: unknown) => {
    for (const { reject } of waiting.values()) reject(error);
  });
  return { neighbours, rowOf: async (segmentId) => waiting.get(segmentId)?.promise };
}

function isDated(wanted: WantedTranscript): wanted is Dated {
  return wanted.availableMs !== undefined && wanted.availableMs > 0;
}
