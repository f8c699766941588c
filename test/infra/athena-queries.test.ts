/** Runs the SQL of Athena with DuckDB, over objects as the store step writes them. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { createMasker } from '@cxone-transcripts/masker';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DUCKDB_TYPES } from '../../cli/lake/compaction/compaction.ts';
import { createArtifact } from '../../emulator/stand-ins/cxone/generator/artifact.ts';
import {
  AUDIT,
  type CatalogTable,
  RECONCILIATION_FILES,
  RUN_FILES,
  TRANSCRIPTS,
} from '../../infra/constructs/catalog-tables.ts';
import { BULK_MEDIA_TYPES, type BulkMediaType } from '../../lambdas/shared/contracts/job-options.ts';
import { readLexicon } from '../../lambdas/shared/lib/names-lexicon.ts';
import { Reconciliation } from '../../lambdas/shared/runs/reconciliation-record.ts';
import { Manifest } from '../../lambdas/shared/runs/run-records.ts';
import { keys } from '../../lambdas/shared/storage/layout.ts';
import { AuditLine, TranscriptRow } from '../../lambdas/shared/storage/records.ts';
import { readArtifact } from '../../lambdas/shared/vendor/bulk-job/read-artifact.ts';
import { buildRow } from '../../lambdas/store-transcripts/build-row.ts';

const SQL = fileURLToPath(new URL('../../athena', import.meta.url));
const DAY = '2026-11-21';
const START_MS = Date.parse(`${DAY}T09:00:00Z`);

/** Where the two dialects say the same in other words. */
const MACROS = [
  'CREATE MACRO json_extract_scalar(value, path) AS json_extract_string(value, path)',
  'CREATE MACRO regexp_like(value, pattern) AS regexp_matches(value, pattern)',
  'CREATE MACRO from_iso8601_timestamp(value) AS CAST(value AS TIMESTAMPTZ)',
];
const toDuckDb = (sql: string) =>
  // Athena refuses `map['key']` for a key that is not there; DuckDB gives a list for `element_at`.
  sql.replaceAll('AS array(json)', 'AS JSON[]').replaceAll(/element_at\((\w+), ('\w+')\)/g, '$1[$2]');

let lake: string;
let db: DuckDBConnection;

function put(key: string, text: string): void {
  const path = join(lake, key);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, key.endsWith('.gz') ? gzipSync(text) : text);
}

/** A masked row, by the code that makes them. */
async function rowOf(
  interaction: number,
  mediaType: BulkMediaType,
  runId: string,
  extractedAt: string,
): Promise<string> {
  const interactionId = `interaction-${interaction}`;
  const { artifact } = createArtifact({ seed: 'athena', interactionId, mediaType, startMs: START_MS });
  const read = readArtifact(Buffer.from(JSON.stringify(artifact)));
  if (!read.ok) throw new Error('the generator makes readable artifacts');
  const { line } = await buildRow(
    read,
    { runId, jobId: 'job-1', extractedAt },
    { masker: createMasker({}, readLexicon()) },
  );
  TranscriptRow.parse(JSON.parse(line));
  return line;
}

function auditLine(interaction: number, outcome: 'stored' | 'quarantined' | 'missing'): AuditLine {
  return AuditLine.parse({
    at: `${DAY}T10:00:00.000Z`,
    action: 'transcript_extracted',
    actor: 'run-1',
    runId: 'run-1',
    batch: 0,
    jobId: 'job-1',
    interactionId: `interaction-${interaction}`,
    outcome,
    ...(outcome === 'quarantined' ? { error: 'PiiMaskingFailed' } : {}),
    findings: outcome === 'stored' ? { EMAIL_ADDRESS: 1 } : {},
    maskRulesVersion: '1',
  });
}

function manifestOf(runId: string, recordedAt: string, delivery: Manifest['delivery']): Manifest {
  return Manifest.parse({
    schemaVersion: 1,
    runId,
    status: 'complete',
    source: 'window',
    window: { from: `${DAY}T00:00:00.000Z`, to: `${DAY}T23:59:59.000Z` },
    startedAt: `${DAY}T10:00:00.000Z`,
    recordedAt,
    versions: { pipeline: '0.1.0', function: '1', row: 1, maskRules: ['1'] },
    planned: 7,
    counts: { stored: 5, missing: 1, failed: 0, quarantined: 1, notReady: 0, duplicate: 0 },
    rows: 5,
    delivery,
    findings: { EMAIL_ADDRESS: 5 },
    cost: { stateTransitions: 25, polls: 4, submissions: 1, resultBytes: 9_000, storedBytes: 3_000 },
    parts: [],
    audit: [],
    erasures: [],
  });
}

