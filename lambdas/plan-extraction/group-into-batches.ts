import type { Batch } from '../shared/contracts.ts';
import { uniteDays } from '../shared/runs/days.ts';
import type { Candidate } from './selection.ts';

/** A batch fails as a whole: interactions that have failed before go into ever smaller ones, down to one of their own. */
const SHRINK = 4;

/** How many interactions go into a batch with one that earlier runs have tried `attempts` times. Pure. */
export function batchSizeFor(batchSize: number, attempts: number): number {
  return Math.max(1, Math.floor(batchSize / SHRINK ** attempts));
}

/**
 * Groups candidates into batches, numbered from 0. A batch holds only interactions with the same number of attempts, so
 * candidates come sorted by it. Holds one batch at a time.
 */
export async function* groupIntoBatches(
  candidates: AsyncIterable<Candidate> | Iterable<Candidate>,
  batchSize: number,
): AsyncGenerator<Batch> {
  let batch = 0;
  let group: Candidate[] = [];
  for await (const candidate of candidates) {
    const [first] = group;
    const isFull = group.length >= batchSizeFor(batchSize, first?.attempts ?? 0);
    if (first && (isFull || (first.attempts ?? 0) !== (candidate.attempts ?? 0))) {
      yield toBatch(batch, group);
      batch += 1;
      group = [];
    }
    group.push(candidate);
  }
  if (group.length > 0) yield toBatch(batch, group);
}

function toBatch(batch: number, group: readonly Candidate[]): Batch {
  const days = group.map((candidate) => candidate.days).reduce(uniteDays);
  return { batch, interactionIds: group.map(({ interactionId }) => interactionId), ...(days && { days }) };
}
