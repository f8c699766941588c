/** The part of a window that the vendor keeps no more. Pure. */
import type { TimeWindow } from '../shared/runs/run-records.ts';

/**
 * What of the window is older than what the vendor keeps; undefined where that is nothing.
 *
 * @param retentionMs how long it keeps transcripts; 0 where that is not known
 * @example in days: tooOldOf({ from: 0, to: 50 }, 20, 100) // undefined
 * tooOldOf({ from: 0, to: 50 }, 20, 40) // { from: 0, to: 20 }
 */
export function tooOldOf({ from, to }: TimeWindow, retentionMs: number, nowMs: number): TimeWindow | undefined {
  const keptFrom = new Date(nowMs - retentionMs).toISOString();
  if (retentionMs === 0 || from >= keptFrom) return undefined;
  return { from, to: to < keptFrom ? to : keptFrom };
}
