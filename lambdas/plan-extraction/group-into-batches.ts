import { idsOf } from '../shared/contracts/aliases.ts';
import type { Batch } from '../shared/contracts/batch.ts';
import { uniteDays } from '../shared/lib/days.ts';
import type { Candidate } from './select/selection.ts';

/** A batch fails as a whole: interactions that have failed before go into ever smaller ones, down to one of their own. */
const SHRINK = 4;

/**
 * Bytes of a batch's line. The line is part of the state of a child execution, which is 256 KiB at most; a thousand
 * interactions with ids of the usual lengths have 150.
 */
const MAX_LINE_BYTES = 192 * 1024;
/** Names, quotes and commas beside the ids of an interaction, and its time. */
const BYTES_BESIDE_IDS = 64;

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
  let bytes = 0;
  for await (const candidate of candidates) {
    const [first] = group;
    const ownBytes = bytesOf(candidate);
    const isFull = group.length >= batchSizeFor(batchSize, first?.attempts ?? 0) || bytes + ownBytes > MAX_LINE_BYTES;
    if (first && (isFull || (first.attempts ?? 0) !== (candidate.attempts ?? 0))) {
      yield toBatch(batch, group, asksAgain);
      batch += 1;
      group = [];
      bytes = 0;
    }
    group.push(candidate);
    bytes += ownBytes;
  }
  if (group.length > 0) yield toBatch(batch, group, asksAgain);
}

/** Of its share of a line, at most: ids are ASCII, and one that is fetched again is named with its version too. */
function bytesOf({ interactionId, aliases, heldVersion }: Candidate): number {
  const again = heldVersion === undefined ? 0 : interactionId.length + heldVersion.length + BYTES_BESIDE_IDS;
  const others = idsOf(aliases).reduce((sum, id) => sum + id.length, 0);
  return interactionId.length + others + BYTES_BESIDE_IDS + again;
}

function toBatch(batch: number, group: readonly Candidate[], asksAgain: AsksAgain): Batch {
  const days = group.map((candidate) => candidate.days).reduce(uniteDays);
  const interactionIds = group.map(({ interactionId }) => interactionId);
  const isAskedAgain = asksAgain(group[0]?.attempts ?? 0);
  const held = group.flatMap(({ interactionId, heldVersion }) => (heldVersion ? [[interactionId, heldVersion]] : []));
  const times = group.map(({ availableMs = 0 }) => availableMs);
  const aliases = group.map((candidate) => candidate.aliases ?? {});
  return {
    batch,
    interactionIds,
    ...(days && { days }),
    ...(isAskedAgain && { asksAgain: true as const }),
    ...(times.some((time) => time > 0) && { availableMs: times }),
    ...(aliases.some((own) => idsOf(own).length > 0) && { aliases }),
    ...(held.length > 0 && { versions: Object.fromEntries(held), refetch: true as const }),
  };
}
