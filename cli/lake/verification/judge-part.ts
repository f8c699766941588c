/** What an object below `transcripts/` is. Pure. */
import { partOrigin } from '../../../lambdas/shared/storage/layout.ts';

/**
 * What is known of a run. `open`: planned, not recorded yet; `unrecorded`: it left a plan or receipts and no manifest;
 * `unreadable`: its manifest cannot be read; `recorded`: its manifest was read whole; `unknown`: it left nothing.
 */
export type RunState = 'open' | 'unrecorded' | 'unreadable' | 'recorded' | 'unknown';

/**
 * `listed`: a manifest has it. `foreign`: this pipeline did not write it, so it is not its business. `young`: written
 * within the last day, by what may still be at work. `kept`: its run has records that do not say that it is unwanted.
 * `orphan`: no record lists it, and none will.
 */
export type PartVerdict = 'listed' | 'foreign' | 'young' | 'kept' | 'orphan';

/** Nothing younger is an orphan: a clock may be off, a run may be about to write its first record. */
const MIN_AGE_MS = 86_400_000;

export interface PartFacts {
  key: string;
  /** When it was written, in ms since the epoch; 0 where that is not known. */
  modifiedMs: number;
}

/**
 * What the object is: a listed part, an orphan, one that a manifest may list yet, or a foreign one.
 *
 * @param listed whether a manifest that was read whole lists it
 * @example
 * judgePart({ key: keys.transcripts('voice', '2026-11-21', 'r1', 0), modifiedMs: 1 }, false, () => 'unreadable', nowMs)
 * // 'kept': the manifest may list it
 */
export function judgePart(
  { key, modifiedMs }: PartFacts,
  listed: boolean,
  stateOf: (runId: string) => RunState,
  nowMs: number,
): PartVerdict {
  if (listed) return 'listed';
  const origin = partOrigin(key);
  if (!origin) return 'foreign';
  const state = stateOf(origin.runId);
  if (state !== 'recorded' && state !== 'unknown') return 'kept';
  return modifiedMs === 0 || nowMs - modifiedMs < MIN_AGE_MS ? 'young' : 'orphan';
}
