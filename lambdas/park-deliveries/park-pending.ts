/** Parks every event of a run that is still pending. */

import type { Round } from '../shared/delivery/checkpoint.ts';
import { CheckpointFile } from '../shared/delivery/checkpoint-file.ts';
import type { Delivery } from '../shared/delivery/delivery-request.ts';
import type { LedgerCounts } from '../shared/delivery/ledger.ts';
import { readOutbox, saveEntry } from '../shared/delivery/outbox.ts';
import { surveyBatches } from '../shared/delivery/survey.ts';
import { keys } from '../shared/storage/layout.ts';
import type { ObjectStorage } from '../shared/storage/object-store.ts';
import { readJson } from '../shared/storage/read-json.ts';
import { BatchReceipt } from '../shared/storage/records.ts';

export interface Parking {
  /** Transcripts of the run; none of them is pending any more. */
  total: LedgerCounts;
  /** Other events that are parked. */
  parkedEvents: number;
  /** Transcripts that were parked now. */
  newlyParked: number;
}

/**
 * What is parked, once all that was pending is. Done again, it changes nothing and counts nothing as newly parked.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 */
export async function parkPending(
  store: ObjectStorage,
  { runId, round }: Pick<Delivery, 'runId' | 'round'>,
  now: () => number,
): Promise<Parking> {
  const total: LedgerCounts = { delivered: 0, parked: 0, pending: 0 };
  let newlyParked = 0;
  let parkedEvents = 0;
  for await (const { batch, pending, delivered, parked } of surveyBatches(store, runId, round)) {
    if (pending > 0) await parkBatch(store, runId, batch, round, now);
    newlyParked += pending;
    total.delivered += delivered;
    total.parked += parked + pending;
  }
  for await (const found of readOutbox(store, runId, round)) {
    const { entry } = found;
    if (entry.state === 'pending') {
      await saveEntry(store, { ...found, entry: { ...entry, state: 'parked' } });
    }
    if (entry.state !== 'delivered') parkedEvents += 1;
  }
  return { total, parkedEvents, newlyParked };
}

async function parkBatch(
  store: ObjectStorage,
  runId: string,
  batch: number,
  round: Round,
  now: () => number,
): Promise<void> {
  const receipt = await readJson(store, keys.receipt(runId, batch), BatchReceipt);
  if (!receipt) return;
  const file = await CheckpointFile.open({ store, receipt: receipt.value, round, now });
  file.ledger.parkPending();
  file.touch();
  await file.close();
}
