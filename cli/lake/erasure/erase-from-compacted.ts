/**
 * Takes interactions out of the compacted files themselves. A file may outlive all that it was made from: then neither
 * receipt nor manifest tells what it holds, and there is nothing to compact again. So every file is looked into.
 */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../../../emulator/temporary-folder.ts';
import { PipelineError } from '../../../lambdas/shared/contracts/errors.ts';
import { MEDIA_TYPES } from '../../../lambdas/shared/contracts/job-options.ts';
import { deleteOldVersions } from '../../../lambdas/shared/erasure/delete-versions.ts';
import { hashFile } from '../../../lambdas/shared/lib/hash-file.ts';
import { compareAndSwap } from '../../../lambdas/shared/storage/compare-and-swap.ts';
import { keys } from '../../../lambdas/shared/storage/layout.ts';
import { readRecord, UnreadableObject } from '../../../lambdas/shared/storage/read-record.ts';
import { type CompactedRow, type FetchedFile, fetchCompacted, readCompacted } from '../compaction/compacted-file.ts';
import { Compaction, fingerprintOf, OUTDATED, withoutSql } from '../compaction/compaction.ts';
import { withDuckDb } from '../duckdb.ts';
import type { Lake } from '../open-lake.ts';

/** Tries against other writers of the same object; losing more often than that has another cause. */
const MAX_TRIES = 5;
const DAY_OF_KEY = /\/dt=(\d{4}-\d{2}-\d{2})\//;

export interface ErasedFromFile {
  /** The day whose file was rewritten; undefined when it held nothing to erase. */
  day: string | undefined;
  versions: number;
}

const NOTHING: ErasedFromFile = { day: undefined, versions: 0 };

/**
 * What was erased from one compacted file; what the day's record says of it is put right. A file of which nothing is left
 * stays as an empty one until no record lists it and it has no old version. Done again, it completes what broke off.
 *
 * @param noteFound called with the rows that are to go, before they go
 * @throws UnreadableObject when the file or the day's record cannot be gone by
 * @throws PipelineError `DataLakeUnavailable` when other writers keep changing them
 * @example await eraseFromCompacted(lake, key, ({ interactionId }) => interactionId === 'int-1', noteFound) // { day: '2026-11-21', versions: 1 }
 */
export async function eraseFromCompacted(
  lake: Lake,
  key: string,
  isUnwanted: (row: CompactedRow) => boolean,
  noteFound: (rows: readonly CompactedRow[]) => Promise<void>,
): Promise<ErasedFromFile> {
  // A file that no compaction wrote is not rewritten.
  if (!MEDIA_TYPES.some((mediaType) => keys.compacted(mediaType, dayOf(key)) === key)) return NOTHING;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const { path: directory, remove } = temporaryFolder('erase-');
    try {
      const file = await fetchCompacted(lake, key, directory);
      if (!file) return NOTHING;
      const held = await readCompacted(file.path, directory);
      if (!held) throw new UnreadableObject(key, 'it cannot be read as Parquet');
      const unwanted = held.filter(isUnwanted);
      if (unwanted.length > 0) await noteFound(unwanted);
      const rewritten = await rewriteFile(lake, key, file, unwanted, directory);
      if (!rewritten) continue;
      let versions = await deleteOldVersions(lake, key);
      const rows = held.length - unwanted.length;
      await correctRecord(lake, key, { ...rewritten, rows });
      if (rows === 0) {
        await lake.store.delete(key);
        versions += await deleteOldVersions(lake, key);
      }
      return { day: unwanted.length > 0 ? dayOf(key) : undefined, versions };
    } finally {
      remove();
    }
  }
  throw new PipelineError('DataLakeUnavailable', 'A compacted file kept changing while it was erased from');
}

interface FileFacts {
  sha256: string;
  bytes: number;
}

/** @returns the file as it is now; undefined when another writer has changed it since it was read */
async function rewriteFile(
  { store }: Lake,
  key: string,
  { path, sha256, etag }: FetchedFile,
  unwanted: readonly CompactedRow[],
  directory: string,
): Promise<FileFacts | undefined> {
  if (unwanted.length === 0) return { sha256, bytes: (await stat(path)).size };
  const target = join(directory, 'kept.parquet');
  const ids = [...new Set(unwanted.map(({ interactionId }) => interactionId))];
  await withDuckDb(directory, (db) => db.run(withoutSql(path, ids, target)));
  const facts = { sha256: await hashFile(target), bytes: (await stat(target)).size };
  const metadata = { sha256: facts.sha256, day: dayOf(key) };
  const options = { contentType: 'application/vnd.apache.parquet', metadata };
  return (await store.upload(key, target, { etag }, options)).written ? facts : undefined;
}

/** A file that is not what was written is none of ours to vouch for: its record stays as it is. */
async function correctRecord({ store }: Lake, key: string, facts: FileFacts & { rows: number }): Promise<void> {
  const day = dayOf(key);
  const attempt = async () => {
    const found = await readRecord(store, keys.compaction(day), Compaction);
    const listed = found?.value.files.find((file) => file.key === key);
    if (!found || !listed || listed.sha256 === facts.sha256) return undefined;
    if ((await store.head(key))?.metadata.sha256 !== facts.sha256) return undefined;
    const others = (found.raw.files as Compaction['files']).map((file) =>
      file.key === key ? { ...file, ...facts } : file,
    );
    const files = others.filter(({ rows }) => rows > 0);
    const rows = found.value.rows - (listed.rows - facts.rows);
    // Made from no listed part: where there are some, the day is to be compacted again, and otherwise it is up to date.
    const fingerprint = found.value.fingerprint === OUTDATED ? fingerprintOf([]) : found.value.fingerprint;
    const body = JSON.stringify({ ...found.raw, fingerprint, rows, files });
    return store.write(keys.compaction(day), body, { etag: found.etag }, { metadata: { day } });
  };
  await compareAndSwap(attempt, 'The record of a compaction kept changing', MAX_TRIES);
}

function dayOf(key: string): string {
  return DAY_OF_KEY.exec(key)?.[1] ?? '';
}
