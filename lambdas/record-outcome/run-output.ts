/** What the state machine, and whoever started it, learns of a run. Pure. */
import type { z } from 'zod';
import type { RecordOutcomeOutput, RunCounts } from '../shared/contracts.ts';
import { keys } from '../shared/keys.ts';
import type { Manifest, Plan } from '../shared/runs/run-records.ts';

/** The event of the run's end comes after the transcripts' own. */
const RUN_COMPLETED = 1;

type Output = z.input<typeof RecordOutcomeOutput>;

export function runOutput({ runId, status, planned, counts, delivery, findings }: Manifest): Output {
  const { delivered, parked } = delivery;
  return {
    runId,
    status,
    counts: { requested: planned, ...counts, delivered, parked },
    findings,
    manifestKey: keys.manifest(runId),
    undelivered: delivery.pending + RUN_COMPLETED,
  };
}

/** A dry run stores nothing, so it has no manifest: its plan is the answer. */
export function dryRunOutput({ runId, requested, decided }: Plan): Output {
  const nothing = { stored: 0, failed: 0, quarantined: 0, delivered: 0, parked: 0 };
  const counts: RunCounts = { requested, ...nothing, ...decided };
  return { runId, status: 'complete', counts, findings: {}, manifestKey: keys.plan(runId), undelivered: 0 };
}
