/** What a run comes to: the same facts for the summary people read and for `--json`. Pure. */
import * as z from 'zod';
import type { ExecutionEvent } from '../../emulator/engine/events.ts';
import type { SourceName } from '../../lambdas/shared/contracts/source-name.ts';
import { PlannedExtraction } from '../../lambdas/shared/contracts/states/plan-extraction.ts';
import { RecordOutcomeOutput, RunCounts } from '../../lambdas/shared/contracts/states/record-outcome.ts';
import { keys } from '../../lambdas/shared/storage/layout.ts';
import { MaskedWith } from '../../lambdas/shared/storage/records.ts';

export type RunStatus = 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** `pending`, `delivered` and `parked` count transcripts at the webhook; the others interactions. */
export type ReportCounts = RunCounts & { pending: number };

/** Interactions that were found and are no part of the run, by reason. */
export type LeftOut = z.output<typeof PlannedExtraction>['leftOut'];

/** Why interactions are not stored, the most frequent cause first. */
export type Failures = z.output<typeof RecordOutcomeOutput>['failures'];

/** The object that `run --json` prints. */
export interface RunReport {
  runId: string;
  /** Where transcripts came from; null of a run in AWS, where its stage says so. */
  source: SourceName | null;
  status: RunStatus;
  /** Name of the error that ended the run, or null. */
  error: string | null;
  /** Sentence that goes with the error, or null. */
  cause: string | null;
  counts: ReportCounts;
  leftOut: LeftOut;
  failures: Failures;
  /** Personal data masked, by type. */
  findings: Record<string, number>;
  /** How rows were masked: rules, types that were on, options; empty where nothing was stored. */
  masking: MaskedWith[];
  durationMs: number;
  stateTransitions: number;
  /** What a run that only plans would extract; null for one that extracts. */
  dryRun: { interactions: number; batches?: number } | null;
  /** Null when the run ended before its manifest was written. */
  manifestKey: string | null;
  /** Directory, or bucket, with what the run wrote. */
  out: string;
}

export interface FinishedExecution {
  name: string;
  status: RunStatus;
  error?: string;
  cause?: string;
  stateTransitions: number;
  durationMs: number;
}

const NOTHING: RunCounts = RunCounts.parse(Object.fromEntries(Object.keys(RunCounts.shape).map((name) => [name, 0])));

/** The error message inside a Lambda cause, `{"errorMessage": …}`, or the cause as it is. */
export function readableCause(cause: string | undefined): string | null {
  if (cause === undefined || cause === '') return null;
  try {
    const { errorMessage } = JSON.parse(cause) as { errorMessage?: unknown };
    return typeof errorMessage === 'string' ? errorMessage : cause;
  } catch {
    return cause;
  }
}

/** States of the delivery that goes on after a run's outcome was recorded. */
const DELIVERY_STATES = ['DeliverTranscripts', 'ParkDeliveries'];
/** ParkDeliveries leaves nothing pending, and does not say so. */
const DeliveryCounts = z.object({
  delivered: z.int(),
  parked: z.int(),
  pending: z.int().default(0),
});

const Planned = z.object(PlannedExtraction.pick({ requested: true, leftOut: true }).shape);

/**
 * The report with what the record says that it names: the manifest, or the plan of a run that only plans.
 *
 * @example completeReport(report, { cost: { stateTransitions: 42 } }).stateTransitions // 42
 */
export function completeReport(report: RunReport, record: unknown): RunReport {
  const { batchCount, cost, masking } = NamedRecord.catch({}).parse(record);
  const dryRun = report.dryRun && { ...report.dryRun, ...(batchCount !== undefined && { batches: batchCount }) };
  return {
    ...report,
    dryRun,
    masking: masking ?? report.masking,
    stateTransitions: cost?.stateTransitions ?? report.stateTransitions,
  };
}

const NamedRecord = z.object({
  batchCount: z.int().optional(),
  cost: z.object({ stateTransitions: z.int() }).optional(),
  masking: z.array(MaskedWith).optional(),
});

/** The output of RecordOutcome among the events of an execution: a failed run has it too. */
export class OutcomeCollector {
  #outcome: z.output<typeof RecordOutcomeOutput> | undefined;
  #delivery: z.output<typeof DeliveryCounts> | undefined;
  #plan: z.output<typeof Planned> | undefined;

  observe(event: ExecutionEvent): void {
    if (event.type !== 'StateExited' || event.execution.map !== undefined) return;
    if (event.state === 'RecordOutcome') this.#outcome = RecordOutcomeOutput.safeParse(event.output).data;
    if (DELIVERY_STATES.includes(event.state)) this.#delivery = DeliveryCounts.safeParse(event.output).data;
    if (event.state === 'PlanExtraction') this.#plan = Planned.safeParse(event.output).data;
  }

  #counts(): ReportCounts {
    if (!this.#outcome) return { ...NOTHING, requested: this.#plan?.requested ?? 0, pending: 0 };
    const { counts, undelivered } = this.#outcome;
    // The event of the run's own end is among the undelivered; it is no transcript.
    return { ...counts, pending: Math.max(0, undelivered - 1) };
  }

  /** The outcome of a run that stores nothing names its plan. */
  #dryRun(runId: string): RunReport['dryRun'] {
    if (!this.#outcome || this.#outcome.manifestKey !== keys.plan(runId)) return null;
    const { requested, missing, notReady, duplicate } = this.#outcome.counts;
    return { interactions: requested - missing - notReady - duplicate };
  }

  report(execution: FinishedExecution, out: string, source: SourceName | null = null): RunReport {
    return {
      runId: execution.name,
      source,
      status: execution.status,
      error: execution.error ?? null,
      cause: readableCause(execution.cause),
      counts: { ...this.#counts(), ...this.#delivery },
      leftOut: this.#plan?.leftOut ?? { stored: 0, givenUp: 0, erased: 0 },
      failures: this.#outcome?.failures ?? [],
      findings: this.#outcome?.findings ?? {},
      masking: [],
      durationMs: Math.round(execution.durationMs),
      stateTransitions: execution.stateTransitions,
      dryRun: this.#dryRun(execution.name),
      manifestKey: this.#outcome?.manifestKey ?? null,
      out,
    };
  }
}
