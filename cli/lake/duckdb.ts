/** DuckDB in this process: bounded in memory, and without the network. */
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';

/** DuckDB goes to the disk above it. Each thread reads with a buffer of twice the longest row. */
const MEMORY_LIMIT = '2GB';
const THREADS = '2';

/**
 * What `work` returns, given a connection to a database in memory, whose times are UTC.
 *
 * @param directory for what does not fit into memory
 * @example await withDuckDb('/tmp/d', async (db) => (await db.runAndReadAll('SELECT 1')).getRows()) // [[1]]
 */
export async function withDuckDb<T>(directory: string, work: (db: DuckDBConnection) => Promise<T>): Promise<T> {
  // A library of 70 MB, which most commands do without.
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: MEMORY_LIMIT,
    threads: THREADS,
    temp_directory: join(directory, 'spill'),
    // It would otherwise look for extensions on the network.
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const db = await instance.connect();
  try {
    await db.run("SET TimeZone = 'UTC'");
    return await work(db);
  } finally {
    db.closeSync();
    instance.closeSync();
  }
}
