import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CONDITIONAL_KEYS } from '../../infra/constructs/bucket-rules.ts';
import {
  AUDIT,
  type CatalogTable,
  RECONCILIATION_FILES,
  RUN_FILES,
  TABLES,
  TRANSCRIPTS,
  TRANSCRIPTS_COMPACTED,
  VIEWS,
} from '../../infra/constructs/catalog-tables.ts';
import { MEDIA_TYPES } from '../../lambdas/shared/contracts/job-options.ts';
import { Reconciliation } from '../../lambdas/shared/runs/reconciliation-record.ts';
import { Manifest } from '../../lambdas/shared/runs/run-records.ts';
import { keys } from '../../lambdas/shared/storage/layout.ts';
import { AuditLine, TranscriptRow } from '../../lambdas/shared/storage/records.ts';
import { synthesiseTemplate } from './template.ts';

const template = synthesiseTemplate({
  stage: 'prod',
  account: '123456789012',
  queryScanLimitGB: '50',
  dataSince: '2026-03-01',
});

interface JsonSchema {
  type?: string;
  const?: unknown;
  minimum?: number;
  maximum?: number;
  enum?: unknown[];
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema | boolean;
}

const fieldsOf = (schema: z.ZodType): Record<string, JsonSchema> =>
  (z.toJSONSchema(schema) as JsonSchema).properties ?? {};

const isCount = (schema: JsonSchema): boolean => schema.type === 'integer';

/** Types of the catalogue that hold every value of a field. */
function fittingTypes(field: string, schema: JsonSchema): string[] {
  if (schema.type === 'boolean') return ['boolean'];
  if (schema.type === 'number' && typeof schema.const === 'number') return ['int'];
  if (isCount(schema)) return ['bigint'];
  if (schema.type === 'string') return ['string'];
  const values = schema.properties ? Object.values(schema.properties) : [schema.additionalProperties];
  const isOfCounts = values.every((value) => typeof value === 'object' && isCount(value));
  if (schema.type === 'object' && isOfCounts) return ['map<string,bigint>'];
  // Any JSON, as text.
  return field === '' ? [] : ['string'];
}

const CASES: [CatalogTable, z.ZodType][] = [
  [TRANSCRIPTS, TranscriptRow],
  [TRANSCRIPTS_COMPACTED, TranscriptRow],
  [AUDIT, AuditLine],
  [RUN_FILES, Manifest],
  [RECONCILIATION_FILES, Reconciliation],
];

describe.each(CASES)('table $name', (table, schema) => {
  const fields = fieldsOf(schema);
  const partitionFields = new Set(
    Object.keys(table.partitions).map((name) => (name === 'media_type' ? 'mediaType' : name)),
  );

  it('has a column or a partition for every field, and no other', () => {
    expect(table.columns.map(({ field }) => field).sort()).toEqual(
      Object.keys(fields)
        .filter((field) => !partitionFields.has(field))
        .sort(),
    );
  });

  it.each(table.columns.map((column) => [column.field, column.type]))('%s is of the type %s', (field, type) => {
    expect(fittingTypes(field, fields[field] ?? {})).toContain(type);
  });

  it('names columns once, in lower case, and not as a partition', () => {
    const names = [...table.columns.map(({ name }) => name), ...Object.keys(table.partitions)];
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
  });
});

