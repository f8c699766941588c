/** Puts `run.completed` into the outbox of a run that has its manifest. */
import { keys } from '../shared/keys.ts';
import type { ObjectStorage } from '../shared/object-store.ts';
import { readJson } from '../shared/runs/read-json.ts';
import { Manifest } from '../shared/runs/run-records.ts';
import type { RunCompleted } from '../shared/webhook/events.ts';
import type { LedgerCounts } from '../shared/webhook/ledger.ts';
import { enqueueRunCompleted } from '../shared/webhook/outbox.ts';

/** @param delivery rows of the run as they stand now: the event shall tell the truth about what is still pending */
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
