/** Paths in the SQL of DuckDB, with any folder names. Pure. */
import { join } from 'node:path';

/**
 * A text, as SQL.
 *
 * @example sqlText("it's") // "'it''s'"
 */
export const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** DuckDB takes every path that it reads for a pattern: in brackets a sign stands for itself. */
const literally = (path: string) => path.replaceAll(/[[*?]/g, '[$&]');

/**
 * A file to be read, as SQL, its name taken literally.
 *
 * @example sqlFile("/tmp/it's/[1].parquet") // "'/tmp/it''s/[[]1].parquet'"
 */
export function sqlFile(path: string): string {
  return sqlText(literally(path));
}

/**
 * The files of a folder whose names match a pattern, as SQL.
 *
 * @example sqlFiles('/tmp/parts', '*.jsonl.gz') // "'/tmp/parts/*.jsonl.gz'"
 */
export function sqlFiles(directory: string, pattern: string): string {
  return sqlText(join(literally(directory), pattern));
}

/**
 * A file to be written, as SQL: its path is no pattern.
 *
 * @example sqlTarget('/tmp/[1].parquet') // "'/tmp/[1].parquet'"
 */
export function sqlTarget(path: string): string {
  return sqlText(path);
}