describe('partitions', () => {
  const fill = (location: string, values: Record<string, string>) =>
    location.replaceAll(/\$\{(\w+)\}/g, (_all, name: string) => values[name] ?? '');

  it('are where the store step writes', () => {
    for (const mediaType of MEDIA_TYPES) {
      const location = fill(TRANSCRIPTS.location, { media_type: mediaType, dt: '2026-11-21' });
      expect(keys.transcripts(mediaType, '2026-11-21', 'run-1', 7).startsWith(location)).toBe(true);
      const compacted = fill(TRANSCRIPTS_COMPACTED.location, { media_type: mediaType, dt: '2026-11-21' });
      expect(keys.compacted(mediaType, '2026-11-21').startsWith(compacted)).toBe(true);
    }
    expect(keys.audit('2026-11-21', 'run-1', 7).startsWith(fill(AUDIT.location, { dt: '2026-11-21' }))).toBe(true);
    expect(keys.manifest('run-1').startsWith(RUN_FILES.location)).toBe(true);
    expect(keys.reconciliation('run-1').startsWith(RECONCILIATION_FILES.location)).toBe(true);
    expect(TRANSCRIPTS.partitions.media_type?.values).toBe(MEDIA_TYPES.join(','));
  });

  it('are projected, so that nothing has to be crawled', () => {
    for (const [, { Properties }] of template.ofType('AWS::Glue::Table')) {
      const { Name, Parameters, PartitionKeys } = Properties.TableInput as {
        Name: string;
        Parameters: Record<string, unknown>;
        PartitionKeys?: { Name: string }[];
      };
      for (const { Name: partition } of PartitionKeys ?? []) {
        expect(Parameters['projection.enabled']).toBe('true');
        expect(Parameters, `${Name}.${partition}`).toHaveProperty([`projection.${partition}.type`]);
      }
    }
    expect(template.ofType('AWS::Glue::Crawler')).toEqual([]);
  });

  it('by day begin where the data of the stage does: a query without a day lists each since', () => {
    const ranges = template
      .ofType('AWS::Glue::Table')
      .map(([, { Properties }]) => Properties.TableInput as { Name: string; Parameters: Record<string, unknown> })
      .filter(({ Parameters }) => Parameters['projection.dt.type'] === 'date')
      .map(({ Name, Parameters }) => [Name, Parameters['projection.dt.range']]);
    expect(ranges.map(([name]) => name).sort()).toEqual(['audit', 'transcripts', 'transcripts_compacted']);
    for (const [, range] of ranges) expect(range).toBe('2026-03-01,NOW+1DAY');
  });
});

interface GlueTable {
  Name: string;
  TableType: string;
  Parameters: Record<string, unknown>;
  ViewOriginalText?: string;
  ViewExpandedText?: string;
}

describe('template', () => {
  it('has the tables, the views, and every saved query in the workgroup', () => {
    const names = template
      .ofType('AWS::Glue::Table')
      .map(([, { Properties }]) => (Properties.TableInput as { Name: string }).Name);
    expect(names.sort()).toEqual([...TABLES, ...VIEWS].map(({ name }) => name).sort());
    const queries = template.ofType('AWS::Athena::NamedQuery').map(([, { Properties }]) => Properties);
    const files = readdirSync(new URL('../../athena/queries', import.meta.url));
    expect(queries.map(({ Name }) => `${Name}.sql`).sort()).toEqual(files.sort());
    for (const query of queries) {
      expect(query).toMatchObject({ WorkGroup: 'cxone-transcripts-prod', Database: 'cxone_transcripts_prod' });
      expect(query.Description).not.toBe('');
    }
  });

  it('holds views as Athena reads them', () => {
    const views = template
      .ofType('AWS::Glue::Table')
      .map(([, { Properties }]) => Properties.TableInput as GlueTable)
      .filter(({ TableType }) => TableType === 'VIRTUAL_VIEW');
    expect(views.map(({ Name }) => Name).sort()).toEqual(['latest', 'reconciliation', 'runs', 'turns']);
    for (const table of views) {
      // Without either of them the engine has no such table.
      expect(table.Parameters).toEqual({ presto_view: 'true', comment: 'Presto View' });
      expect(table).not.toHaveProperty('Description');
      expect(table.ViewExpandedText).toBe('/* Presto View */');
      const [, encoded = ''] = /^\/\* Presto View: (\S+) \*\/$/.exec(table.ViewOriginalText ?? '') ?? [];
      const view = JSON.parse(Buffer.from(encoded, 'base64').toString()) as {
        originalSql: string;
        schema: string;
        columns: { name: string }[];
      };
      expect(view.schema).toBe('cxone_transcripts_prod');
      expect(view.originalSql).toMatch(/^SELECT/);
    }
  });

  it('encrypts results with the key of the stage and stops a query at the limit', () => {
    const [workGroup] = template.ofType('AWS::Athena::WorkGroup');
    expect(workGroup?.[1].Properties).toMatchObject({
      WorkGroupConfiguration: {
        EnforceWorkGroupConfiguration: true,
        BytesScannedCutoffPerQuery: 50_000_000_000,
        ResultConfiguration: { EncryptionConfiguration: { EncryptionOption: 'SSE_KMS' } },
      },
    });
  });

  it('deletes results after a while', () => {
    expect(JSON.stringify(template.resources)).toContain('"Prefix":"athena-results/"');
  });
});

