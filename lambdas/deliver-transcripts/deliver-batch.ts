/** Delivers what is pending of one batch, as far as the endpoint and the time allow. */
import type { ObjectStorage } from '../shared/object-store.ts';
import type { BatchReceipt } from '../shared/records.ts';
import type { Round } from '../shared/webhook/checkpoint.ts';
import { CheckpointFile } from '../shared/webhook/checkpoint-file.ts';
import type { LedgerCounts } from '../shared/webhook/ledger.ts';
import {
  buildTranscriptEvent,
  type EventContext,
  isLostRow,
  type RowOfBatch,
  readRows,
} from '../shared/webhook/transcript-events.ts';
import type { DeliverySession } from './delivery-session.ts';
import { TaskGroup } from './task-group.ts';

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
 * Memory holds as many events as are under way, whatever the batch's size.
 *
 * @returns the counts of the batch's rows after this call
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ConfigInvalid`, `VendorUnavailable`
 */
export async function deliverBatch(delivery: BatchDelivery): Promise<LedgerCounts> {
  const { store, receipt, round, session, now } = delivery;
  const file = await CheckpointFile.open({ store, receipt, round, now });
  const { ledger } = file;
  const parkedBefore = ledger.counts().parked;
  try {
    // Rows that failed least come first: a few that always fail must not keep the others from their turn.
    const fewest = ledger.fewestAttempts;
    const isFirst = (index: number) => ledger.isPending(index) && ledger.at(index).attempts === fewest;
    const failedBefore = new Set<number>();
    for (let index = 0; index < ledger.size; index += 1) {
      if (ledger.isPending(index) && !isFirst(index)) failedBefore.add(index);
    }
    await deliverRows(delivery, file, isFirst);
    if (failedBefore.size > 0) await deliverRows(delivery, file, (index) => failedBefore.has(index));
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

function parkRest(file: CheckpointFile, reason: number | string): void {
  if (file.ledger.fewestAttempts === undefined) return;
  file.ledger.parkPending(reason);
  file.touch();
}

async function deliverRows(
  { store, bucket, receipt, session, maxEventBytes }: BatchDelivery,
  file: CheckpointFile,
  isWanted: (index: number) => boolean,
): Promise<void> {
  if (session.mustStop()) return;
  const context: EventContext = { bucket, receipt, maxBytes: maxEventBytes };
  const requests = new TaskGroup();
  const deliver = async ({ text, part, line, index }: RowOfBatch) => {
    try {
      const { meaning, last } = await session.send(buildTranscriptEvent(text, part, line, context));
      if (meaning === 'delivered') file.ledger.delivered(index);
      else if (meaning === 'park') file.ledger.refused(index, last);
      else file.ledger.failed(index, last);
      file.touch();
    } finally {
      session.slots.giveBack();
    }
  };
  try {
    for await (const row of readRows(store, receipt, isWanted)) {
      await session.slots.take();
      if (session.mustStop() || file.hasFailed || requests.hasFailed) {
        session.slots.giveBack();
        break;
      }
      requests.run(() => deliver(row));
    }
  } finally {
    await requests.settled();
  }
}
