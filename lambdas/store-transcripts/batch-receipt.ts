/** The receipt that makes a batch done: written last, once, and trusted only if what it lists is there. */
import { PipelineError } from '../shared/errors.ts';
import { keys } from '../shared/keys.ts';
import type { ObjectStore } from '../shared/object-store.ts';
import { BatchReceipt } from '../shared/records.ts';
import { parseOrThrow } from '../shared/validation.ts';

export interface FoundReceipt {
  receipt: BatchReceipt;
  etag: string;
  /** False when an object it lists is not the one it was written for: two attempts overlapped, and the batch is redone. */
  isSound: boolean;
}

/** The receipt of an earlier attempt at this batch, if there is one. */
export async function findReceipt(store: ObjectStore, runId: string, batch: number): Promise<FoundReceipt | undefined> {
  const found = await store.readText(keys.receipt(runId, batch));
  if (!found) return undefined;
  const receipt = parseOrThrow(BatchReceipt, JSON.parse(found.text), 'ContractViolation', 'receipt of the batch');
  return { receipt, etag: found.etag, isSound: await partsAreSound(store, receipt) };
}

async function partsAreSound(store: ObjectStore, receipt: BatchReceipt): Promise<boolean> {
  for (const part of receipt.parts) {
    const head = await store.head(part.key);
    if (head?.metadata.sha256 !== part.sha256) return false;
  }
  return true;
}

/**
 * Writes the receipt where the attempt found none, or over the unsound one it found.
 *
 * @throws PipelineError `DataLakeUnavailable` when another attempt was faster: the retry finds and checks its receipt
 */
export async function commitReceipt(store: ObjectStore, receipt: BatchReceipt, replaces?: FoundReceipt): Promise<void> {
  const condition = replaces ? { etag: replaces.etag } : { absent: true as const };
  const key = keys.receipt(receipt.runId, receipt.batch);
  const { written } = await store.write(key, JSON.stringify(receipt), condition);
  if (!written) throw new PipelineError('DataLakeUnavailable', 'Another attempt at this batch finished first');
}
