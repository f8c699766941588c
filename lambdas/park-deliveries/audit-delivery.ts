/** The audit of a redelivery: who asked for it, for what, and what came of it. The first delivery is audited by its run. */
import * as z from 'zod';
import { RedeliveryScope } from '../shared/contracts/delivery-execution.ts';
import { RunId } from '../shared/contracts/ids.ts';
import type { Delivery } from '../shared/delivery/delivery-request.ts';
import type { LedgerCounts } from '../shared/delivery/ledger.ts';
import { keys } from '../shared/storage/layout.ts';
import type { ObjectStorage } from '../shared/storage/object-store.ts';
import { createJsonLines } from '../shared/storage/write-json-lines.ts';

const count = z.int().nonnegative();

/** The audit line of a redelivery. */
export const RedeliveryAuditLine = z.object({
  at: z.iso.datetime(),
  action: z.literal('run_redelivered'),
  /** Execution that did it. */
  actor: z.string(),
  runId: RunId,
  only: RedeliveryScope,
  /** Events of the run after it. */
  delivered: count,
  parked: count,
});

/**
 * Writes the audit of a redelivery, once: a repeated call finds it there. The first delivery has none.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`
 */
export async function writeDeliveryAudit(
  store: ObjectStorage,
  { startedAt, name }: { startedAt: string; name: string },
  { runId, round }: Pick<Delivery, 'runId' | 'round'>,
  { delivered, parked }: LedgerCounts,
): Promise<void> {
  if (round.name === '') return;
  const line: z.input<typeof RedeliveryAuditLine> = {
    at: startedAt,
    action: 'run_redelivered',
    actor: name,
    runId,
    only: round.only,
    delivered,
    parked,
  };
  await createJsonLines(store, keys.auditOfRedelivery(startedAt.slice(0, 10), name), [line]);
}
