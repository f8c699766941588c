/** A batch that is stored once, however often it is tried: the receipt of an attempt before is the answer. */
import { isPipelineError } from '../shared/contracts/errors.ts';
import type { StoringGoesOn } from '../shared/contracts/states/store-transcripts.ts';
import { deleteStrayParts } from '../shared/runs/part-notes.ts';
import type { BatchReceipt } from '../shared/storage/records.ts';
import { commitReceipt, findReceipt } from './batch-receipt.ts';
import { type BatchToStore, isFetchedOneByOne } from './batch-to-store.ts';
import type { Masking } from './build-row.ts';
import { storeBatch } from './store-batch.ts';

/** Without what is read from secrets, which a batch that is stored already does not need. */
export type BatchToStoreOnce = Omit<BatchToStore, 'earlier' | 'masking'>;

/**
 * The receipt of the batch, of this attempt or of an earlier one; or the wait before the next pass over it.
 *
 * @param readMasking asked where there is something to mask
 * @param onStored told of a receipt that this attempt wrote
 * @throws PipelineError as `storeBatch`; `DataLakeUnavailable` when another attempt was faster
 */
export async function storeOnce(
  toStore: BatchToStoreOnce,
  readMasking: () => Promise<Masking>,
  onStored: (receipt: BatchReceipt) => void = () => {},
): Promise<BatchReceipt | StoringGoesOn> {
  const { store, input } = toStore;
  const earlier = await findReceipt(store, input.runId, input.batch.batch);
  if (earlier?.isSound) {
    await tidyUp(toStore, earlier.receipt);
    return earlier.receipt;
  }
  const masking = await readMasking();
  try {
    const stored = await storeBatch({ ...toStore, masking, earlier });
    if ('again' in stored) return stored;
    await commitReceipt(store, stored, earlier);
    onStored(stored);
    await tidyUp(toStore, stored);
    return stored;
  } catch (error) {
    // A late attempt, whose parts nobody is going to look for any more.
    if (isPipelineError(error, 'DataLakeUnavailable')) await tidyUpAfterOther(toStore);
    throw error;
  }
}

async function tidyUpAfterOther(toStore: BatchToStoreOnce): Promise<void> {
  const { store, input } = toStore;
  if (!isFetchedOneByOne(toStore)) return;
  const other = await findReceipt(store, input.runId, input.batch.batch);
  if (other?.isSound) await tidyUp(toStore, other.receipt);
}

/** Attempts at a job's result write the same parts; those that fetch one by one write parts of their own. */
async function tidyUp(toStore: BatchToStoreOnce, { runId, batch, parts }: BatchReceipt): Promise<void> {
  if (!isFetchedOneByOne(toStore)) return;
  await deleteStrayParts(toStore.store, runId, batch, new Set(parts.map(({ key }) => key)));
}
