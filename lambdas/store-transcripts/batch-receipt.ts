/** The receipt that makes a batch done: written last, once, and trusted only if what it lists is there. */
import { PipelineError } from '../shared/contracts/errors.ts';
import { unchanged } from '../shared/storage/compare-and-swap.ts';
import { keys } from '../shared/storage/layout.ts';
import type { ObjectStorage } from '../shared/storage/object-store.ts';
import { readJson } from '../shared/storage/read-json.ts';
import { BatchReceipt } from '../shared/storage/records.ts';

export interface FoundReceipt {
  receipt: BatchReceipt;
  etag: string;
  /** False when an object it lists is not the one it was written for: two attempts overlapped, and the batch is redone. */
  isSound: boolean;
}

/**
 * The receipt of an earlier attempt at this batch, or undefined.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation` for one of another form
 */
export async function findReceipt(
  store: ObjectStorage,
  runId: string,
  batch: number,
): Promise<FoundReceipt | undefined> {
  const found = await readJson(store, keys.receipt(runId, batch), BatchReceipt);
  return found && { receipt: found.value, etag: found.etag, isSound: await isSound(store, found.value) };
}

async function isSound(store: ObjectStorage, receipt: BatchReceipt): Promise<boolean> {
  // The end of a run closes what did not finish in time; that is final for late attempts.
  if (receipt.sealedBy !== undefined) return true;
  for (const { key, sha256 } of [...receipt.parts, receipt.audit]) {
    const head = await store.head(key);
    if (head?.metadata.sha256 !== sha256) return false;
  }
  return true;
}

/**
 * Fails when the batch was closed while this attempt was at work: what it is about to write would belong to nothing.
 *
 * @throws PipelineError `DataLakeUnavailable`: the retry finds the receipt
 */
export async function refuseLateAttempt(
  store: ObjectStorage,
  runId: string,
  batch: number,
  earlier: FoundReceipt | undefined,
): Promise<void> {
  const current = await store.head(keys.receipt(runId, batch));
  if (current !== undefined && current.etag !== earlier?.etag) throw closedByOther();
}

/** For an attempt that another one was faster than: its retry finds what that one wrote. */
export function closedByOther(): PipelineError {
  return new PipelineError('DataLakeUnavailable', 'Another attempt at this batch finished first');
}

/**
 * Writes the receipt where the attempt found none, or over the unsound one it found.
 *
 * @throws PipelineError `DataLakeUnavailable` when another attempt was faster: the retry finds and checks its receipt
 */
export async function commitReceipt(
  store: ObjectStorage,
  receipt: BatchReceipt,
  replaces?: FoundReceipt,
): Promise<void> {
  const key = keys.receipt(receipt.runId, receipt.batch);
  const { written } = await store.write(key, JSON.stringify(receipt), unchanged(replaces));
  if (!written) throw closedByOther();
}
