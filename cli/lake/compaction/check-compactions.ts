/** Checks the compacted days: their files are there, as they were written, and hold nothing that was erased. */

import { temporaryFolder } from '../../../emulator/temporary-folder.ts';
import { readRecord, UnreadableObject } from '../../../lambdas/shared/storage/read-record.ts';
import type { StoredPart } from '../../../lambdas/shared/storage/records.ts';
import type { IsErased } from '../../../lambdas/shared/storage/tombstones.ts';
import type { Lake } from '../open-lake.ts';
import type { Problem } from '../verification/problem.ts';
import { fetchCompacted, readCompacted } from './compacted-file.ts';
import { Compaction, fingerprintOf } from './compaction.ts';

export interface CheckedCompactions {
  /** Days with parts that their files do not hold yet. */
  staleDays: string[];
  /** When the files were written, in ms since the epoch, by key. */
  writtenMs: Map<string, number>;
  problems: Problem[];
}

/**
 * What is wrong with the compacted files, and the days whose files are older than their parts.
 *
 * @param parts every part that a manifest lists
 * @param isErased whether a tombstone keeps an interaction out
 * @throws PipelineError as the object store does
 * @example (await checkCompactions(lake, parts, isErased)).staleDays // ['2026-11-21']
 */
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
    // Where no part is listed any more, the files are what is left of the day: nothing could be made anew.
    const isStale = ofDay.length > 0 && fingerprintOf(ofDay) !== compaction.fingerprint;
    if (isStale) checked.staleDays.push(compaction.day);
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

async function checkFile(lake: Lake, file: Compaction['files'][number], isErased: IsErased): Promise<Problem[]> {
  const { key } = file;
  const { path: directory, remove } = temporaryFolder('verify-');
  try {
    const found = await fetchCompacted(lake, key, directory);
    if (!found) return [{ code: 'missing', key, detail: 'compacted file' }];
    if (found.sha256 !== file.sha256) return [{ code: 'checksum', key, detail: 'compacted file' }];
    const rows = await readCompacted(found.path, directory);
    if (!rows) return [{ code: 'unreadable', key, detail: 'compacted file' }];
    const problems: Problem[] = [];
    if (rows.length !== file.rows)
      problems.push({ code: 'rows', key, detail: `${rows.length} rows, ${file.rows} listed` });
    const erased = rows.filter(({ interactionId }) => isErased(interactionId)).length;
    if (erased > 0) problems.push({ code: 'erased', key, detail: `${erased} erased interactions` });
    return problems;
  } finally {
    remove();
  }
}
