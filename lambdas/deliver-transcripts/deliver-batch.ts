/** Delivers what is pending of one batch, as far as the endpoint and the time allow. */

import type { Round } from '../shared/delivery/checkpoint.ts';
import { CheckpointFile } from '../shared/delivery/checkpoint-file.ts';
import { eventName } from '../shared/delivery/event-id.ts';
import type { LedgerCounts } from '../shared/delivery/ledger.ts';
import { buildTranscriptEvent, type EventContext, isLostRow, readRows } from '../shared/delivery/transcript-events.ts';
import type { ObjectStorage } from '../shared/storage/object-store.ts';
import type { BatchReceipt } from '../shared/storage/records.ts';
import { BatchRequests } from './batch-requests.ts';
import type { DeliverySession } from './delivery-session.ts';

/** A receiver that answers 410 takes nothing of this run any more. */
const GONE = 410;

export interface BatchDelivery {
  store: ObjectStorage;
  bucket: string;
  receipt: BatchReceipt;
  round: Round;
  session: DeliverySession;
  maxEventBytes: number;
  now: () => number;
}

/**
 * The counts of the batch's rows after this call. Memory holds as many events as are under way, whatever the batch's
 * size.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ConfigInvalid`, `VendorUnavailable`
 */
export async function deliverBatch(delivery: BatchDelivery): Promise<LedgerCounts> {
  const { store, receipt, round, session, now } = delivery;
  const file = await CheckpointFile.open({ store, receipt, round, now });
  const { ledger } = file;
  const parkedBefore = ledger.counts().parked;
  try {
    await deliverPending(delivery, file);
    if (session.isGone) parkRest(file, GONE);
  } catch (error) {
    if (!isLostRow(error)) throw error;
    parkRest(file, 'unreadable');
  } finally {
    await file.close();
  }
  const counts = ledger.counts();
  session.parked += counts.parked - parkedBefore;
  return counts;
}

async function deliverPending(delivery: BatchDelivery, file: CheckpointFile): Promise<void> {
  const { ledger } = file;
  // Rows that failed least come first: a few that always fail must not keep the others from their turn.
  const fewest = ledger.fewestAttempts;
  const first = new Set<number>();
  const failedBefore = new Set<number>();
  for (let index = 0; index < ledger.size; index += 1) {
    if (ledger.isPending(index)) (ledger.at(index).attempts === fewest ? first : failedBefore).add(index);
  }
  const requests = new BatchRequests(delivery, file);
  try {
    for (const wanted of [first, failedBefore]) {
      if (wanted.size > 0) await deliverRows(delivery, file, (index) => wanted.has(index), requests);
    }
  } finally {
    // Also where a row cannot be read any more: those that wait for their next try have been.
    await requests.finishRetries();
    await requests.settled();
  }
}

function parkRest(file: CheckpointFile, reason: number | string): void {
  if (file.ledger.fewestAttempts === undefined) return;
  file.ledger.parkPending(reason);
  file.touch();
}

async function deliverRows(
  { store, bucket, receipt, session, maxEventBytes }: BatchDelivery,
  file: CheckpointFile,
  isWanted: (index: number) => boolean,
  requests: BatchRequests,
): Promise<void> {
  if (session.mustStop()) return;
  const context: EventContext = { bucket, receipt, maxBytes: maxEventBytes };
  for await (const row of readRows(store, receipt, isWanted)) {
    const event = buildTranscriptEvent(row.text, row.part, row.line, context);
    // Twice in the batch, or the object is being rewritten and its rows have moved up: the receiver has this one.
    if (file.ledger.hasDelivered(eventName(event.id))) {
      file.ledger.delivered(row.index, eventName(event.id));
      file.touch();
      continue;
    }
    if (!(await requests.start({ index: row.index, event, tries: 0 }))) break;
  }
}