function reconciliationOf(runId: string): Reconciliation {
  const counts = { expected: 5, stored: 3, empty: 1, pending: 0, notProcessed: 2 };
  const day = { day: DAY, mediaType: 'voice', ...counts, missing: 1 };
  const gap = { contactId: '4711', day: DAY, mediaType: 'voice', processedAt: `${DAY}T11:00:00.000Z`, tries: 0 };
  return Reconciliation.parse({
    schemaVersion: 1,
    runId,
    source: 'interaction-analytics',
    at: `${DAY}T12:05:00.000Z`,
    status: 'compared',
    from: DAY,
    to: DAY,
    ...counts,
    missing: ['4711'],
    days: [day, { ...day, mediaType: 'chat', missing: 0 }],
    gaps: [gap],
  });
}

async function writeLake(): Promise<void> {
  for (const mediaType of BULK_MEDIA_TYPES) {
    const interaction = BULK_MEDIA_TYPES.indexOf(mediaType) + 1;
    put(
      keys.transcripts(mediaType, DAY, 'run-1', 0),
      `${await rowOf(interaction, mediaType, 'run-1', `${DAY}T10:00:00.000Z`)}\n`,
    );
  }
  // The first interaction was extracted again, by a later run.
  put(keys.transcripts('voice', DAY, 'run-2', 0), `${await rowOf(1, 'voice', 'run-2', `${DAY}T12:00:00.000Z`)}\n`);
  // CXone has analysed it twice, and the later analysis was extracted first.
  const analysed = { ...JSON.parse(await rowOf(9, 'voice', 'run-3', `${DAY}T13:00:00.000Z`)), mediaType: 'other' };
  const versions = [
    { runId: 'run-3', extractedAt: `${DAY}T13:00:00.000Z`, version: '2026-11-22T08:00:00.5Z' },
    { runId: 'run-4', extractedAt: `${DAY}T14:00:00.000Z`, version: '2026-11-22T08:00:00Z' },
  ];
  for (const version of versions) {
    const row = { ...analysed, source: 'interaction-analytics', ...version };
    put(keys.transcripts('other', DAY, version.runId, 0, 2), `${JSON.stringify(TranscriptRow.parse(row))}\n`);
  }
  const audit = [
    ...BULK_MEDIA_TYPES.map((_type, index) => auditLine(index + 1, 'stored')),
    auditLine(6, 'quarantined'),
    auditLine(7, 'missing'),
  ];
  put(keys.audit(DAY, 'run-1', 0), audit.map((line) => JSON.stringify(line)).join('\n'));
  put(
    keys.manifest('run-1'),
    JSON.stringify(manifestOf('run-1', `${DAY}T10:05:00.000Z`, { delivered: 3, parked: 1, pending: 1 })),
  );
  put(
    keys.manifest('run-2'),
    JSON.stringify(manifestOf('run-2', `${DAY}T12:05:00.000Z`, { delivered: 5, parked: 0, pending: 0 })),
  );
  put(keys.reconciliation('run-2'), JSON.stringify(reconciliationOf('run-2')));
  // What else is below runs/ must not become a row.
  put('runs/run-1/map/0b1c/manifest.json', '{"ResultFiles":{}}');
  put(keys.plan('run-1'), '{"schemaVersion":1,"runId":"run-1"}');
}

/** The table as the SerDe shows it: columns by their JSON field, partitions from the path, `$path`. */
async function createTable(table: CatalogTable, files: string): Promise<void> {
  const fields = table.columns.map(({ field, type }) => `"${field}": '${DUCKDB_TYPES[type]}'`);
  const partitions = Object.keys(table.partitions).map((name) => [name, 'VARCHAR'] as const);
  const columns = table.columns.map(({ name, field }) => `"${field}" AS ${name}`);
  const pathParts = partitions.map(([name]) => `regexp_extract(filename, '/${name}=([^/]+)/', 1) AS ${name}`);
  await db.run(`CREATE VIEW ${table.name} AS SELECT ${[...columns, ...pathParts, 'filename AS "$path"'].join(', ')}
    FROM read_json('${lake}/${files}', format = 'newline_delimited', columns = {${fields.join(', ')}},
      filename = true, hive_partitioning = false)`);
}

const readSql = (path: string) => toDuckDb(readFileSync(join(SQL, path), 'utf8'));

async function rowsOf(sql: string): Promise<Record<string, unknown>[]> {
  const reader = await db.runAndReadAll(sql);
  return reader.getRowObjectsJson() as Record<string, unknown>[];
}

