/**
 * What a compacted file holds may be all that is left of a day: where its parts have expired, or its manifests have, or
 * only half of a lake was restored. No compaction takes a transcript out of it unless a record says why it is gone.
 */
import type { MediaType } from '../../../lambdas/shared/contracts/job-options.ts';
import { keys } from '../../../lambdas/shared/storage/layout.ts';
import { UnreadableObject } from '../../../lambdas/shared/storage/read-record.ts';
import { readTombstones } from '../../../lambdas/shared/storage/tombstones.ts';
import { type ExpiryRule, hasExpired } from '../expiry.ts';
import type { Lake } from '../open-lake.ts';
import type { CompactedMedium } from './compact-medium.ts';
import { fetchCompacted, readCompacted } from './compacted-file.ts';
import { type Compaction, OUTDATED } from './compaction.ts';

/** A day's file holds transcripts that no listed part has: it is left as it is. */
export class RowsAtStake extends UnreadableObject {
  constructor(key: string, rows: number) {
    super(key, `${rows} transcripts of it are in no part that a manifest lists, and no record says why; it is left`);
  }
}

export interface Replacement {
  day: string;
  mediaType: MediaType;
  /** What is to take the place of the file that is there. */
  made: CompactedMedium;
  /** What the day's record says until now. */
  earlier: Compaction | undefined;
  expiry: readonly ExpiryRule[];
}

/**
 * Returns when nothing is lost with the replacement but what was erased or has expired.
 *
 * @param directory is made; the caller deletes it
 * @throws RowsAtStake
 */
export async function refuseLoss(lake: Lake, replacement: Replacement, directory: string): Promise<void> {
  const { day, mediaType, made } = replacement;
  const key = keys.compacted(mediaType, day);
  const lost = await countLost(lake, key, replacement, directory);
  // An expired part is gone with reason, and what rows it had is not known any more.
  if (lost > made.expiredRows) throw new RowsAtStake(key, lost);
}

async function countLost(
  lake: Lake,
  key: string,
  { made, earlier, expiry }: Replacement,
  directory: string,
): Promise<number> {
  const listedRows = earlier?.files.find((file) => file.key === key)?.rows;
  const found = await fetchCompacted(lake, key, directory);
  if (!found) return lostWithoutFile(key, made, earlier, listedRows ?? 0, expiry);
  const held = await readCompacted(found.path, directory);
  // A damaged file cannot say what it held; its record says how much.
  if (!held) return Math.max(0, (listedRows ?? 1) - made.rows);
  const now = made.path === undefined ? [] : ((await readCompacted(made.path, directory)) ?? []);
  const kept = new Set(now.map(({ interactionId }) => interactionId));
  const missing = held.filter(({ interactionId }) => !kept.has(interactionId));
  if (missing.length === 0) return 0;
  const isErased = await readTombstones(lake.store);
  return missing.filter(({ interactionId }) => !isErased(interactionId)).length;
}

/** A file that is gone may be brought back from its versions, as long as no smaller one is put in its place. Pure. */
function lostWithoutFile(
  key: string,
  made: CompactedMedium,
  earlier: Compaction | undefined,
  listedRows: number,
  expiry: readonly ExpiryRule[],
): number {
  // An erasure that emptied the file, and broke off before it corrected the record.
  if (!earlier || earlier.fingerprint === OUTDATED) return 0;
  if (hasExpired(expiry, key, Date.parse(earlier.compactedAt), Date.now())) return 0;
  return Math.max(0, listedRows - made.rows);
}
