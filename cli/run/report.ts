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

type Contacts = NonNullable<z.output<typeof RecordOutcomeOutput>['reconciliation']>;

/** `pending` is left out where it is none, `note` where there is nothing to say. */
type ReportedContacts =
  | (Omit<Contacts, 'status' | 'pending'> & Partial<Pick<Contacts, 'pending'>>)
  | Pick<Contacts, 'status' | 'note'>;

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
  /** Contacts of CXone's held against the lake, or why that could not be done; left out where it was not to be done. */
  reconciliation?: ReportedContacts;
  /** Part of the window that is older than what the vendor keeps, or null. */
  tooOld: { from: string; to: string } | null;
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

const COUNTS = Object.keys(RunCounts.shape) as (keyof RunCounts)[];
const NOTHING: RunCounts = RunCounts.parse(Object.fromEntries(COUNTS.map((name) => [name, 0])));

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

/**
 * What a report says of contacts.
 *
 * @example
 * contactsOf({ status: 'notPermitted', note: 'CXone refused …', expected: 0, … }) // { status: 'notPermitted', note: … }
 */
function contactsOf(said: Contacts): ReportedContacts {
  const { status, note, pending, ...counts } = said;
  const noted = note === undefined ? {} : { note };
  return status === 'compared' ? { ...counts, ...(pending > 0 && { pending }), ...noted } : { status, ...noted };
}

/** States of the delivery that goes on after a run's outcome was recorded. */
const DELIVERY_STATES = ['DeliverTranscripts', 'ParkDeliveries'];
/** ParkDeliveries leaves nothing pending, and does not say so. */
const DeliveryCounts = z.object({
  delivered: z.int(),
  parked: z.int(),
  pending: z.int().default(0),
});

const Planned = z.object(PlannedExtraction.pick({ requested: true, leftOut: true, tooOld: true }).shape);

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
  /** By execution: a window that goes on has one for each of its parts, this run's first. */
  readonly #outcomes = new Map<string, z.output<typeof RecordOutcomeOutput>>();
  readonly #deliveries = new Map<string, z.output<typeof DeliveryCounts>>();
  #plan: z.output<typeof Planned> | undefined;

  observe(event: ExecutionEvent): void {
    if (event.type !== 'StateExited' || event.execution.map !== undefined) return;
    const { name } = event.execution;
    const outcome = event.state === 'RecordOutcome' ? RecordOutcomeOutput.safeParse(event.output).data : undefined;
    if (outcome) this.#outcomes.set(name, outcome);
    const isDelivery = DELIVERY_STATES.includes(event.state);
    const delivery = isDelivery ? DeliveryCounts.safeParse(event.output).data : undefined;
    if (delivery) this.#deliveries.set(name, delivery);
    if (event.state === 'PlanExtraction' && this.#outcomes.size === 0) {
      this.#plan = Planned.safeParse(event.output).data;
    }
  }

  get #outcome() {
    return this.#outcomes.values().next().value;
  }

  #counts(): ReportCounts {
    const all = [...this.#outcomes.values()];
    if (all.length === 0) return { ...NOTHING, requested: this.#plan?.requested ?? 0, pending: 0 };
    const sums = { ...NOTHING };
    for (const { counts } of all) for (const name of COUNTS) sums[name] += counts[name];
    // The event of the run's own end is among the undelivered; it is no transcript.
    const pending = all.reduce((sum, { undelivered }) => sum + Math.max(0, undelivered - 1), 0);
    return { ...sums, pending };
  }

  /** How the delivery stands that went on by itself; where runs went on it is that of all of them. */
  #delivered(): Partial<ReportCounts> {
    const all = [...this.#deliveries.values()];
    const last = all.at(-1);
    if (last === undefined || this.#outcomes.size < 2) return last ?? {};
    const sum = (name: keyof typeof last) => all.reduce((total, each) => total + each[name], 0);
    return { delivered: sum('delivered'), parked: sum('parked'), pending: sum('pending') };
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
      counts: { ...this.#counts(), ...this.#delivered() },
      leftOut: this.#plan?.leftOut ?? { stored: 0, givenUp: 0, erased: 0, taken: 0 },
      failures: this.#outcome?.failures ?? [],
      ...(this.#outcome?.reconciliation && { reconciliation: contactsOf(this.#outcome.reconciliation) }),
      tooOld: this.#plan?.tooOld ?? null,
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
