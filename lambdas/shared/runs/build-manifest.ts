/** From the plan of a run and the receipts of its batches to its manifest. Pure. */
import { summarise } from '../latency.ts';
import { ROW_SCHEMA_VERSION } from '../records.ts';
import { PARENT_TRANSITIONS } from '../state-transitions.ts';
import { PIPELINE_VERSION } from '../version.ts';
import type { Manifest, OutcomeCounts, Plan } from './run-records.ts';
import type { Tally } from './tally.ts';

/** Outcomes of everything the run accounts for; their sum is `plan.requested` once every batch has a receipt. */
export function countOutcomes(plan: Plan, tally: Pick<Tally, 'counts'>): OutcomeCounts {
  const { stored, missing, notReady, failed, quarantined } = tally.counts;
  return {
    stored,
    missing: missing + plan.decided.missing,
    failed,
    quarantined,
    notReady: notReady + plan.decided.notReady,
    duplicate: plan.decided.duplicate,
  };
}

/**
 * Complete: nothing is left to do. What is not ready yet is somebody's task only if a schedule comes back for it.
 */
export function statusOf(plan: Pick<Plan, 'source'>, counts: OutcomeCounts): Manifest['status'] {
  const comesBack = plan.source === 'schedule';
  const left = counts.failed + counts.quarantined + (comesBack ? 0 : counts.notReady);
  return left === 0 ? 'complete' : 'incomplete';
}

export interface ManifestFacts {
  plan: Plan;
  tally: Tally;
  /** Audit of what was decided while planning. */
  planAudit: Manifest['audit'];
  delivery: { delivered: number; parked: number };
  unfinishedKey: string | undefined;
  recordedAt: string;
  /** Version of the Lambda function that records. */
  functionVersion: string;
}

export function buildManifest(facts: ManifestFacts): Manifest {
  const { plan, tally, delivery, unfinishedKey } = facts;
  const counts = countOutcomes(plan, tally);
  const latencyMs = summarise(tally.latencies);
  return {
    schemaVersion: 1,
    runId: plan.runId,
    status: statusOf(plan, counts),
    source: plan.source,
    ...(plan.window && { window: plan.window }),
    startedAt: plan.startedAt,
    recordedAt: facts.recordedAt,
    versions: {
      pipeline: PIPELINE_VERSION,
      function: facts.functionVersion,
      row: ROW_SCHEMA_VERSION,
      maskRules: [...tally.maskRules].sort(),
    },
    planned: plan.requested,
    counts,
    rows: tally.rows,
    delivery: { ...delivery, pending: Math.max(0, tally.rows - delivery.delivered - delivery.parked) },
    findings: tally.findings,
    ...(latencyMs && { latencyMs }),
    cost: { ...tally.cost, stateTransitions: tally.cost.stateTransitions + PARENT_TRANSITIONS },
    parts: tally.parts,
    audit: [...tally.audit, ...facts.planAudit],
    ...(unfinishedKey !== undefined && { unfinishedKey }),
    erasures: [],
  };
}
