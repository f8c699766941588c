/** A day of many small parts and the same day compacted: files, bytes and the time of three queries. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compactDay } from '../cli/lake/compaction/compact-day.ts';
import { withDuckDb } from '../cli/lake/duckdb.ts';
import { openLake } from '../cli/lake/open-lake.ts';
import { sqlFiles } from '../cli/lake/sql.ts';
import { LocalEngine } from '../emulator/engine/run-execution.ts';
import { startSandbox } from '../emulator/sandbox/start-sandbox.ts';

const INTERACTIONS = 20_000;
const BATCH_SIZE = 20;
const DAY = '2026-10-01';
const ROUNDS = 3;

/** The argument of `npm run bench`. */
export const name = 'compaction';
/** What the list of benchmarks says of it. */
export const description = '20,000 transcripts of one day in parts of 20, and the same in Parquet';

const QUERIES: Readonly<Record<string, (from: string, interactionId: string) => string>> = {
  'count by medium': (from) => `SELECT media_type, count(*) FROM ${from} GROUP BY media_type`,
  'one interaction': (from, id) => `SELECT transcript FROM ${from} WHERE interaction_id = '${id}'`,
  'search in all texts': (from) => `SELECT count(*) FROM ${from} WHERE transcript LIKE '%refund%'`,
};

/** Prints the seconds of a compaction, and what it saves in bytes and objects. */
export async function run(): Promise<void> {
  const out = await mkdtemp(join(tmpdir(), 'bench-compaction-'));
  await fill(out);
  const lake = await openLake(out);
  try {
    const startedAt = performance.now();
    const { compaction } = await compactDay(lake, DAY, new Date().toISOString());
    const seconds = (performance.now() - startedAt) / 1000;
    const directory = join(out, 'data-lake');
    const entries = await readdir(join(directory, 'transcripts'), { recursive: true, withFileTypes: true });
    const parts = entries.filter((entry) => entry.isFile()).length;
    const bytes = compaction.files.reduce((sum, file) => sum + file.bytes, 0);
    process.stdout.write(
      [
        `  compacted           ${parts} parts into ${compaction.files.length} files of ${(bytes / 1e6).toFixed(0)} MB, ${compaction.rows} rows, in ${seconds.toFixed(1)} s`,
        ...(await compare(out, directory)),
        '',
      ].join('\n'),
    );
  } finally {
    await lake.close();
    await rm(out, { recursive: true, force: true });
  }
}

async function fill(out: string): Promise<void> {
  const window = { from: `${DAY}T00:00:00Z`, to: `${DAY}T23:59:59Z` };
  const sandbox = await startSandbox({
    out,
    vendor: { simulator: { interactions: { count: INTERACTIONS, ...window }, lateShare: 0, jobLatency: { polls: 0 } } },
  });
  const engine = new LocalEngine({
    assembly: sandbox.assembly,
    overridesEnv: sandbox.environment,
    waitScale: 0.001,
    maxProcesses: 2,
  });
  try {
    const input = { window, batchSize: BATCH_SIZE };
    await engine.run({ input, name: 'compaction', stateMachine: sandbox.extraction, record: 'none' });
    await engine.settle();
  } finally {
    await engine.close();
    await sandbox.close();
  }
}

/** The same questions to both, alternately; the best of several rounds counts. */
async function compare(scratch: string, lake: string): Promise<string[]> {
  const parts =
    `(SELECT interactionId AS interaction_id, media_type, CAST(transcript AS VARCHAR) AS transcript FROM read_json(` +
    `${sqlFiles(join(lake, 'transcripts'), '**/*.jsonl.gz')}, compression = 'gzip', format = 'newline_delimited', hive_partitioning = true, ` +
    `columns = {interactionId: 'VARCHAR', transcript: 'JSON'}))`;
  const parquet = `read_parquet(${sqlFiles(join(lake, 'compacted'), '**/*.parquet')}, hive_partitioning = true)`;
  return withDuckDb(scratch, async (db) => {
    const lines: string[] = [];
    const ids = await db.runAndReadAll(`SELECT min(interaction_id) FROM ${parquet}`);
    const interactionId = String(ids.getRows()[0]?.[0]);
    for (const [question, sql] of Object.entries(QUERIES)) {
      const best = { parts: Number.POSITIVE_INFINITY, parquet: Number.POSITIVE_INFINITY };
      for (let round = 0; round < ROUNDS; round++) {
        for (const [key, from] of [
          ['parts', parts],
          ['parquet', parquet],
        ] as const) {
          const startedAt = performance.now();
          await db.runAndReadAll(sql(from, interactionId));
          best[key] = Math.min(best[key], performance.now() - startedAt);
        }
      }
      lines.push(
        `  ${question.padEnd(20)}${best.parts.toFixed(0)} ms over the parts, ${best.parquet.toFixed(0)} ms over Parquet: ${(best.parts / best.parquet).toFixed(0)} times`,
      );
    }
    return lines;
  });
}
