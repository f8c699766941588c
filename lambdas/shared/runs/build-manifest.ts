/** From the plan of a run and the receipts of its batches to its manifest. Pure. */

import { parentTransitions } from '../contracts/state-transitions.ts';
import { summarise } from '../lib/latency.ts';
import { PIPELINE_VERSION } from '../lib/version.ts';
import { ROW_SCHEMA_VERSION } from '../storage/records.ts';
import { rankFailures } from './failures.ts';
import type { Manifest, OutcomeCounts, Plan } from './run-records.ts';
import type { Tally } from './tally.ts';

/** Outcomes of everything the run accounts for; their sum is `plan.requested` once every batch has a receipt. */
function countOutcomes(plan: Plan, tally: Pick<Tally, 'counts'>): OutcomeCounts {
  const { stored, missing, notReady, failed, quarantined, empty, unchanged } = tally.counts;
  return {
    stored,
    missing: missing + plan.decided.missing,
    failed,
    quarantined: quarantined + plan.decided.quarantined,
    notReady: notReady + plan.decided.notReady,
    duplicate: plan.decided.duplicate,
    empty,
    unchanged,
  };
}

/**
 * `complete` when nothing is left to do. What is not ready yet is left to do unless a schedule comes back for it. A run that
 * has not searched all it was to search is complete only where another goes on with the rest.
 *
 * @example
 * statusOf({ source: 'window' }, { …, failed: 0, quarantined: 0, notReady: 1 }) // 'incomplete'
 * statusOf({ source: 'schedule' }, { …, failed: 0, quarantined: 0, notReady: 1 }) // 'complete'
 */
function statusOf(
  plan: Pick<Plan, 'source' | 'notSearched'>,
  counts: OutcomeCounts,
  continuedBy?: string,
): Manifest['status'] {
  const comesBack = plan.source === 'schedule';
  const left = counts.failed + counts.quarantined + (comesBack ? 0 : counts.notReady);
  const isAllSearched = plan.notSearched === undefined || continuedBy !== undefined;
  return left === 0 && isAllSearched ? 'complete' : 'incomplete';
}

export interface ManifestFacts {
  plan: Plan;
  tally: Tally;
  /** Audit of what was decided while planning. */
  planAudit: Manifest['audit'];
  delivery: { delivered: number; parked: number };
  unfinishedKey: string | undefined;
  reconciliation: Manifest['reconciliation'];
  /** The run that goes on with what was not searched. */
  continuedBy: string | undefined;
  recordedAt: string;
  /** Version of the Lambda function that records. */
  functionVersion: string;
}

/**
 * The manifest of a run whose batches have all ended.
 *
 * @example buildManifest({ plan, tally: emptyTally(), … }).counts // what was decided while planning, 0 for the rest
 */
export function buildManifest(facts: ManifestFacts): Manifest {
  const { plan, tally, delivery, unfinishedKey, reconciliation, continuedBy } = facts;
  const reconciles = reconciliation !== undefined;
  const counts = countOutcomes(plan, tally);
  const ofParent = parentTransitions(plan.planningCalls, { reconciles, goesOn: continuedBy !== undefined });
  const latencyMs = summarise(tally.latencies);
  return {
    schemaVersion: 1,
    runId: plan.runId,
    status: statusOf(plan, counts, continuedBy),
    source: plan.source,
    ...(plan.window && { window: plan.window }),
    ...(plan.notSearched && { notSearched: plan.notSearched }),
    ...(plan.tooOld && { tooOld: plan.tooOld }),
    ...(continuedBy !== undefined && { continuedBy }),
    startedAt: plan.startedAt,
    recordedAt: facts.recordedAt,
    versions: {
      pipeline: PIPELINE_VERSION,
      function: facts.functionVersion,
      row: ROW_SCHEMA_VERSION,
      maskRules: [...tally.maskRules].sort(),
    },
    masking: [...tally.masking.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each),
    planned: plan.requested,
    counts,
    superseded: tally.superseded,
    failures: rankFailures(plan, tally),
    rows: tally.rows,
    delivery: { ...delivery, pending: Math.max(0, tally.rows - delivery.delivered - delivery.parked) },
    findings: tally.findings,
    cost: { ...tally.cost, stateTransitions: tally.cost.stateTransitions + ofParent },
    ...(latencyMs && { latencyMs }),
    parts: tally.parts,
    audit: [...tally.audit, ...facts.planAudit],
    ...(unfinishedKey !== undefined && { unfinishedKey }),
    ...(reconciliation && { reconciliation }),
    erasures: [],
  };
}