beforeAll(async () => {
  lake = mkdtempSync(join(tmpdir(), 'lake-'));
  await writeLake();
  db = await (await DuckDBInstance.create(':memory:')).connect();
  await db.run("SET TimeZone = 'UTC'");
  for (const macro of MACROS) await db.run(macro);
  await createTable(TRANSCRIPTS, 'transcripts/**/*.jsonl.gz');
  await createTable(AUDIT, 'audit/**/*.jsonl.gz');
  await createTable(RUN_FILES, 'runs/**/*.json');
  await createTable(RECONCILIATION_FILES, 'runs/**/*.json');
  for (const view of ['runs', 'turns', 'latest', 'reconciliation'])
    await db.run(`CREATE VIEW ${view} AS ${readSql(`views/${view}.sql`)}`);
});

afterAll(() => {
  db.closeSync();
  rmSync(lake, { recursive: true, force: true });
});

describe('saved queries', () => {
  const run = (name: string) => rowsOf(readSql(`queries/${name}.sql`));

  it('count the transcripts of a day by medium', async () => {
    const rows = await run('volume-of-a-day');
    expect(rows.find(({ media_type }) => media_type === 'voice')).toMatchObject({
      transcripts: '2',
      interactions: '1',
    });
    expect(rows.map(({ media_type }) => media_type).sort()).toEqual([...BULK_MEDIA_TYPES, 'other'].sort());
  });

  it('add up personal data by day and type', async () => {
    const [total] = await rowsOf('SELECT sum(list_sum(map_values(findings))) AS masked FROM transcripts');
    const rows = await run('findings-by-type');
    expect(rows.length).toBeGreaterThan(2);
    expect(rows.reduce((sum, { masked }) => sum + Number(masked), 0)).toBe(Number(total?.masked));
    for (const { dt } of rows) expect(dt).toBe(DAY);
  });

  it('show each interaction once, as the latest run extracted it', async () => {
    const rows = await run('latest-version');
    expect(rows).toHaveLength(BULK_MEDIA_TYPES.length + 1);
    expect(rows.find(({ interaction_id }) => interaction_id === 'interaction-1')).toMatchObject({ run_id: 'run-2' });
    expect(rows.find(({ interaction_id }) => interaction_id === 'interaction-9')).toMatchObject({ run_id: 'run-3' });
  });

  it('list runs with transcripts that the webhook does not have', async () => {
    expect(await run('undelivered')).toMatchObject([{ run_id: 'run-1', pending: '1', parked: '1' }]);
  });

  it('say what was not stored, and why', async () => {
    expect(await run('not-stored')).toMatchObject([
      { outcome: 'missing', error: '', interactions: '1' },
      { outcome: 'quarantined', error: 'PiiMaskingFailed', interactions: '1' },
    ]);
  });

  it('show a conversation in its order', async () => {
    const rows = await run('what-was-said');
    expect(rows.length).toBeGreaterThan(2);
    expect(rows[0]?.turn_number).toBe('1');
  });

  it('are all run here', () => {
    const files = readdirSync(join(SQL, 'queries')).map((file) => basename(file, '.sql'));
    const run = readFileSync(fileURLToPath(import.meta.url), 'utf8');
    expect(files.filter((name) => !run.includes(`run('${name}')`))).toEqual([]);
  });
});

describe('views', () => {
  it('show a row for each run, from its manifest alone', async () => {
    const rows = await rowsOf('SELECT * FROM runs ORDER BY run_id');
    expect(rows).toMatchObject([
      { run_id: 'run-1', stored: '5', not_ready: '0', window_from: `${DAY}T00:00:00.000Z`, state_transitions: '25' },
      { run_id: 'run-2' },
    ]);
  });

  it('show contacts that were compared by run, day and medium', async () => {
    const rows = await rowsOf('SELECT * FROM reconciliation ORDER BY media_type DESC');
    const counts = { expected: '5', stored: '3', empty: '1', pending: '0', not_processed: '2' };
    expect(rows).toMatchObject([
      { run_id: 'run-2', dt: DAY, media_type: 'voice', ...counts, missing: '1' },
      { run_id: 'run-2', dt: DAY, media_type: 'chat', ...counts, missing: '0' },
    ]);
  });

  it.each(BULK_MEDIA_TYPES)('turn a transcript of the medium %s into text by speaker', async (mediaType) => {
    const rows = await rowsOf(`SELECT * FROM turns WHERE media_type = '${mediaType}'`);
    expect(rows.length).toBeGreaterThan(0);
    for (const { text } of rows) expect(text).toBeTruthy();
  });
});
