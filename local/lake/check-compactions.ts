/** Checks the compacted days: their files are there, as they were written, and hold nothing that was erased. */

import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { StoredPart } from '../../lambdas/shared/records.ts';
import { readJson } from '../../lambdas/shared/runs/read-json.ts';
import type { IsErased } from '../../lambdas/shared/tombstones.ts';
import { temporaryFolder } from '../process/temporary-folder.ts';
import { Compaction, fingerprintOf } from './compaction.ts';
import { withDuckDb } from './duckdb.ts';
import type { Lake } from './open-lake.ts';
import type { Problem } from './problem.ts';

export async function checkCompactions(
  lake: Lake,
  parts: readonly StoredPart[],
  isErased: IsErased,
): Promise<{ staleDays: string[]; problems: Problem[] }> {
  const staleDays: string[] = [];
  const problems: Problem[] = [];
  for await (const { key } of lake.store.list('compactions/')) {
    const compaction = (await readJson(lake.store, key, Compaction))?.value;
    if (!compaction) continue;
    const ofDay = parts.filter(({ day }) => day === compaction.day);
    if (fingerprintOf(ofDay) !== compaction.fingerprint) staleDays.push(compaction.day);
    for (const file of compaction.files) problems.push(...(await checkFile(lake, file, isErased)));
  }
  return { staleDays, problems };
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
      const result = await db.runAndReadAll(`SELECT interaction_id FROM read_parquet('${path}')`);
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
