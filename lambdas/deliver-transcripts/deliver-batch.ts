/** Delivers what is pending of one batch, as far as the endpoint and the time allow. */

import type { Round } from '../shared/delivery/checkpoint.ts';
import { CheckpointFile } from '../shared/delivery/checkpoint-file.ts';
import { eventName } from '../shared/delivery/event-id.ts';
import type { LedgerCounts } from '../shared/delivery/ledger.ts';
import {
  buildTranscriptEvent,
  type EventContext,
  isLostRow,
  type RowOfBatch,
  readRows,
  type WebhookEvent,
} from '../shared/delivery/transcript-events.ts';
import type { ObjectStorage } from '../shared/storage/object-store.ts';
import type { BatchReceipt } from '../shared/storage/records.ts';
import type { DeliverySession } from './delivery-session.ts';
import { TaskGroup } from './task-group.ts';

/** A receiver that answers 410 takes nothing of this run any more. */
const GONE = 410;

/** An event that is put off again and again makes the others wait: after so many passes it is left to a later call. */
const PASSES_IN_VAIN = 3;

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
    // Those that were only asked to wait come again in the same call.
    for (let asked = 1, inVain = 0; asked > 0 && inVain < PASSES_IN_VAIN && !session.mustStop(); ) {
      const pass = await deliverPending(delivery, file);
      asked = pass.asked;
      inVain = pass.taken > 0 ? 0 : inVain + 1;
    }
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

/** What a pass over the pending rows came to. */
interface Pass {
  taken: number;
  /** Rows that the receiver wants to be sent later. */
  asked: number;
}

async function deliverPending(delivery: BatchDelivery, file: CheckpointFile): Promise<Pass> {
  const { ledger } = file;
  const pass: Pass = { taken: 0, asked: 0 };
  // Rows that failed least come first: a few that always fail must not keep the others from their turn.
  const fewest = ledger.fewestAttempts;
  const isFirst = (index: number) => ledger.isPending(index) && ledger.at(index).attempts === fewest;
  const failedBefore = new Set<number>();
  for (let index = 0; index < ledger.size; index += 1) {
    if (ledger.isPending(index) && !isFirst(index)) failedBefore.add(index);
  }
  await deliverRows(delivery, file, isFirst, pass);
  if (failedBefore.size > 0) await deliverRows(delivery, file, (index) => failedBefore.has(index), pass);
  return pass;
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
  pass: Pass,
): Promise<void> {
  if (session.mustStop()) return;
  const context: EventContext = { bucket, receipt, maxBytes: maxEventBytes };
  const requests = new TaskGroup();
  const deliver = async ({ index }: RowOfBatch, event: WebhookEvent) => {
    const { meaning, last, retryAfterSeconds } = await session.send(event);
    const name = eventName(event.id);
    if (meaning === 'delivered') file.ledger.delivered(index, name);
    else if (meaning === 'park') file.ledger.refused(index, name, last);
    else file.ledger.failed(index, name, last);
    if (meaning === 'delivered') pass.taken += 1;
    if (retryAfterSeconds !== undefined) pass.asked += 1;
    file.touch();
  };
  try {
    for await (const row of readRows(store, receipt, isWanted)) {
      const event = buildTranscriptEvent(row.text, row.part, row.line, context);
      // Twice in the batch, or the object is being rewritten and its rows have moved up: the receiver has this one.
      if (file.ledger.hasDelivered(eventName(event.id))) {
        file.ledger.delivered(row.index, eventName(event.id));
        file.touch();
        continue;
      }
      if (!(await session.admit())) break;
      if (file.hasFailed || requests.hasFailed) {
        session.giveBack();
        break;
      }
      requests.run(() => deliver(row, event));
    }
  } finally {
    await requests.settled();
  }
}
