/** Turns the many small parts of a day into one Parquet file a medium. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { MediaType } from '../../lambdas/shared/contracts.ts';
import { PipelineError } from '../../lambdas/shared/errors.ts';
import { keys } from '../../lambdas/shared/keys.ts';
import { mapConcurrently } from '../../lambdas/shared/map-concurrently.ts';
import type { StoredPart } from '../../lambdas/shared/records.ts';
import { readJson } from '../../lambdas/shared/runs/read-json.ts';
import { temporaryFolder } from '../process/temporary-folder.ts';
import { Compaction, compactionSql, fingerprintOf } from './compaction.ts';
import { deleteOldVersions } from './delete-versions.ts';
import { withDuckDb } from './duckdb.ts';
import { listRuns, readManifest } from './list-runs.ts';
import type { Lake } from './open-lake.ts';

const DOWNLOADS_AT_ONCE = 16;
/** @returns what there is of the day now; `isNew` when it was made, not found up to date */
export async function compactDay(
  lake: Lake,
  day: string,
  at: string,
): Promise<{ compaction: Compaction; isNew: boolean }> {
  const parts = await partsOfDay(lake, day);
  const fingerprint = fingerprintOf(parts);
  const earlier = (await readJson(lake.store, keys.compaction(day), Compaction))?.value;
  if (earlier?.fingerprint === fingerprint) return { compaction: earlier, isNew: false };

  const { path: directory, remove } = temporaryFolder('compact-');
  try {
    const files: Compaction['files'] = [];
    const media = [...new Set(parts.map(({ mediaType }) => mediaType))].sort();
    for (const mediaType of media) {
      const own = parts.filter((part) => part.mediaType === mediaType);
      files.push(await compactMedium(lake, day, mediaType, own, join(directory, mediaType)));
    }
    const gone = (earlier?.files ?? []).filter(({ key }) => !files.some((file) => file.key === key));
    for (const { key } of gone) await lake.store.delete(key);
    const rows = parts.reduce((sum, part) => sum + part.rows, 0);
    const repeated = rows - files.reduce((sum, file) => sum + file.rows, 0);
    const facts = { fingerprint, parts: parts.length, rows, repeated, files };
    const compaction: Compaction = { schemaVersion: 1, day, compactedAt: at, ...facts };
    await lake.store.write(keys.compaction(day), JSON.stringify(compaction));
    // An erasure is only done when no version holds what was erased.
    for (const { key } of [...files, ...gone]) await deleteOldVersions(lake, key);
    return { compaction, isNew: true };
  } finally {
    remove();
  }
}

/** The parts that manifests list: nothing of a run that is not recorded. */
async function partsOfDay(lake: Lake, day: string): Promise<StoredPart[]> {
  const parts: StoredPart[] = [];
  for await (const runId of listRuns(lake)) {
    const manifest = (await readManifest(lake, runId))?.value;
    parts.push(...(manifest?.parts.filter((part) => part.day === day) ?? []));
  }
  return parts;
}

async function compactMedium(
  { store }: Lake,
  day: string,
  mediaType: MediaType,
  parts: readonly StoredPart[],
  directory: string,
): Promise<Compaction['files'][number]> {
  await mkdir(directory, { recursive: true });
  const downloads = mapConcurrently(parts.entries(), DOWNLOADS_AT_ONCE, async ([index, { key }]) => {
    const found = await store.open(key);
    if (!found) throw new PipelineError('DataLakeRejected', 'A part that a manifest lists is not there: run verify');
    await pipeline(found.body, createWriteStream(join(directory, `${index}.jsonl.gz`)));
  });
  for await (const _ of downloads);

  const parquet = join(directory, 'transcripts.parquet');
  const rows = await withDuckDb(directory, async (db) => {
    await db.run(compactionSql(join(directory, '*.jsonl.gz'), parquet));
    const counted = await db.runAndReadAll(`SELECT count(*)::INTEGER FROM read_parquet('${parquet}')`);
    return Number(counted.getRows()[0]?.[0]);
  });
  const key = keys.compacted(mediaType, day);
  const sha256 = await hashFile(parquet);
  const { size } = await stat(parquet);
  const options = { contentType: 'application/vnd.apache.parquet', metadata: { sha256 } };
  await store.upload(key, parquet, {}, options);
  return { key, mediaType, bytes: size, sha256, rows };
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
