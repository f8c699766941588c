/** Checks the compacted days: their files are there, as they were written, and hold nothing that was erased. */

import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { temporaryFolder } from '../../../emulator/temporary-folder.ts';
import type { StoredPart } from '../../../lambdas/shared/storage/records.ts';
import type { IsErased } from '../../../lambdas/shared/storage/tombstones.ts';
import { withDuckDb } from '../duckdb.ts';
import type { Lake } from '../open-lake.ts';
import { readRecord, UnreadableObject } from '../read-record.ts';
import { sqlFile } from '../sql.ts';
import type { Problem } from '../verification/problem.ts';
import { Compaction, fingerprintOf } from './compaction.ts';

export interface CheckedCompactions {
  /** Days with parts that their files do not hold yet. */
  staleDays: string[];
  /** When the files were written, in ms since the epoch, by key. */
  writtenMs: Map<string, number>;
  problems: Problem[];
}

export async function checkCompactions(
  lake: Lake,
  parts: readonly StoredPart[],
  isErased: IsErased,
): Promise<CheckedCompactions> {
  const checked: CheckedCompactions = { staleDays: [], writtenMs: new Map(), problems: [] };
  let isWhole = true;
  for await (const { key } of lake.store.list('compactions/')) {
    const compaction = await readCompaction(lake, key, checked.problems);
    if (!compaction) {
      isWhole = false;
      continue;
    }
    const ofDay = parts.filter(({ day }) => day === compaction.day);
    if (fingerprintOf(ofDay) !== compaction.fingerprint) checked.staleDays.push(compaction.day);
    for (const file of compaction.files) {
      checked.writtenMs.set(file.key, Date.parse(compaction.compactedAt));
      checked.problems.push(...(await checkFile(lake, file, isErased)));
    }
  }
  // A record that cannot be read may list any of them.
  if (isWhole) checked.problems.push(...(await findUnlistedFiles(lake, checked.writtenMs)));
  return checked;
}

async function readCompaction({ store }: Lake, key: string, problems: Problem[]): Promise<Compaction | undefined> {
  try {
    return (await readRecord(store, key, Compaction))?.value;
  } catch (error) {
    if (!(error instanceof UnreadableObject)) throw error;
    problems.push({ code: 'record', key, detail: error.reason });
    return undefined;
  }
}

/** A compaction that broke off leaves files without a record: whether they hold what was erased is not known. */
async function findUnlistedFiles({ store }: Lake, listed: ReadonlyMap<string, number>): Promise<Problem[]> {
  const problems: Problem[] = [];
  for await (const { key } of store.list('compacted/')) {
    if (!listed.has(key)) problems.push({ code: 'unlisted', key, detail: 'compacted file' });
  }
  return problems;
}

async function checkFile({ store }: Lake, file: Compaction['files'][number], isErased: IsErased): Promise<Problem[]> {
  const { key } = file;
  const found = await store.open(key);
  if (!found) return [{ code: 'missing', key, detail: 'compacted file' }];
  const { path: directory, remove } = temporaryFolder('verify-');
  try {
    const path = join(directory, 'file.parquet');
    const hash = createHash('sha256');
    found.body.on('data', (chunk: Buffer) => hash.update(chunk));
    await pipeline(found.body, createWriteStream(path));
    if (hash.digest('hex') !== file.sha256) return [{ code: 'checksum', key, detail: 'compacted file' }];
    const ids = await withDuckDb(directory, async (db) => {
      const result = await db.runAndReadAll(`SELECT interaction_id FROM read_parquet(${sqlFile(path)})`);
      return result.getRows().map(([id]) => String(id));
    });
    const problems: Problem[] = [];
    if (ids.length !== file.rows)
      problems.push({ code: 'rows', key, detail: `${ids.length} rows, ${file.rows} listed` });
    const erased = ids.filter(isErased).length;
    if (erased > 0) problems.push({ code: 'erased', key, detail: `${erased} erased interactions` });
    return problems;
  } finally {
    remove();
  }
}
