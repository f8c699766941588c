/**
 * Decides how a walk through the list goes on. Pure. It goes by the rows alone, in the order in which they were annotated:
 * links and totals of the vendor's are wrong too often.
 */
import { PipelineError } from '../../contracts/errors.ts';
import { PAGE_SIZE, type SegmentPage } from './segment-page.ts';

/** What a page is asked for when one millisecond fills a usual one. */
const LARGER_PAGES = [5_000, 10_000];
/** Largest pages are round numbers: so many rows of one millisecond, and no other, may have been cut. */
const ROUND = 25;

/** Where a walk stands. */
export interface Position {
  /** Up to here, exclusively, everything is seen; undefined before the first page. */
  atMs: number | undefined;
  /** A row of this very millisecond was seen: a cursor that includes its millisecond shows it again. */
  isSeen: boolean;
  /** How much before `atMs` is asked for: 1 where the cursor does not include its own millisecond. */
  lagMs: 0 | 1;
  pageSize: number;
  /** Rows of a page behind which there were others. */
  fullPage: number | undefined;
  /** Rows of the page before. */
  before: number;
}

/** Before the first page. */
export const START: Position = {
  atMs: undefined,
  isSeen: false,
  lagMs: 0,
  pageSize: PAGE_SIZE,
  fullPage: undefined,
  before: 0,
};

/** A millisecond with more rows than a page of this size holds: the vendor has given so many. */
export interface Crowd {
  atMs: number;
  pageSize: number;
  rows: number;
  /** False where those may be all. */
  isCertain: boolean;
}

export type Step = { kind: 'ask'; position: Position } | { kind: 'end' } | { kind: 'sift'; crowd: Crowd };

/**
 * The cursor that a position asks for; none for the first page.
 *
 * @example cursorOf({ ...START, atMs: 1_000, lagMs: 1 }) // 999
 */
export function cursorOf({ atMs, lagMs }: Position): number | undefined {
  return atMs === undefined ? undefined : atMs - lagMs;
}

/** Where the walk goes on behind a millisecond of which everything is seen. */
export function behind(position: Position, atMs: number): Position {
  return { ...position, atMs: atMs + 1, isSeen: false, pageSize: PAGE_SIZE };
}

/**
 * What follows from a page.
 *
 * @param toMs end of the slice, exclusive
 * @throws PipelineError `ContractViolation` when the page begins before the cursor, or none of the rows has a time
 * @example nextStep(START, page with rows of 1,000 and 2,000 ms, 9_000) // ask, at 2,000 ms
 */
export function nextStep(position: Position, { rows, unreadable }: SegmentPage, toMs: number): Step {
  const { atMs, lagMs, pageSize, isSeen } = position;
  const times = rows.map(({ availableMs }) => availableMs);
  const cursorMs = cursorOf(position);
  if (cursorMs !== undefined && times.some((ms) => ms < cursorMs)) {
    throw new PipelineError(
      'ContractViolation',
      'CXone ignores the cursor of its list of segments: rows before it come back',
    );
  }
  const count = rows.length + unreadable.length;
  if (rows.length === 0 && count >= pageSize) {
    throw new PipelineError(
      'ContractViolation',
      'CXone lists a whole page of segments without a time in firstAnnotatedAt',
    );
  }
  if (atMs !== undefined && isSeen && lagMs === 0 && !times.includes(atMs)) {
    return { kind: 'ask', position: { ...position, lagMs: 1 } };
  }
  const lastMs = times.reduce((latest, ms) => Math.max(latest, ms), Number.NEGATIVE_INFINITY);
  if (rows.length === 0 || (lastMs >= toMs && isAscending(times))) return { kind: 'end' };
  if (atMs === undefined || lastMs > atMs) return ask(position, lastMs, count);
  // The cursor does include its own millisecond: it was the row that has gone.
  if (lastMs < atMs) return { kind: 'ask', position: { ...position, lagMs: 0, isSeen: false } };
  return atOneMillisecond(position, atMs, count);
}

function ask(position: Position, atMs: number, count: number): Step {
  const fullPage = position.before > 0 ? Math.max(position.fullPage ?? 0, position.before) : position.fullPage;
  const next = { ...position, atMs, isSeen: true, pageSize: PAGE_SIZE, fullPage, before: count };
  return { kind: 'ask', position: next };
}

/** Nothing on the page is later than the cursor. */
function atOneMillisecond(position: Position, atMs: number, count: number): Step {
  const { pageSize, fullPage } = position;
  const isFull = count >= pageSize || count === fullPage;
  const mayBeFull = count > (fullPage ?? 0) && count >= ROUND && count % ROUND === 0;
  if (!isFull && !mayBeFull) return { kind: 'end' };
  const larger = LARGER_PAGES.find((size) => size > pageSize);
  if (larger === undefined) return { kind: 'sift', crowd: { atMs, pageSize, rows: count, isCertain: isFull } };
  return { kind: 'ask', position: { ...position, pageSize: larger, fullPage: isFull ? count : fullPage } };
}

function isAscending(times: readonly number[]): boolean {
  return times.every((ms, i) => i === 0 || ms >= (times[i - 1] as number));
}
