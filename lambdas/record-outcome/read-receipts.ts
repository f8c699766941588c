/** Reads what the batches of a run left behind, a few objects at a time. */
import { z } from 'zod';
import { keys } from '../shared/keys.ts';
import { mapConcurrently } from '../shared/map-concurrently.ts';
import type { ObjectStore } from '../shared/object-store.ts';
import { BatchReceipt } from '../shared/records.ts';
import { parseOrThrow } from '../shared/validation.ts';
import { addReceipt, emptyTally, type Tally } from './tally.ts';

const READS_AT_ONCE = 32;

/** The run's receipts, in the order of the batches. */
export async function* readReceipts(store: ObjectStore, runId: string): AsyncGenerator<BatchReceipt> {
  yield* mapConcurrently(store.list(keys.receipts(runId)), READS_AT_ONCE, ({ key }) =>
    readJson(store, key, BatchReceipt, 'receipt of a batch'),
  );
}

export async function tallyReceipts(store: ObjectStore, runId: string): Promise<Tally> {
  const tally = emptyTally();
  for await (const receipt of readReceipts(store, runId)) addReceipt(tally, receipt);
  return tally;
}

const DeliveryCounts = z.object({ delivered: z.int().nonnegative(), parked: z.int().nonnegative() });

/** What became of the deliveries so far; those that are still tried are neither. */
export async function sumDeliveries(store: ObjectStore, runId: string): Promise<z.infer<typeof DeliveryCounts>> {
  const sum = { delivered: 0, parked: 0 };
  const checkpoints = mapConcurrently(store.list(keys.deliveries(runId)), READS_AT_ONCE, ({ key }) =>
    readJson(store, key, DeliveryCounts, 'delivery checkpoint'),
  );
  for await (const { delivered, parked } of checkpoints) {
    sum.delivered += delivered;
    sum.parked += parked;
  }
  return sum;
}

async function readJson<Schema extends z.ZodType>(store: ObjectStore, key: string, schema: Schema, what: string) {
  const found = await store.readText(key);
  return parseOrThrow(schema, JSON.parse(found?.text ?? 'null'), 'ContractViolation', what);
}
