/** Reads what the batches of a run left behind, a few objects at a time. */
import * as z from 'zod';
import { mapConcurrently } from '../lib/map-concurrently.ts';
import { keys } from '../storage/layout.ts';
import type { ObjectStorage } from '../storage/object-store.ts';
import { readJson } from '../storage/read-json.ts';
import { BatchReceipt } from '../storage/records.ts';

const READS_AT_ONCE = 32;

/**
 * The run's receipts, in the order of the batches.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 */
export async function* readReceipts(store: ObjectStorage, runId: string): AsyncGenerator<BatchReceipt> {
  const receipts = mapConcurrently(store.list(keys.receipts(runId)), READS_AT_ONCE, ({ key }) =>
    readJson(store, key, BatchReceipt),
  );
  for await (const receipt of receipts) if (receipt) yield receipt.value;
}

const DeliveryCounts = z.object({ delivered: z.int().nonnegative(), parked: z.int().nonnegative() });

/**
 * Rows of a run that were delivered and parked so far; those that are still tried are neither.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 * @example await sumDeliveries(store, 'daily-1') // { delivered: 198, parked: 2 }
 */
export async function sumDeliveries(store: ObjectStorage, runId: string): Promise<z.infer<typeof DeliveryCounts>> {
  const sum = { delivered: 0, parked: 0 };
  const checkpoints = mapConcurrently(store.list(keys.deliveries(runId)), READS_AT_ONCE, ({ key }) =>
    readJson(store, key, DeliveryCounts),
  );
  for await (const checkpoint of checkpoints) {
    sum.delivered += checkpoint?.value.delivered ?? 0;
    sum.parked += checkpoint?.value.parked ?? 0;
  }
  return sum;
}
