/** One execution in virtual time: the real planning and recording around children that only pretend to extract. */
import { planRun } from '../../lambdas/plan-extraction/plan-run.ts';
import type { Planner } from '../../lambdas/plan-extraction/planner.ts';
import { Batch } from '../../lambdas/shared/contracts/batch.ts';
import { isPipelineError } from '../../lambdas/shared/contracts/errors.ts';
import { type ExecutionInput, parseExecutionInput } from '../../lambdas/shared/contracts/execution-input.ts';
import { DEFAULT_POLLING } from '../../lambdas/shared/contracts/polling.ts';
import { noteParts } from '../../lambdas/shared/runs/part-notes.ts';
import { recordRun } from '../../lambdas/shared/runs/record-run.ts';
import type { Plan } from '../../lambdas/shared/runs/run-records.ts';
import { keys } from '../../lambdas/shared/storage/layout.ts';
import type { ObjectStorage } from '../../lambdas/shared/storage/object-store.ts';
import { type Outcome, outcomeCounts } from '../../lambdas/shared/storage/records.ts';
import { KnownVersions } from '../../lambdas/store-transcripts/known-versions.ts';
import { receiptOf } from '../builders/receipt.ts';
import type { Extraction, YearVendor } from './year-vendor.ts';

/** The function broke off: out of memory, killed. The state machine starts it again, or the whole execution is gone. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

export interface RunSetting {
  runId: string;
  store: ObjectStorage;
  vendor: YearVendor;
  planner: Planner;
  /** A call of the planner begins: it has all its time again. */
  beginCall(): void;
  /** What a schedule's run is held against, before it is recorded. */
  reconcile?(plan: Plan): Promise<void>;
  /** After a function broke off: whether the execution lives on and starts it again. */
  survives(): boolean;
}

const MAX_ATTEMPTS = 3;

/** An execution that can pause between its batches. */
export class SimulatedRun {
  readonly #setting: RunSetting;
  readonly #input: ExecutionInput;
  #plan: Plan | undefined;
  #batches: Batch[] = [];
  isOver = false;

  constructor(setting: RunSetting, input: unknown) {
    this.#setting = setting;
    this.#input = parseExecutionInput(input);
  }

