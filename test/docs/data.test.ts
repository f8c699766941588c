/** The examples of `docs/data.md`: rows and manifests against their schemas, queries over what a run leaves. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withDuckDb } from '../../cli/lake/duckdb.ts';
import { Manifest } from '../../lambdas/shared/runs/run-records.ts';
import { TranscriptRow } from '../../lambdas/shared/storage/records.ts';
import { eventFor, freshIds, usePipeline } from '../pipeline/world/pipeline.ts';

const text = readFileSync(new URL('../../docs/data.md', import.meta.url), 'utf8');
const blocks = (kind: string) =>
  [...text.matchAll(/^```(.+)\n([^`]*)^```$/gm)].filter(([, name]) => name === kind).map(([, , body]) => body ?? '');

it('shows a row as it is written', () => {
  expect(blocks('json row').map((json) => TranscriptRow.strict().parse(JSON.parse(json)))).toHaveLength(1);
});

it('shows a manifest as it is written', () => {
  const [manifest] = blocks('json manifest').map((json) => Manifest.strict().parse(JSON.parse(json)));
  if (manifest === undefined) throw new Error('the document shows no manifest');
  expect(Object.values(manifest.counts).reduce((sum, count) => sum + count, 0)).toBe(manifest.planned);
  expect(manifest.parts.reduce((sum, { rows }) => sum + rows, 0)).toBe(manifest.rows);
});

it.each(Object.keys(TranscriptRow.shape).filter((field) => !/^(?:schemaVersion|masked)$/.test(field)))(
  'explains %s',
  (field) => {
    expect(text).toContain(`\`${field}\``);
  },
);

it.each(Object.keys(Manifest.shape.counts.shape))('explains the outcome %s', (outcome) => {
  expect(text).toContain(`| \`${outcome}\` |`);
});

describe('its queries', () => {
  const pipeline = usePipeline();

  it('answer over what a run leaves', async () => {
    const { status } = await pipeline.run(eventFor(freshIds(20)));
    expect(status).toBe('SUCCEEDED');
    const queries = blocks('sql').map((sql) => sql.replaceAll('out/data-lake', pipeline.dataLakeDir));
    const rows = await withDuckDb(pipeline.dataLakeDir, async (db) => {
      const counts: number[] = [];
      for (const sql of queries) counts.push((await db.runAndReadAll(sql)).currentRowCount);
      const listed = await db.runAndReadAll(queries.find((sql) => sql.includes('SEMI JOIN')) ?? '');
      expect(Number(listed.getRows()[0]?.[0])).toBeGreaterThanOrEqual(20);
      return counts;
    });
    // The first makes a view; the others answer.
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.slice(1).every((count) => count > 0)).toBe(true);
  });
});
