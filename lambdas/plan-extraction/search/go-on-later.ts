/** What becomes of a call of the planner that the vendor breaks off. Pure. */
import { PipelineError } from '../../shared/contracts/errors.ts';
import { outageWaitSeconds } from '../../shared/vendor/job-timing.ts';
import type { Planning } from '../planning.ts';

/** Before going on after an error that names no time, where the call has got on. */
const WAIT_SECONDS = 30;

export interface BrokenOff {
  /** Whether the call has kept anything that the next one need not ask for. */
  hasGotOn: boolean;
  /** Since when no call has; undefined where the one before this has. */
  stalledSince: string | undefined;
  nowMs: number;
  /** How long calls may get nowhere, in ms. */
  patienceMs: number;
  /** From 0 to 1, as in `outageWaitSeconds`. */
  random: number;
}

/**
 * The error that the call ends with, and since when calls have got nowhere. A call is put off rather than failed, by the
 * seconds that its error names: its state then begins anew, with all its retries, and waiting costs nothing. An outage
 * fails the planning only once no call has kept anything for as long as the stage is patient with a job.
 *
 * @param error one that passes by itself
 * @example
 * `VendorUnavailable` without a time, after a slice was kept -> the same with `retryAfterSeconds: 30`
 * the same, nothing kept for 80 s -> with `retryAfterSeconds` from 40 to 80; for two hours -> as it was
 */
export function endOfCall(error: PipelineError, call: BrokenOff): { error: PipelineError; stalledSince?: string } {
  // What the vendor asks for itself is no outage: how long that may go on is the search's own patience.
  if (error.retryAfterSeconds !== undefined) return { error };
  if (call.hasGotOn) return { error: after(error, WAIT_SECONDS) };
  const { nowMs, patienceMs, random, stalledSince = new Date(nowMs).toISOString() } = call;
  const stalledMs = nowMs - Date.parse(stalledSince);
  if (stalledMs >= patienceMs) return { error, stalledSince };
  return { error: after(error, outageWaitSeconds(stalledMs / 1000, random)), stalledSince };
}

/** The planning as the next call is to find it. */
export function noteStall({ stalledSince: _, ...planning }: Planning, stalledSince: string | undefined): Planning {
  return stalledSince === undefined ? planning : { ...planning, stalledSince };
}

function after({ name, message, status }: PipelineError, retryAfterSeconds: number): PipelineError {
  const details = { ...(status !== undefined && { status }), retryAfterSeconds };
  return new PipelineError(name as 'VendorThrottled' | 'VendorUnavailable', message, details);
}
