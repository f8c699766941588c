/** Makes the Parquet file of one medium and day, on the local disk. */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { hashFile } from '../../../lambdas/shared/lib/hash-file.ts';
import { mapConcurrently } from '../../../lambdas/shared/lib/map-concurrently.ts';
import { UnreadableObject } from '../../../lambdas/shared/storage/read-record.ts';
import { withDuckDb } from '../duckdb.ts';
import { type ExpiryRule, hasExpired } from '../expiry.ts';
import type { Lake } from '../open-lake.ts';
import { sqlFile } from '../sql.ts';
import { compactionSql } from './compaction.ts';
import type { ListedPart } from './parts-of-day.ts';

const DOWNLOADS_AT_ONCE = 16;

export interface CompactedMedium {
  /** Where the file is; undefined where nothing of the medium is left. */
  path: string | undefined;
  bytes: number;
  sha256: string;
  /** Rows of the file, and of the parts it was made from. */
  rows: number;
  partRows: number;
  /** Rows of the parts that have expired. */
  expiredRows: number;
}

/**
 * The file made from the parts that are there, with its number of rows; those that have expired are left out.
 *
 * @param directory is made; holds the parts and the file until the caller deletes it
 * @throws UnreadableObject when a part is not there, or is not the one that its manifest lists
 * @example (await compactMedium(lake, parts, '/tmp/compact-1/voice', [])).path // '/tmp/compact-1/voice/….parquet'
 */
export async function compactMedium(
  lake: Lake,
  parts: readonly ListedPart[],
  directory: string,
  expiry: readonly ExpiryRule[],
): Promise<CompactedMedium> {
  await mkdir(directory, { recursive: true });
  let partRows = 0;
  let expiredRows = 0;
  const downloads = mapConcurrently(parts.entries(), DOWNLOADS_AT_ONCE, async ([index, part]) => {
    if (await download(lake, part, join(directory, `${index}.jsonl.gz`), expiry)) partRows += part.rows;
    else expiredRows += part.rows;
  });
  for await (const _ of downloads);
  if (partRows === 0) return { path: undefined, bytes: 0, sha256: '', rows: 0, partRows, expiredRows };

  const path = join(directory, 'transcripts.parquet');
  const rows = await withDuckDb(directory, async (db) => {
    await db.run(compactionSql(directory, path));
    const counted = await db.runAndReadAll(`SELECT count(*)::INTEGER FROM read_parquet(${sqlFile(path)})`);
    return Number(counted.getRows()[0]?.[0]);
  });
  return { path, bytes: (await stat(path)).size, sha256: await hashFile(path), rows, partRows, expiredRows };
}

/** @returns false when the part has expired */
async function download(
  { store }: Lake,
  { key, sha256, writtenMs }: ListedPart,
  path: string,
  expiry: readonly ExpiryRule[],
): Promise<boolean> {
  const found = await store.open(key);
  if (!found) {
    if (hasExpired(expiry, key, writtenMs, Date.now())) return false;
    throw new UnreadableObject(key, 'a manifest lists it and it is not there');
  }
  const hash = createHash('sha256');
  found.body.on('data', (chunk: Buffer) => hash.update(chunk));
  await pipeline(found.body, createWriteStream(path));
  if (hash.digest('hex') === sha256) return true;
  throw new UnreadableObject(key, 'it is not the object that its manifest lists');
}
