/** Folders are named by people: whatever is in their names, the files below them are read and written. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compactionSql } from '../../../../cli/lake/compaction/compaction.ts';
import { withDuckDb } from '../../../../cli/lake/duckdb.ts';
import { sqlFile } from '../../../../cli/lake/sql.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'folders-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const row = (interactionId: string) =>
  JSON.stringify({ interactionId, transcript: { text: 'hello' }, extractedAt: '2026-11-22T03:00:00Z', runId: 'run-1' });

describe('a folder', () => {
  it.each([
    "Ann's",
    "''; SELECT 1; --",
    'lake [1]',
    '[!a]',
    'what?',
    'a*b',
    'braces {a,b}',
    'percent %s $1',
    '"quoted"',
    'ünïcode ☃',
  ])('named %s is compacted and read again', async (name) => {
    const directory = join(root, name);
    // A neighbour that the name would match, were it a pattern.
    const neighbour = join(root, name.replaceAll(/[?*]/g, 'x'), 'other');
    for (const each of [directory, neighbour]) await mkdir(each, { recursive: true });
    await writeFile(join(neighbour, '0.jsonl.gz'), gzipSync(`${row('of-the-neighbour')}\n`));
    await writeFile(join(directory, '0.jsonl.gz'), gzipSync(`${row('int-1')}\n`));
    await writeFile(join(directory, '1.jsonl.gz'), gzipSync(`${row('int-2')}\n${row('int-1')}\n`));
    const parquet = join(directory, 'transcripts.parquet');
    const ids = await withDuckDb(directory, async (db) => {
      await db.run(compactionSql(directory, parquet));
      const read = await db.runAndReadAll(`SELECT interaction_id FROM read_parquet(${sqlFile(parquet)}) ORDER BY 1`);
      return read.getRows().flat();
    });
    expect(ids).toEqual(['int-1', 'int-2']);
  });
});
