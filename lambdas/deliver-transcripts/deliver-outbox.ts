/** Delivers what is pending in the outbox of a run: a few events, one after the other. */

import type { Round } from '../shared/delivery/checkpoint.ts';
import type { LedgerCounts } from '../shared/delivery/ledger.ts';
import { type OutboxEntry, readOutbox, saveEntry } from '../shared/delivery/outbox.ts';
import type { ObjectStorage } from '../shared/storage/object-store.ts';
import type { DeliverySession } from './delivery-session.ts';

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
): Promise<LedgerCounts> {
  const counts: LedgerCounts = { delivered: 0, parked: 0, pending: 0 };
  for await (const found of readOutbox(store, runId, round)) {
    let { entry } = found;
    if (entry.state === 'pending' && (session.isGone || (await session.admit()))) {
      entry = await attempt(entry, session);
      if (entry.state === 'parked') session.parked += 1;
      await saveEntry(store, { ...found, entry });
    }
    counts[entry.state] += 1;
  }
  return counts;
}

async function attempt(entry: OutboxEntry, session: DeliverySession): Promise<OutboxEntry> {
  if (session.isGone) return { ...entry, state: 'parked', last: 410 };
  const { meaning, last } = await session.send({ id: entry.id, body: Buffer.from(entry.body) });
  const state = meaning === 'delivered' ? 'delivered' : meaning === 'retry' ? 'pending' : 'parked';
  return { ...entry, state, attempts: entry.attempts + 1, last };
}
