/** How far the delivery of a whole run has come, batch by batch. */

import { mapConcurrently } from '../lib/map-concurrently.ts';
import { keys, receiptBatch } from '../storage/layout.ts';
import type { ObjectStorage } from '../storage/object-store.ts';
import { readJson } from '../storage/read-json.ts';
import { BatchReceipt } from '../storage/records.ts';
import { FIRST_ROUND, isMoved, openLedger, type Round } from './checkpoint.ts';
import { readCheckpoint } from './checkpoint-file.ts';
import type { LedgerCounts } from './ledger.ts';

const READS_AT_ONCE = 32;

export interface SurveyedBatch extends LedgerCounts {
  batch: number;
  /** Of the batch. */
  rows: number;
  /** Requests for the pending row that had fewest. */
  fewestAttempts: number;
  /** Its objects were rewritten: until its checkpoint is saved again, each look at it reads them. */
  isMoved: boolean;
}

/**
 * The transcripts of a run by what became of them: the numbers that every reader of the records shows.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 * @example await countDeliveries(store, 'daily-1') // { delivered: 198, parked: 2, pending: 0 }
 */
export async function countDeliveries(store: ObjectStorage, runId: string): Promise<LedgerCounts> {
  const sum: LedgerCounts = { delivered: 0, parked: 0, pending: 0 };
  for await (const { delivered, parked, pending } of surveyBatches(store, runId, FIRST_ROUND)) {
    sum.delivered += delivered;
    sum.parked += parked;
    sum.pending += pending;
  }
  return sum;
}

/**
 * The batches of a run as the given round sees them.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 * @example surveyBatches(store, 'daily-1', FIRST_ROUND) // yields { batch: 0, rows: 50, delivered: 48, pending: 2, … }
 */
export async function* surveyBatches(store: ObjectStorage, runId: string, round: Round): AsyncGenerator<SurveyedBatch> {
  yield* mapConcurrently(store.list(keys.receipts(runId)), READS_AT_ONCE, async ({ key }) => {
    const batch = receiptBatch(key);
    const [receipt, checkpoint] = await Promise.all([
      readJson(store, key, BatchReceipt.pick({ parts: true })),
      readCheckpoint(store, { runId, batch }),
    ]);
    const parts = receipt?.value ?? { parts: [] };
    const ledger = await openLedger(store, parts, checkpoint?.value, round);
    const isRewritten = isMoved(parts, checkpoint?.value);
    const { size: rows, fewestAttempts = 0 } = ledger;
    return { batch, rows, fewestAttempts, isMoved: isRewritten, ...ledger.counts() };
  });
}
