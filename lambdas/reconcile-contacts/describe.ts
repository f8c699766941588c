/** What the record of a run says of a comparison, or of what kept it from being made. Pure. */
import type { PipelineError } from '../shared/contracts/errors.ts';
import { dayOf } from '../shared/lib/days.ts';
import type { Compared } from '../shared/runs/reconcile.ts';
import type { AskedGap, Reconciliation } from '../shared/runs/reconciliation-record.ts';
import { rememberGaps } from './remember-gaps.ts';
import type { ContactSpan } from './span.ts';

type Described = Omit<Reconciliation, 'schemaVersion' | 'runId' | 'source' | 'at'>;

const NOTHING = { expected: 0, stored: 0, empty: 0, pending: 0, notProcessed: 0, missing: [], days: [] };

const LEFT_OUT = {
  tooOld: 'CXone lists no contacts of the days before',
  tooMany: 'there was no time, or no room, for the days before',
} as const;

/**
 * The body of the record.
 *
 * @param before gaps of the run before
 * @example
 * describe(new PipelineError('VendorAuthFailed', 'CXone refused …', { status: 403 }), span, [])
 * // { status: 'notPermitted', note: 'CXone refused …', expected: 0, missing: [], … }
 */
export function describe(outcome: Compared | PipelineError, span: ContactSpan, before: readonly AskedGap[]): Described {
  const days = { from: dayOf(span.fromMs), to: dayOf(Math.max(span.fromMs, span.toMs - 1)) };
  const kept = { ...days, ...NOTHING, gaps: rememberGaps(undefined, before) };
  if (outcome instanceof Error) {
    const isNotPermitted = outcome.name === 'VendorAuthFailed' && outcome.status === 403;
    return { status: isNotPermitted ? 'notPermitted' : 'unavailable', note: outcome.message, ...kept };
  }
  const { reached, leftOut, counts, gaps } = outcome;
  if (!outcome.isComparable) {
    return { status: 'notComparable', note: 'No transcript in the lake says which contact it belongs to', ...kept };
  }
  if (reached === undefined)
    return { status: 'unavailable', note: 'There was no time to read the list of contacts', ...kept };
  const { missing: _, ...others } = counts;
  return {
    status: 'compared',
    ...(leftOut !== undefined && { note: `Compared from ${reached.from} on: ${LEFT_OUT[leftOut]}` }),
    ...reached,
    ...others,
    missing: gaps.map(({ contactId }) => contactId),
    days: outcome.days,
    gaps: rememberGaps(gaps, before),
  };
}
