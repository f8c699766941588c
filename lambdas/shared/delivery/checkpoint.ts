/** `runs/<runId>/delivery/<batch>.json`: how far the delivery of a batch has come. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { RunId } from '../contracts/ids.ts';
import type { ObjectStorage } from '../storage/object-store.ts';
import type { BatchReceipt } from '../storage/records.ts';
import { eventName } from './event-id.ts';
import { DeliveryLedger, Segment } from './ledger.ts';
import { eventIdOf, isLostRow, readRows } from './transcript-events.ts';

const count = z.int().nonnegative();

/** The record itself; its counts are there for readers that do not want the segments. */
export const DeliveryCheckpoint = z.object({
  schemaVersion: z.literal(1),
  runId: RunId,
  batch: count,
  /** Which objects the rows are counted in: other objects, other rows. */
  fingerprint: z.string(),
  /** The redelivery that last made rows pending again; empty before the first. */
  round: z.string(),
  rows: count,
  delivered: count,
  parked: count,
  segments: z.array(Segment),
  updatedAt: z.iso.datetime(),
});
export type DeliveryCheckpoint = z.infer<typeof DeliveryCheckpoint>;

/** A delivery of a run: the first one, or one that was asked for afterwards. */
export interface Round {
  /** Empty for the first delivery; the execution's name for a later one. */
  name: string;
  /** What a later one makes pending again. */
  only: 'parked' | 'all';
}

/** The delivery that a run starts itself. Everything is pending then: `only` is without effect. */
export const FIRST_ROUND: Round = { name: '', only: 'parked' };

type Parts = Pick<BatchReceipt, 'parts'>;

/**
 * Rows in all parts.
 *
 * @example rowsOf({ parts: [{ rows: 2, … }, { rows: 3, … }] }) // 5
 */
function rowsOf({ parts }: Parts): number {
  return parts.reduce((sum, part) => sum + part.rows, 0);
}

/**
 * 16 hex digits of a hash over the keys and contents of the parts: others as soon as one of them is rewritten.
 *
 * @example fingerprintOf({ parts: [] }) // '4f53cda18c2baa0c'
 */
function fingerprintOf({ parts }: Parts): string {
  const facts = parts.map(({ key, sha256 }) => [key, sha256]);
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 16);
}

/**
 * True when the parts were rewritten after the checkpoint (an erasure): rows are in other places now.
 *
 * @example isMoved({ parts: [] }, undefined) // false: there is no checkpoint yet
 */
export function isMoved(receipt: Parts, checkpoint: DeliveryCheckpoint | undefined): boolean {
  return checkpoint !== undefined && checkpoint.fingerprint !== fingerprintOf(receipt);
}

/**
 * The ledger to go on with. Objects that were rewritten are read once more, to find each row again by the name of its
 * event: only what is new is delivered.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected` when rewritten objects cannot be read
 */
export async function openLedger(
  store: Pick<ObjectStorage, 'readLines'>,
  receipt: Parts,
  checkpoint: DeliveryCheckpoint | undefined,
  round: Round = FIRST_ROUND,
): Promise<DeliveryLedger> {
  const rows = rowsOf(receipt);
  if (!checkpoint) return DeliveryLedger.empty(rows);
  const then = DeliveryLedger.from(checkpoint.rows, checkpoint.segments);
  const ledger = isMoved(receipt, checkpoint) ? then.movedTo(await readNames(store, receipt)) : then;
  // Once per round: a call that is repeated must not undo what the one before it has achieved.
  if (round.name !== '' && checkpoint.round !== round.name) ledger.reopen(round.only);
  return ledger;
}

/** Empty for rows that are not there any more. */
async function readNames(store: Pick<ObjectStorage, 'readLines'>, receipt: Parts): Promise<string[]> {
  const names = Array<string>(rowsOf(receipt)).fill('');
  let first = 0;
  for (const part of receipt.parts) {
    try {
      for await (const { index, text } of readRows(store, { parts: [part] }, () => true)) {
        names[first + index] = eventName(eventIdOf(text, part.key).id);
      }
    } catch (error) {
      if (!isLostRow(error)) throw error;
    }
    first += part.rows;
  }
  return names;
}

/**
 * The checkpoint that keeps a ledger.
 *
 * @param round the redelivery that last made rows pending again, empty before the first
 * @param nowMs milliseconds of the epoch
 * @example
 * buildCheckpoint(receipt, DeliveryLedger.empty(2), '', Date.now()).segments
 * // [{ from: 0, to: 1, state: 'pending' }]
 */
export function buildCheckpoint(
  receipt: Pick<BatchReceipt, 'parts' | 'runId' | 'batch'>,
  ledger: DeliveryLedger,
  round: string,
  nowMs: number,
): DeliveryCheckpoint {
  const { delivered, parked } = ledger.counts();
  return {
    schemaVersion: 1,
    runId: receipt.runId,
    batch: receipt.batch,
    fingerprint: fingerprintOf(receipt),
    round,
    rows: ledger.size,
    delivered,
    parked,
    segments: ledger.segments(),
    updatedAt: new Date(nowMs).toISOString(),
  };
}
