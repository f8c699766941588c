/** Turns the many small parts of a day into one Parquet file a medium. */
import { join } from 'node:path';
import { temporaryFolder } from '../../../emulator/temporary-folder.ts';
import { MEDIA_TYPES, type MediaType } from '../../../lambdas/shared/contracts/job-options.ts';
import { deleteOldVersions } from '../../../lambdas/shared/erasure/delete-versions.ts';
import { compareAndSwap, unchanged } from '../../../lambdas/shared/storage/compare-and-swap.ts';
import { keys } from '../../../lambdas/shared/storage/layout.ts';
import type { WriteCondition } from '../../../lambdas/shared/storage/object-store.ts';
import { readRecord } from '../../../lambdas/shared/storage/read-record.ts';
import { type ExpiryRule, readExpiryRules } from '../expiry.ts';
import type { Lake } from '../open-lake.ts';
import { type CompactedMedium, compactMedium } from './compact-medium.ts';
import { Compaction, fingerprintOf } from './compaction.ts';
import { refuseLoss } from './keep-rows.ts';
import { type ListedPart, partsOfDay } from './parts-of-day.ts';

/** Each try reads the day's parts again. */
const MAX_TRIES = 5;

export interface CompactedDay {
  compaction: Compaction;
  /** Whether it was made, not found up to date. */
  isNew: boolean;
}

/**
 * What there is of the day now: compacted over nothing but what was seen, so that a compaction or an erasure that comes
 * in between is not undone.
 *
 * @param day `YYYY-MM-DD`, UTC
 * @throws RowsAtStake when transcripts would be lost with the files that are there; UnreadableObject when a manifest,
 *   the day's record or a part cannot be gone by; PipelineError `DataLakeUnavailable` when the day keeps changing
 * @example await compactDay(lake, '2026-11-21', new Date().toISOString()) // { compaction, isNew: true }
 */
export async function compactDay(lake: Lake, day: string, at: string): Promise<CompactedDay> {
  const expiry = await readExpiryRules(lake);
  const attempt = () => tryToCompact(lake, day, at, expiry);
  const { compacted } = await compareAndSwap(attempt, 'The day kept changing while it was compacted', MAX_TRIES);
  // An erasure is only done when no version holds what was erased; one that broke off may have left some.
  for (const mediaType of MEDIA_TYPES) await deleteOldVersions(lake, keys.compacted(mediaType, day));
  return compacted;
}

/** @returns `written: false` when another writer has changed the day meanwhile */
async function tryToCompact(
  lake: Lake,
  day: string,
  at: string,
  expiry: readonly ExpiryRule[],
): Promise<{ written: true; compacted: CompactedDay } | { written: false }> {
  const { store } = lake;
  const earlier = await readRecord(store, keys.compaction(day), Compaction);
  const seen = await seenFiles(lake, day);
  const parts = await partsOfDay(lake, day);
  const fingerprint = fingerprintOf(parts);
  if (earlier?.value.fingerprint === fingerprint) {
    return { written: true, compacted: { compaction: earlier.value, isNew: false } };
  }

  const made = await writeFiles(lake, day, { parts, seen, earlier: earlier?.value, expiry });
  if (!made) return { written: false };
  const { files, rows } = made;
  const repeated = rows - files.reduce((sum, file) => sum + file.rows, 0);
  const facts = { fingerprint, parts: parts.length, rows, repeated, files };
  const compaction: Compaction = { schemaVersion: 1, day, compactedAt: at, ...facts };
  const body = JSON.stringify(compaction);
  const record = await store.write(keys.compaction(day), body, unchanged(earlier), { metadata: { day } });
  if (!record.written) return record;
  // An erasure that came before the record was there could not mark it.
  const isCurrent = fingerprintOf(await partsOfDay(lake, day)) === fingerprint;
  return isCurrent ? { written: true, compacted: { compaction, isNew: true } } : { written: false };
}

/** The conditions under which the day's files may be replaced: that they are still as they are now. */
async function seenFiles({ store }: Lake, day: string): Promise<Map<MediaType, WriteCondition>> {
  const seen = new Map<MediaType, WriteCondition>();
  for (const mediaType of MEDIA_TYPES) {
    seen.set(mediaType, unchanged(await store.head(keys.compacted(mediaType, day))));
  }
  return seen;
}

interface WhatThereIs {
  parts: readonly ListedPart[];
  seen: ReadonlyMap<MediaType, WriteCondition>;
  earlier: Compaction | undefined;
  expiry: readonly ExpiryRule[];
}

/** Replaces no file before it is clear of all that nothing is lost with them. */
async function writeFiles(
  lake: Lake,
  day: string,
  { parts, seen, earlier, expiry }: WhatThereIs,
): Promise<{ files: Compaction['files']; rows: number } | undefined> {
  const { path: directory, remove } = temporaryFolder('compact-');
  try {
    const made = new Map<MediaType, CompactedMedium>();
    for (const mediaType of seen.keys()) {
      const own = parts.filter((part) => part.mediaType === mediaType);
      const medium = await compactMedium(lake, own, join(directory, mediaType), expiry);
      made.set(mediaType, medium);
      await refuseLoss(
        lake,
        { day, mediaType, made: medium, earlier, expiry },
        join(directory, `${mediaType}-earlier`),
      );
    }
    const files: Compaction['files'] = [];
    let rows = 0;
    for (const [mediaType, { path, partRows, expiredRows: _, ...facts }] of made) {
      const key = keys.compacted(mediaType, day);
      const condition = seen.get(mediaType) ?? { absent: true };
      rows += partRows;
      if (path === undefined) {
        if ('etag' in condition) await lake.store.delete(key);
        continue;
      }
      const metadata = { sha256: facts.sha256, day };
      const options = { contentType: 'application/vnd.apache.parquet', metadata };
      if (!(await lake.store.upload(key, path, condition, options)).written) return undefined;
      files.push({ key, mediaType, ...facts });
    }
    return { files, rows };
  } finally {
    remove();
  }
}
