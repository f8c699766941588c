/** The interactions of a run that a later one is to take again. */
import { Batch } from '../shared/contracts.ts';
import type { ObjectStore } from '../shared/object-store.ts';
import { type Plan, UnfinishedLine } from '../shared/run-records.ts';
import { parseOrThrow } from '../shared/validation.ts';
import type { Tally } from './tally.ts';

/**
 * Streams them: those of batches without a receipt, those whose transcript could not be stored, those that are not
 * ready yet.
 *
 * @param attemptsBefore how many earlier runs have tried an interaction; 0 where it has no entry
 */
export async function* listUnfinished(
  store: ObjectStore,
  plan: Plan,
  tally: Pick<Tally, 'batches' | 'unstored'>,
  attemptsBefore: ReadonlyMap<string, number>,
): AsyncGenerator<UnfinishedLine> {
  const attempts = (interactionId: string) => (attemptsBefore.get(interactionId) ?? 0) + 1;
  if (tally.batches.size < plan.batchCount) {
    for await (const line of store.readLines(plan.batchesKey)) {
      const { batch, interactionIds } = parseOrThrow(
        Batch,
        JSON.parse(line),
        'ContractViolation',
        'line of the batches',
      );
      if (tally.batches.has(batch)) continue;
      for (const interactionId of interactionIds) {
        yield { interactionId, outcome: 'unfinished', attempts: attempts(interactionId) };
      }
    }
  }
  for (const { interactionId, outcome, error } of tally.unstored) {
    yield { interactionId, outcome, ...(error && { error }), attempts: attempts(interactionId) };
  }
  if (plan.decidedKey === undefined || plan.decided.notReady === 0) return;
  for await (const line of store.readLines(plan.decidedKey)) {
    const value = JSON.parse(line) as { outcome?: unknown };
    if (value.outcome === 'notReady') {
      yield parseOrThrow(UnfinishedLine, value, 'ContractViolation', 'line of the decided interactions');
    }
  }
}