  async plan(): Promise<void> {
    const { planner, runId, store, beginCall } = this.#setting;
    const frame = {
      runId,
      startedAt: new Date(planner.nowMs()).toISOString(),
      dryRun: false,
      batchSize: 8,
      concurrency: 4,
      polling: DEFAULT_POLLING,
    };
    // IsPlanned?: a call that could not finish is followed by another one.
    for (let isPlanned = false; !isPlanned && !this.isOver; ) {
      const call = await this.#task(async () => {
        beginCall();
        return { plan: await planRun(planner, frame, this.#input) };
      });
      this.#plan = call?.plan;
      isPlanned = call === undefined || call.plan !== undefined;
    }
    if (!this.#plan || this.#plan.batchCount === 0) return;
    const { batchesKey } = this.#plan;
    const lines = await this.#task(() => Array.fromAsync(store.readLines(batchesKey)));
    this.#batches = (lines ?? []).map((line) => Batch.parse(JSON.parse(line)));
  }

  /** Extracts up to so many batches. */
  async extract(count: number): Promise<void> {
    for (const batch of this.#batches.splice(0, count)) {
      if (this.isOver) return;
      await this.#task(() => this.#extractBatch(batch));
    }
  }

  async finish(): Promise<void> {
    await this.extract(Number.POSITIVE_INFINITY);
    const { planner, store, runId, reconcile } = this.#setting;
    const plan = this.#plan;
    if (this.isOver || !plan) return;
    if (reconcile && plan.source === 'schedule' && plan.window) await this.#task(() => reconcile(plan));
    if (this.isOver) return;
    const { settings, functionVersion } = planner;
    const recorder = { store, runId, maxAttempts: settings.maxAttempts, functionVersion, nowMs: planner.nowMs() };
    await this.#task(() => recordRun(recorder, plan));
    this.isOver = true;
  }

  /** What a Task state does: the same again after a crash or a transient error, at most so often. */
  async #task<T>(work: () => Promise<T>): Promise<T | undefined> {
    for (let attempt = 1; !this.isOver; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        const isTransient =
          error instanceof Crash ||
          isPipelineError(error, 'DataLakeUnavailable') ||
          isPipelineError(error, 'VendorUnavailable');
        if (!isTransient) throw error;
        const goesOn = error instanceof Crash ? this.#setting.survives() : true;
        // Out of attempts: a child fails alone, the execution itself fails as a whole.
        if (!goesOn || (attempt >= MAX_ATTEMPTS && this.#batches.length === 0)) this.isOver = true;
        if (attempt >= MAX_ATTEMPTS) return undefined;
      }
    }
    return undefined;
  }

  async #extractBatch(batch: Batch): Promise<void> {
    const { store, vendor, runId, planner } = this.#setting;
    const { batch: number, interactionIds, days } = batch;
    // An outage fails the batch for good: its retries are over sooner.
    if (vendor.isDown()) return;
    if (await store.readText(keys.receipt(runId, number))) return;
    const fetched = await this.#fetch(batch);
    const ofOutcome = (wanted: Outcome) => fetched.filter(({ outcome }) => outcome === wanted);
    const stored = ofOutcome('stored');
    const day = days?.first ?? '2026-01-01';
    const key = keys.transcripts('voice', day, runId, number);
    const at = new Date(planner.nowMs()).toISOString();
    if (stored.length > 0) {
      await noteParts(store, runId, number, [key]);
      await store.write(key, JSON.stringify(stored.map(({ interactionId, version }) => [interactionId, version])));
    }
    const part = {
      key,
      bytes: 1,
      sha256: '0'.repeat(64),
      etag: '',
      rows: stored.length,
      mediaType: 'voice' as const,
      day,
      minTimestamp: at,
      maxTimestamp: at,
    };
    const versions = stored.flatMap(({ interactionId, version }) =>
      version === undefined ? [] : [[interactionId, version] as const],
    );
    const aliases = fetched.flatMap(({ interactionId, aliases }) =>
      aliases ? [[interactionId, aliases] as const] : [],
    );
    const outcomes = ['stored', 'missing', 'notReady', 'failed', 'unchanged'] as const;
    const receipt = receiptOf(runId, number, interactionIds, {
      counts: outcomeCounts(Object.fromEntries(outcomes.map((outcome) => [outcome, ofOutcome(outcome).length]))),
      parts: stored.length > 0 ? [part] : [],
      unstored: fetched
        .filter(({ outcome }) => outcome !== 'stored')
        .map(({ interactionId, outcome }) => ({ interactionId, outcome })),
      ...(versions.length > 0 && { versions: Object.fromEntries(versions) }),
      ...(aliases.length > 0 && { aliases: Object.fromEntries(aliases) }),
      storedAt: at,
    });
    await store.write(keys.receipt(runId, number), JSON.stringify(receipt), { absent: true });
  }

  /** What the vendor gives of each interaction, and what that is to the lake. */
  async #fetch(batch: Batch): Promise<Fetched[]> {
    const { store, vendor } = this.#setting;
    const known = new KnownVersions(store, batch);
    const timestamp = `${batch.days?.first ?? '2026-01-01'}T00:00:00Z`;
    const fetched: Fetched[] = [];
    for (const interactionId of batch.interactionIds) {
      const one = vendor.extract(interactionId);
      const version = one.version === undefined ? {} : { version: one.version };
      const artifact = {
        ok: true,
        interactionId,
        mediaType: 'voice',
        timestamp,
        transcriptJson: '{}',
        ...version,
      } as const;
      const isNew = one.outcome !== 'stored' || (await known.compare(artifact)).isNew;
      const absent = batch.asksAgain ? 'notReady' : 'missing';
      const outcome = one.outcome === 'missing' ? absent : isNew ? one.outcome : 'unchanged';
      fetched.push({ ...one, interactionId, outcome });
    }
    return fetched;
  }
}

type Fetched = Omit<Extraction, 'outcome'> & { interactionId: string; outcome: Outcome };
