import type { Batch } from '../shared/contracts/batch.ts';
import { uniteDays } from '../shared/lib/days.ts';
import type { Candidate } from './select/selection.ts';

/** A batch fails as a whole: interactions that have failed before go into ever smaller ones, down to one of their own. */
const SHRINK = 4;

/** Whether a later run takes an interaction once more, after so many earlier ones and this one. */
export type AsksAgain = (attempts: number) => boolean;

/**
 * Interactions that go into a batch with one that earlier runs have tried `attempts` times. Pure.
 *
 * @example
 * batchSizeFor(100, 0) // 100
 * batchSizeFor(100, 2) // 6
 */
export function batchSizeFor(batchSize: number, attempts: number): number {
  return Math.max(1, Math.floor(batchSize / SHRINK ** attempts));
}

/**
 * The candidates in batches, numbered from 0. A batch holds only interactions with the same number of attempts, so
 * candidates come sorted by it. Holds one batch at a time.
 *
 * @example
 * groupIntoBatches([{ interactionId: 'a' }, { interactionId: 'b' }], 1)
 * // yields { batch: 0, interactionIds: ['a'] }, { batch: 1, interactionIds: ['b'] }
 */
export async function* groupIntoBatches(
  candidates: AsyncIterable<Candidate> | Iterable<Candidate>,
  batchSize: number,
  asksAgain: AsksAgain = () => false,
): AsyncGenerator<Batch> {
  let batch = 0;
  let group: Candidate[] = [];
  for await (const candidate of candidates) {
    const [first] = group;
    const isFull = group.length >= batchSizeFor(batchSize, first?.attempts ?? 0);
    if (first && (isFull || (first.attempts ?? 0) !== (candidate.attempts ?? 0))) {
      yield toBatch(batch, group, asksAgain);
      batch += 1;
      group = [];
    }
    group.push(candidate);
  }
  if (group.length > 0) yield toBatch(batch, group, asksAgain);
}

function toBatch(batch: number, group: readonly Candidate[], asksAgain: AsksAgain): Batch {
  const days = group.map((candidate) => candidate.days).reduce(uniteDays);
  const interactionIds = group.map(({ interactionId }) => interactionId);
  const isAskedAgain = asksAgain(group[0]?.attempts ?? 0);
  const held = group.flatMap(({ interactionId, heldVersion }) => (heldVersion ? [[interactionId, heldVersion]] : []));
  const times = group.map(({ availableMs = 0 }) => availableMs);
  return {
    batch,
    interactionIds,
    ...(days && { days }),
    ...(isAskedAgain && { asksAgain: true as const }),
    ...(times.some((time) => time > 0) && { availableMs: times }),
    ...(held.length > 0 && { versions: Object.fromEntries(held), refetch: true as const }),
  };
}
