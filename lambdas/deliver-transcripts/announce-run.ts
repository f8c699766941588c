/** Puts `run.completed` into the outbox of a run that has its manifest. */

import type { RunCompleted } from '../shared/delivery/events.ts';
import type { LedgerCounts } from '../shared/delivery/ledger.ts';
import { enqueueRunCompleted } from '../shared/delivery/outbox.ts';
import { Manifest } from '../shared/runs/run-records.ts';
import { keys } from '../shared/storage/layout.ts';
import type { ObjectStorage } from '../shared/storage/object-store.ts';
import { readJson } from '../shared/storage/read-json.ts';

/**
 * Puts `run.completed` into the run's outbox; does nothing while the run has no manifest.
 *
 * @param delivery rows of the run as they stand now: the event says how many are still pending
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 */
export async function announceRun(
  store: ObjectStorage,
  bucket: string,
  runId: string,
  delivery: LedgerCounts,
): Promise<void> {
  const manifest = await readJson(
    store,
    keys.manifest(runId),
    Manifest.pick({ status: true, recordedAt: true, counts: true }),
  );
  if (!manifest) return;
  const { status, recordedAt, counts } = manifest.value;
  const event: RunCompleted = {
    type: 'run.completed',
    timestamp: recordedAt,
    data: { runId, status, manifest: { bucket, key: keys.manifest(runId) }, counts, delivery },
  };
  await enqueueRunCompleted(store, event);
}
