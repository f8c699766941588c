/** What runs know of contacts besides what is in receipts: planned and not stored yet, found too early, or left for a later run. */

import { idsOf } from '../shared/contracts/aliases.ts';
import { Batch, otherIdsOf } from '../shared/contracts/batch.ts';
import type { ContactTally, Standing } from '../shared/runs/contact-tally.ts';
import { TAKEN_BY_OTHER_RUN } from '../shared/runs/list-unfinished.ts';
import { DecidedLine, type Plan, type UnfinishedLine } from '../shared/runs/run-records.ts';
import { keys, receiptBatch } from '../shared/storage/layout.ts';
import type { ObjectStorage } from '../shared/storage/object-store.ts';
import { readJsonLinesIfAny } from '../shared/storage/read-json.ts';

/**
 * Notes the contacts of the run's batches without a receipt, of what it decided without a batch, and of the backlog.
 *
 * @param backlog what earlier runs of the schedule have left
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 */
export async function noteRuns(
  store: ObjectStorage,
  plan: Plan,
  backlog: readonly UnfinishedLine[],
  tally: ContactTally,
): Promise<void> {
  const done = new Set<number>();
  for await (const { key } of store.list(keys.receipts(plan.runId))) done.add(receiptBatch(key));
  if (done.size < plan.batchCount) {
    for await (const batch of readJsonLinesIfAny(store, plan.batchesKey, Batch)) {
      if (done.has(batch.batch)) continue;
      const ids = otherIdsOf(batch);
      for (const id of batch.interactionIds) noteAll(tally, [id, ...(ids.get(id) ?? [])], 'pending');
    }
  }
  const decided = plan.decidedKey === undefined ? [] : readJsonLinesIfAny(store, plan.decidedKey, DecidedLine);
  for await (const line of decided) noteLine(tally, line);
  for (const line of backlog) noteLine(tally, line);
}

function noteLine(
  tally: ContactTally,
  line: Pick<UnfinishedLine, 'interactionId' | 'aliases' | 'error'> & {
    outcome: DecidedLine['outcome'] | UnfinishedLine['outcome'];
  },
): void {
  noteAll(tally, [line.interactionId, ...idsOf(line.aliases)], standingOf(line));
}

/**
 * What a line that a run has left says of a contact.
 *
 * @example
 * standingOf({ outcome: 'notReady' }) // 'empty': it had no transcript whenever it was asked for
 * standingOf({ outcome: 'notReady', error: 'TakenByOtherRun' }) // 'pending'
 */
export function standingOf({
  outcome,
  error,
}: {
  outcome: DecidedLine['outcome'] | UnfinishedLine['outcome'];
  error?: string | undefined;
}): Standing {
  if (outcome === 'duplicate') return 'stored';
  if (outcome === 'missing' || (outcome === 'notReady' && error !== TAKEN_BY_OTHER_RUN)) return 'empty';
  return 'pending';
}

function noteAll(tally: ContactTally, ids: readonly string[], standing: Standing): void {
  for (const id of ids) tally.note(id, standing);
}
