/** A compacted file, fetched and read. */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Aliases } from '../../../lambdas/shared/contracts/aliases.ts';
import { withDuckDb } from '../duckdb.ts';
import type { Lake } from '../open-lake.ts';
import { sqlFile } from '../sql.ts';

export interface FetchedFile {
  path: string;
  /** Of what was fetched. */
  sha256: string;
  etag: string;
}

/**
 * The file on this machine, with its SHA-256 in hex and its ETag; undefined where there is no such file.
 *
 * @param directory is made, and is the caller's to delete
 * @example
 * await fetchCompacted(lake, keys.compacted('chat', '2026-11-21'), '/tmp/e')
 * // { path: '/tmp/e/file.parquet', sha256, etag }
 */
export async function fetchCompacted(
  { store }: Pick<Lake, 'store'>,
  key: string,
  directory: string,
): Promise<FetchedFile | undefined> {
  const found = await store.open(key);
  if (!found) return undefined;
  await mkdir(directory, { recursive: true });
  const path = join(directory, 'file.parquet');
  const hash = createHash('sha256');
  found.body.on('data', (chunk: Buffer) => hash.update(chunk));
  await pipeline(found.body, createWriteStream(path));
  return { path, sha256: hash.digest('hex'), etag: found.etag };
}

/** A transcript of a compacted file. */
export interface CompactedRow {
  interactionId: string;
  /** The run that extracted it. */
  runId: string;
  /** Other ids of it. */
  aliases: string[];
}

const OTHER_IDS = ['interactionId', 'acdContactId'] as const satisfies (keyof Aliases)[];

/**
 * The rows of a local file, in its order; undefined when it is no such file.
 *
 * @param directory for what does not fit into memory
 * @example await readCompacted('/tmp/e/file.parquet', '/tmp/e') // [{ interactionId: 'int-1', runId: 'r1', aliases: [] }]
 */
export async function readCompacted(path: string, directory: string): Promise<CompactedRow[] | undefined> {
  return withDuckDb(directory, async (db) => {
    const file = `read_parquet(${sqlFile(path)})`;
    const described = await db.runAndReadAll(`DESCRIBE SELECT * FROM ${file}`).catch(() => undefined);
    if (!described) return undefined;
    // Files of versions before have no such column.
    const hasOthers = described.getRows().some(([name]) => name === 'interaction_json');
    const others = hasOthers ? OTHER_IDS.map((name) => `, interaction_json ->> '$.${name}'`).join('') : '';
    const result = await db.runAndReadAll(`SELECT interaction_id, run_id${others} FROM ${file}`).catch(() => undefined);
    return result?.getRows().map(([id, run, ...rest]) => ({
      interactionId: String(id),
      runId: String(run),
      aliases: rest.filter((other) => other !== null).map(String),
    }));
  });
}
