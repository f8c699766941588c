/** What a day's Parquet files hold and what they were made from; and the SQL that makes them. Pure. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type HiveType, TRANSCRIPTS } from '../../../infra/constructs/catalog-tables.ts';
import { MediaType } from '../../../lambdas/shared/contracts/job-options.ts';
import type { StoredPart } from '../../../lambdas/shared/storage/records.ts';
import { sqlFile, sqlFiles, sqlTarget, sqlText } from '../sql.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** `compactions/dt=<day>.json`, written last. */
export const Compaction = z.object({
  schemaVersion: z.literal(1),
  day: z.iso.date(),
  compactedAt: z.iso.datetime(),
  /** Of the keys and checksums of all parts of the day: another fingerprint, other files. */
  fingerprint: sha256,
  parts: z.int().nonnegative(),
  /** Rows of the parts, and how many of them were the same transcript taken again. */
  rows: z.int().nonnegative(),
  repeated: z.int().nonnegative(),
  files: z.array(
    z.object({ key: z.string(), mediaType: MediaType, bytes: z.int().nonnegative(), sha256, rows: z.int().positive() }),
  ),
});
export type Compaction = z.infer<typeof Compaction>;

/** Of a day that an erasure is at: its files are to be made again, whatever they were made from. */
export const OUTDATED = '0'.repeat(64);

/**
 * SHA-256 in hex over the keys and checksums of parts, in whatever order they come.
 *
 * @example fingerprintOf([a, b]) === fingerprintOf([b, a]) // true
 */
export function fingerprintOf(parts: readonly Pick<StoredPart, 'key' | 'sha256'>[]): string {
  const facts = parts.map(({ key, sha256: hash }) => `${key} ${hash}\n`).sort();
  return createHash('sha256').update(facts.join('')).digest('hex');
}

/** Rows of one row group: small enough that a reader of one column of one group stays within a few megabytes. */
const ROW_GROUP_ROWS = 10_000;
const PARQUET_OPTIONS = `FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${ROW_GROUP_ROWS}`;
/** The longest row; above it DuckDB would refuse the file. */
const MAX_ROW_BYTES = 128 * 1024 * 1024;

/** DuckDB's types for those of the catalogue. */
export const DUCKDB_TYPES: Record<HiveType, string> = {
  string: 'VARCHAR',
  int: 'INTEGER',
  bigint: 'BIGINT',
  boolean: 'BOOLEAN',
  'map<string,bigint>': 'MAP(VARCHAR, BIGINT)',
};
/** Read as they stand in the row, whatever they hold. */
const NESTED: readonly string[] = ['transcript', 'interaction'];

/**
 * The statement that reads the parts below a folder and writes each transcript once, in its latest version, and of that as
 * it was taken last: with the columns of the table `transcripts`, so that a query runs on either.
 *
 * @param parquet path of the file to be written
 * @example compactionSql('/tmp/parts', '/tmp/day.parquet') // "COPY (\nSELECT CAST(…) … ) TO '/tmp/day.parquet' (…)"
 */
export function compactionSql(directory: string, parquet: string): string {
  const { columns } = TRANSCRIPTS;
  const fields = columns.map(
    ({ field, type }) => `"${field}": '${NESTED.includes(field) ? 'JSON' : DUCKDB_TYPES[type]}'`,
  );
  const selected = columns.map(({ name, field, type }) => `CAST("${field}" AS ${DUCKDB_TYPES[type]}) AS ${name}`);
  const source = `read_json(${sqlFiles(directory, '*.jsonl.gz')}, format = 'newline_delimited', compression = 'gzip', maximum_object_size = ${MAX_ROW_BYTES}, columns = {${fields.join(', ')}})`;
  return `COPY (
  SELECT ${selected.join(', ')}
  FROM ${source}
  QUALIFY row_number() OVER (PARTITION BY source, interaction_id ORDER BY CAST(version AS TIMESTAMPTZ) DESC NULLS LAST, extracted_at DESC, run_id DESC) = 1
  ORDER BY started_at, interaction_id
) TO ${sqlTarget(parquet)} (${PARQUET_OPTIONS})`;
}

/**
 * The statement that writes a compacted file once more, without some interactions and otherwise the same, in the same order.
 *
 * @example
 * withoutSql('a.parquet', ['int-1'], 'b.parquet')
 * // "COPY (… WHERE interaction_id NOT IN ('int-1')) TO 'b.parquet' (…)"
 */
export function withoutSql(file: string, interactionIds: readonly string[], parquet: string): string {
  const ids = interactionIds.map(sqlText).join(', ');
  return `COPY (SELECT * FROM read_parquet(${sqlFile(file)}) WHERE interaction_id NOT IN (${ids})) TO ${sqlTarget(parquet)} (${PARQUET_OPTIONS})`;
}
