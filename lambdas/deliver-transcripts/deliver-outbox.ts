/** Delivers what is pending in the outbox of a run: a few events, one after the other. */

import type { Round } from '../shared/delivery/checkpoint.ts';
import type { LedgerCounts } from '../shared/delivery/ledger.ts';
import { type OutboxEntry, readOutbox, saveEntry } from '../shared/delivery/outbox.ts';
import type { ObjectStorage } from '../shared/storage/object-store.ts';
import type { DeliverySession } from './delivery-session.ts';
import { retryTime } from './retry-queue.ts';

/**
 * The counts of the outbox's events after this call.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`, `ConfigInvalid`,
 *   `VendorUnavailable`
 */
export async function deliverOutbox(
  store: ObjectStorage,
  runId: string,
  round: Round,
  session: DeliverySession,
  now: () => number,
): Promise<LedgerCounts> {
  const counts: LedgerCounts = { delivered: 0, parked: 0, pending: 0 };
  for await (const found of readOutbox(store, runId, round)) {
    let { entry } = found;
    if (entry.state === 'pending') {
      const { attempts } = entry;
      entry = session.isGone ? { ...entry, state: 'parked', last: 410 } : await deliver(entry, session, now);
      if (entry.state === 'parked') session.parked += 1;
      if (entry.state === 'parked' || entry.attempts > attempts) await saveEntry(store, { ...found, entry });
    }
    counts[entry.state] += 1;
  }
  return counts;
}

/** The entry after as many tries as one call is good for. */
async function deliver(entry: OutboxEntry, session: DeliverySession, now: () => number): Promise<OutboxEntry> {
  let after = entry;
  for (let tries = 1; await session.admit(); tries += 1) {
    const { meaning, last, retryAfterSeconds } = await session.send({ id: entry.id, body: Buffer.from(entry.body) });
    after = { ...after, attempts: after.attempts + 1, last };
    if (meaning !== 'retry') return { ...after, state: meaning === 'delivered' ? 'delivered' : 'parked' };
    const { failuresInARow } = session;
    const time = retryTime({ tries, failuresInARow, askedSeconds: retryAfterSeconds, nowMs: now() });
    if (!time || session.mustStop()) break;
    await session.pause(time.laterMs - now());
  }
  return after;
}
