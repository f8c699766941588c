/** A batch's checkpoint in S3: saved while the delivery goes on, shared with other deliveries of the same batch. */
import { setTimeout as sleep } from 'node:timers/promises';
import { compareAndSwap, unchanged } from '../storage/compare-and-swap.ts';
import { keys } from '../storage/layout.ts';
import type { ObjectStorage } from '../storage/object-store.ts';
import { readJson } from '../storage/read-json.ts';
import type { BatchReceipt } from '../storage/records.ts';
import { buildCheckpoint, DeliveryCheckpoint, isMoved, openLedger, type Round } from './checkpoint.ts';
import type { DeliveryLedger } from './ledger.ts';

/** Between two writes: what is delivered in this time may be delivered again after a crash. */
const SAVE_INTERVAL_MS = 50;
const MAX_RACES = 5;

export interface CheckpointFileOptions {
  store: ObjectStorage;
  receipt: BatchReceipt;
  round: Round;
  now: () => number;
}

/** The checkpoint of one batch: its ledger in memory, saved to S3 by compare-and-swap while it changes. */
export class CheckpointFile {
  readonly ledger: DeliveryLedger;
  readonly #options: CheckpointFileOptions;
  /** The version that the next save is written over. */
  #saved: { etag: string } | undefined;
  #round: string;
  #isDirty: boolean;
  #saving: Promise<void> | undefined;
  #failure: unknown;
  /** Ends the pause between two saves. */
  readonly #closing = new AbortController();

  private constructor(
    options: CheckpointFileOptions,
    ledger: DeliveryLedger,
    found: { value: DeliveryCheckpoint; etag: string } | undefined,
  ) {
    this.#options = options;
    this.#saved = found;
    this.#round = options.round.name || (found?.value.round ?? '');
    this.ledger = ledger;
    const isNews = found === undefined || found.value.round !== this.#round;
    this.#isDirty = isNews || isMoved(options.receipt, found.value);
  }

  /**
   * The checkpoint as it stands in S3, or a fresh one, as the given round sees it.
   *
   * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
   */
  static async open(options: CheckpointFileOptions): Promise<CheckpointFile> {
    const { store, receipt, round } = options;
    const found = await readCheckpoint(store, receipt);
    return new CheckpointFile(options, await openLedger(store, receipt, found?.value, round), found);
  }

  /** True once a save has failed: what is delivered from here on would not be remembered. */
  get hasFailed(): boolean {
    return this.#failure !== undefined;
  }

  /** Says that the ledger has changed. Saves soon, many changes at a time; {@link CheckpointFile.close} tells how it went. */
  touch(): void {
    this.#isDirty = true;
    this.#saving ??= this.#saveLater();
  }

  /**
   * Saves what is not saved yet.
   *
   * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`
   */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#saving;
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#isDirty) await this.#save();
  }

  async #saveLater(): Promise<void> {
    try {
      while (this.#isDirty && this.#failure === undefined) {
        await this.#save();
        await this.#pause();
      }
    } catch (error) {
      this.#failure = error;
    } finally {
      this.#saving = undefined;
    }
  }

  async #pause(): Promise<void> {
    await sleep(SAVE_INTERVAL_MS, undefined, { signal: this.#closing.signal }).catch(() => {});
  }

  async #save(): Promise<void> {
    const { store, receipt, round, now } = this.#options;
    const attempt = async () => {
      this.#isDirty = false;
      const checkpoint = buildCheckpoint(receipt, this.ledger, this.#round, now());
      const key = keys.delivery(receipt.runId, receipt.batch);
      const result = await store.write(key, JSON.stringify(checkpoint), unchanged(this.#saved));
      if (result.written) return result;
      const theirs = await readCheckpoint(store, receipt);
      this.#saved = theirs;
      if (theirs) this.ledger.merge(await openLedger(store, receipt, theirs.value, round));
      return result;
    };
    const contended = 'Other deliveries of the same batch keep writing its checkpoint';
    this.#saved = await compareAndSwap(attempt, contended, MAX_RACES);
  }
}

/**
 * The checkpoint of a batch with its ETag, or undefined where its delivery has not begun.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 */
export async function readCheckpoint(store: ObjectStorage, { runId, batch }: { runId: string; batch: number }) {
  return readJson(store, keys.delivery(runId, batch), DeliveryCheckpoint);
}
