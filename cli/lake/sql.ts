/** Paths in the SQL of DuckDB, with any folder names. Pure. */
import { join } from 'node:path';

const sqlText = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** DuckDB takes every path that it reads for a pattern: in brackets a sign stands for itself. */
const literally = (path: string) => path.replaceAll(/[[*?]/g, '[$&]');

/** A file to be read, as SQL: `/tmp/it's/[1].parquet` becomes `'/tmp/it''s/[[]1].parquet'`. */
export function sqlFile(path: string): string {
  return sqlText(literally(path));
}

/** The files of a folder whose names match a pattern such as `*.jsonl.gz`, as SQL. */
export function sqlFiles(directory: string, pattern: string): string {
  return sqlText(join(literally(directory), pattern));
}

/** A file to be written, as SQL: its path is no pattern. */
export function sqlTarget(path: string): string {
  return sqlText(path);
}