/** Without what is in parentheses: commas inside a call do not part columns. */
function withoutCalls(sql: string): string {
  const shorter = sql.replaceAll(/\([^()]*\)/g, '');
  return shorter === sql ? sql : withoutCalls(shorter);
}

describe('views', () => {
  it.each(VIEWS.map(({ name, columns }) => [name, columns] as const))(
    '%s declares the columns that it selects',
    (name, columns) => {
      const sql = readFileSync(new URL(`../../athena/views/${name}.sql`, import.meta.url), 'utf8');
      const selected = withoutCalls(sql.slice(sql.indexOf('SELECT') + 'SELECT'.length, sql.indexOf('\nFROM')))
        .split(',')
        .map((part) => part.trim().split(/[\s.]/).at(-1));
      expect(columns.map(([column]) => column)).toEqual(selected);
    },
  );

  it('reads counts that a manifest has', () => {
    const sql = readFileSync(new URL('../../athena/views/runs.sql', import.meta.url), 'utf8');
    const fields = fieldsOf(Manifest);
    for (const [, column = '', key = ''] of sql.matchAll(/(\w+)\['(\w+)'\]/g)) {
      expect(Object.keys(fields[column]?.properties ?? {})).toContain(key);
    }
  });
});

describe('bucket', () => {
  const statements = template
    .ofType('AWS::S3::BucketPolicy')
    .filter(([id]) => id.startsWith('DataLakeBucket'))
    .flatMap(([, { Properties }]) => (Properties.PolicyDocument as { Statement: Record<string, unknown>[] }).Statement);
  const denied = (sid: string) => statements.find((statement) => statement.Sid === sid);

  it('refuses objects under another key or with the key of the caller', () => {
    for (const sid of ['OtherEncryption', 'OtherKey', 'KeyOfTheCaller']) {
      expect(denied(sid)).toMatchObject({ Effect: 'Deny', Action: 's3:PutObject', Principal: { AWS: '*' } });
    }
  });

  it.each([
    ['another key', { sse: 'aws:kms', key: 'arn:other' }, true],
    ['KMS and no key: that would be one of AWS', { sse: 'aws:kms' }, true],
    ['encryption without KMS', { sse: 'AES256' }, true],
    ['the key of the stage', { sse: 'aws:kms', key: 'ours' }, false],
    ['nothing: the bucket then takes its own', {}, false],
  ])('to a write that asks for %s', (_name, { sse, key }: { sse?: string; key?: string }, isRefused) => {
    const header = 's3:x-amz-server-side-encryption';
    const sent: Record<string, string | undefined> = { [header]: sse, [`${header}-aws-kms-key-id`]: key };
    const applies = (sid: string): boolean => {
      const { StringNotEquals = {}, Null = {} } = (denied(sid)?.Condition ?? {}) as Record<string, object>;
      const differs = Object.entries(StringNotEquals).every(([name, wanted]) => {
        return sent[name] !== (typeof wanted === 'string' ? wanted : 'ours');
      });
      return (
        differs && Object.entries(Null).every(([name, isNull]) => (sent[name] === undefined) === (isNull === 'true'))
      );
    };
    expect(['OtherEncryption', 'OtherKey'].some(applies)).toBe(isRefused);
  });

  it('refuses writes that do not say what they expect, where two runs could meet', () => {
    expect(denied('BlindWrite')).toMatchObject({
      Effect: 'Deny',
      Condition: {
        Null: { 's3:if-none-match': 'true', 's3:if-match': 'true' },
        Bool: { 's3:ObjectCreationOperation': 'true' },
      },
    });
    expect(denied('BlindWrite')?.Resource).toHaveLength(CONDITIONAL_KEYS.length);
    const matches = (key: string) =>
      CONDITIONAL_KEYS.some((pattern) => new RegExp(`^${pattern.replace('*', '.*')}$`).test(key));
    const guarded = [
      keys.plan('run-1'),
      keys.claim('daily', '2026-11-21T03:00:00Z'),
      keys.watermark('daily'),
      keys.openRuns,
      keys.audit('2026-11-21', 'run-1', 7),
      keys.auditOfPlan('2026-11-21', 'run-1'),
    ];
    expect(guarded.filter((key) => !matches(key))).toEqual([]);
    expect(matches(keys.manifest('run-1'))).toBe(false);
  });
});
