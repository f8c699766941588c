/** What the state machine, and the caller that started it, learns of a run. Pure. */
import type { z } from 'zod';
import type { RecordOutcomeOutput, RunCounts } from '../shared/contracts/states/record-outcome.ts';
import type { Manifest, Plan } from '../shared/runs/run-records.ts';
import { keys } from '../shared/storage/layout.ts';
import { outcomeCounts } from '../shared/storage/records.ts';

/** The event of the run's end comes after the transcripts' own. */
const RUN_COMPLETED = 1;

type Output = z.input<typeof RecordOutcomeOutput>;

/** Errors that a sentence names; the manifest has the others. */
const NAMED = 3;

/**
 * The output of a recorded run. Each transcript that is pending, and the event of the run's end, is undelivered.
 *
 * @param replaced runs whose replaced transcripts are still to be erased
 * @example
 * runOutput(manifest, plan, 0)
 * // { runId: 'daily-1', status: 'complete', counts: { requested: 200, … }, undelivered: 3, … }
 */
export function runOutput(manifest: Manifest, { next }: Pick<Plan, 'next'>, replaced: number): Output {
  const { runId, status, planned, counts, superseded, failures, delivery, findings, continuedBy } = manifest;
  const { delivered, parked } = delivery;
  return {
    runId,
    status,
    counts: { requested: planned, ...counts, superseded, delivered, parked },
    findings,
    failures,
    cause: causeOf(manifest),
    manifestKey: keys.manifest(runId),
    replaced: { pending: replaced },
    ...withoutKey(manifest),
    undelivered: delivery.pending + RUN_COMPLETED,
    ...(next && continuedBy === next.runId && { next }),
  };
}

function withoutKey({ reconciliation }: Manifest): Pick<Output, 'reconciliation'> {
  if (reconciliation === undefined) return {};
  const { key: _, ...summary } = reconciliation;
  return { reconciliation: summary };
}

/**
 * The output of a dry run. It stores nothing, so it has no manifest: its plan is the answer.
 *
 * @example dryRunOutput(plan) // { status: 'complete', manifestKey: 'runs/daily-1/plan.json', undelivered: 0, … }
 */
export function dryRunOutput({ runId, requested, decided }: Plan): Output {
  const nothing = { ...outcomeCounts(), superseded: 0, delivered: 0, parked: 0 };
  const without = { findings: {}, failures: [], cause: '', replaced: { pending: 0 } };
  const counts: RunCounts = { requested, ...nothing, ...decided };
  return { runId, status: 'complete', counts, ...without, manifestKey: keys.plan(runId), undelivered: 0 };
}

/**
 * Why a run is not complete, in a sentence; empty where it is.
 *
 * @example "12 of 40 interactions were not extracted: VendorRejected (8), PiiMaskingFailed (4); the manifest …"
 */
export function causeOf(
  manifest: Pick<Manifest, 'status' | 'planned' | 'counts' | 'failures' | 'notSearched' | 'continuedBy'>,
): string {
  const { status, planned, counts, failures, notSearched = [], continuedBy } = manifest;
  if (status === 'complete') return '';
  const left = counts.failed + counts.quarantined;
  const reasons = failures.slice(0, NAMED).map(({ error, interactions }) => `${error} (${interactions})`);
  if (failures.length > NAMED) reasons.push('others');
  const sentences = [
    ...(left > 0 ? [`${left} of ${planned} interactions were not extracted: ${reasons.join(', ')}`] : []),
    ...(left === 0 && counts.notReady > 0 ? [`${counts.notReady} of ${planned} interactions are not ready yet`] : []),
    ...(continuedBy === undefined ? notSearched : []).map(({ from, to }) => `not searched from ${from} to ${to}`),
  ];
  return `${sentences.join('; ')}; the manifest of the run has the rest`;
}
