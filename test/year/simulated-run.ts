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
import { receiptOf } from '../builders/receipt.ts';
import type { Vendor } from './vendor.ts';

/** The function broke off: out of memory, killed. The state machine starts it again, or the whole execution is gone. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

export interface RunSetting {
  runId: string;
  store: ObjectStorage;
  vendor: Vendor;
  planner: Planner;
  /** A call of the planner begins: it has all its time again. */
  beginCall(): void;
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
    const { planner, store, runId } = this.#setting;
    const plan = this.#plan;
    if (this.isOver || !plan) return;
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

  async #extractBatch({ batch, interactionIds, days, asksAgain }: Batch): Promise<void> {
    const { store, vendor, runId, planner } = this.#setting;
    // An outage fails the batch for good: its retries are over sooner.
    if (vendor.isDown()) return;
    if (await store.readText(keys.receipt(runId, batch))) return;
    const outcomes = interactionIds.map((interactionId) => {
      const extraction = vendor.extract(interactionId);
      const outcome: Outcome = extraction === 'missing' && asksAgain ? 'notReady' : extraction;
      return { interactionId, outcome };
    });
    const stored = outcomes.filter(({ outcome }) => outcome === 'stored').map(({ interactionId }) => interactionId);
    const day = days?.first ?? '2026-01-01';
    const key = keys.transcripts('voice', day, runId, batch);
    const at = new Date(planner.nowMs()).toISOString();
    if (stored.length > 0) {
      await noteParts(store, runId, batch, [key]);
      await store.write(key, JSON.stringify(stored));
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
    const count = (wanted: string) => outcomes.filter(({ outcome }) => outcome === wanted).length;
    const receipt = receiptOf(runId, batch, interactionIds, {
      counts: outcomeCounts({
        stored: stored.length,
        missing: count('missing'),
        notReady: count('notReady'),
        failed: count('failed'),
      }),
      parts: stored.length > 0 ? [part] : [],
      unstored: outcomes
        .filter(({ outcome }) => outcome !== 'stored')
        .map(({ interactionId, outcome }) => ({ interactionId, outcome })),
      storedAt: at,
    });
    await store.write(keys.receipt(runId, batch), JSON.stringify(receipt), { absent: true });
  }
}
