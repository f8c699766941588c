/** Holds a run of a schedule against the vendor's list of contacts, and writes what came of it. */
import { isPipelineError, type PipelineError } from '../shared/contracts/errors.ts';
import type { PutOff } from '../shared/contracts/put-off.ts';
import type { SourceName } from '../shared/contracts/source-name.ts';
import { type Compared, reconcile } from '../shared/runs/reconcile.ts';
import { Reconciliation } from '../shared/runs/reconciliation-record.ts';
import type { Plan, UnfinishedLine } from '../shared/runs/run-records.ts';
import { readBacklog, readWatermark } from '../shared/runs/watermark.ts';
import { keys } from '../shared/storage/layout.ts';
import type { ObjectStorage } from '../shared/storage/object-store.ts';
import { readJson } from '../shared/storage/read-json.ts';
import type { ContactLedger } from '../shared/vendor/contact-ledger.ts';
import type { CallFrame } from '../shared/vendor/exchange.ts';
import { putOff } from '../shared/vendor/put-off.ts';
import { describe } from './describe.ts';
import { noteRuns } from './note-runs.ts';
import { type ContactSpan, contactSpan } from './span.ts';

/** A run is not held up for longer by a ledger that does not answer: the next one reads it again. */
const PATIENCE_SECONDS = 900;
/** Of the call's time that is left when no further day of the ledger is begun: the receipts are to be read yet. */
const SHARE_LEFT = 0.4;

export interface RunToReconcile {
  plan: Plan;
  store: ObjectStorage;
  ledger: ContactLedger;
  frame: CallFrame;
  source: SourceName;
  /** What the state answered before, where it is entered again. */
  since: PutOff | undefined;
  nowMs(): number;
}

/**
 * What is written of the run, or the wait before the vendor is asked again. Nothing that the vendor does or lacks is an
 * error: the record says what kept the run from being compared.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation` of our own records; `ConfigInvalid`
 */
export async function reconcileRun(run: RunToReconcile): Promise<Reconciliation | PutOff> {
  const { plan, store, since, nowMs } = run;
  const { watermark, backlog, before } = await readBefore(store, plan);
  const { from, to } = plan.window ?? { from: plan.startedAt, to: plan.startedAt };
  const began = watermark?.since === undefined ? undefined : Date.parse(watermark.since);
  const span = contactSpan(Date.parse(from), Date.parse(to), began);
  try {
    return await write(run, span, before, await compare(run, span, backlog));
  } catch (error) {
    if (!isNoted(error)) throw error;
    const later = putOff(error, since, nowMs(), PATIENCE_SECONDS, Math.random());
    return later ?? (await write(run, span, before, error));
  }
}

async function readBefore(store: ObjectStorage, plan: Plan) {
  const watermark = (await readWatermark(store, plan.reference.schedule ?? ''))?.value;
  const backlog = await readBacklog(store, watermark?.backlogKey);
  const isOfOther = watermark !== undefined && watermark.runId !== plan.runId;
  const before = isOfOther
    ? (await readJson(store, keys.reconciliation(watermark.runId), Reconciliation))?.value
    : undefined;
  return { watermark, backlog: backlog ?? [], before };
}

function compare(
  { plan, store, ledger, frame }: RunToReconcile,
  { fromMs, toMs, sinceMs }: ContactSpan,
  backlog: readonly UnfinishedLine[],
): Promise<Compared> {
  const callMs = frame.remainingMs();
  return reconcile({
    store,
    contacts: (startMs, endMs) => ledger.contacts(startMs, endMs, frame),
    scope: { mediaTypes: plan.options.mediaTypes, sinceMs, untilMs: Date.parse(plan.window?.to ?? plan.startedAt) },
    fromMs,
    toMs,
    noteOthers: (tally) => noteRuns(store, plan, backlog, tally),
    hasTime: () => frame.remainingMs() > callMs * SHARE_LEFT,
    namesContacts: true,
  });
}

/** Our own storage is retried by the state; whatever else there is to say of is said in the record. */
function isNoted(error: unknown): error is PipelineError {
  return isPipelineError(error) && error.name !== 'DataLakeUnavailable' && error.name !== 'DataLakeRejected';
}

async function write(
  { plan, store, source, nowMs }: RunToReconcile,
  span: ContactSpan,
  before: Reconciliation | undefined,
  outcome: Compared | PipelineError,
): Promise<Reconciliation> {
  const record: Reconciliation = {
    schemaVersion: 1,
    runId: plan.runId,
    source,
    at: new Date(nowMs()).toISOString(),
    ...describe(outcome, span, before?.gaps ?? []),
  };
  await store.write(keys.reconciliation(plan.runId), JSON.stringify(record));
  return record;
}
