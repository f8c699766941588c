/** Glue database, tables and views over the data lake, and an Athena workgroup with saved queries. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CfnNamedQuery, CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type CatalogTable, type CatalogView, type PrestoType, TABLES, VIEWS } from './catalog-tables.ts';

export interface DataCatalogProps {
  stage: string;
  bucket: IBucket;
  /** Encrypts the results of queries. */
  encryptionKey: IKey;
  /** First day that queries see, `YYYY-MM-DD`. */
  dataSince: string;
  /** A query that would read more is stopped. */
  scanLimitBytes: number;
}

/** Where results go; they are deleted after a while (`data-lake-bucket.ts`). */
export const QUERY_RESULTS_PREFIX = 'athena-results/';

const SQL_DIR = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'athena');

/** Hive's names for what Athena's engine calls otherwise. */
const HIVE_TYPES: Record<PrestoType, string> = {
  varchar: 'string',
  bigint: 'bigint',
  'timestamp(3)': 'timestamp',
  'map(varchar,bigint)': 'map<string,bigint>',
};

/**
 * The catalogue of one stage. A deployment with another `dataSince` changes the range of days that its tables project.
 */
export class DataCatalog extends Construct {
  readonly databaseName: string;
  readonly workGroupName: string;

  constructor(scope: Construct, id: string, props: DataCatalogProps) {
    super(scope, id);
    const { account } = Stack.of(this);
    // Glue and Athena know letters, digits and _ only.
    this.databaseName = `cxone_transcripts_${props.stage.replaceAll('-', '_')}`;
    const database = new CfnDatabase(this, 'Database', {
      catalogId: account,
      databaseInput: { name: this.databaseName, description: `CXone transcripts (${props.stage})` },
    });
    for (const table of TABLES) this.#table(table, props).addResourceDependency(database);
    for (const view of VIEWS) this.#view(view).addResourceDependency(database);

    const workGroup = this.#workGroup(props);
    this.workGroupName = workGroup.name;
    for (const file of readdirSync(join(SQL_DIR, 'queries')).sort()) this.#query(file, workGroup, database);
  }

  #table(table: CatalogTable, { bucket, dataSince }: DataCatalogProps): CfnTable {
    const partitions = Object.keys(table.partitions);
    return new CfnTable(this, table.name, {
      catalogId: Stack.of(this).account,
      databaseName: this.databaseName,
      tableInput: {
        name: table.name,
        description: table.description,
        tableType: 'EXTERNAL_TABLE',
        partitionKeys: partitions.map((name) => ({ name, type: 'string' })),
        parameters: { classification: table.format ?? 'json', ...projection(table, bucket, dataSince) },
        storageDescriptor: {
          location: bucket.s3UrlForObject(table.location.replace(/[a-z_]+=\$\{.*$/, '')),
          columns: table.columns.map(({ name, type, comment }) => ({ name, type, comment })),
          ...(table.format === 'parquet' ? PARQUET : jsonFormat(table)),
        },
      },
    });
  }

  #view({ name, columns }: CatalogView): CfnTable {
    const definition = {
      originalSql: readSql(join('views', `${name}.sql`)).sql,
      catalog: 'awsdatacatalog',
      schema: this.databaseName,
      columns: columns.map(([column, type]) => ({ name: column, type })),
    };
    return new CfnTable(this, name, {
      catalogId: Stack.of(this).account,
      databaseName: this.databaseName,
      tableInput: {
        name,
        tableType: 'VIRTUAL_VIEW',
        // By these very words the engine knows its own views. With a description in their place, or beside them, it takes
        // the view for one of Hive's and says that there is no such table.
        parameters: { presto_view: 'true', comment: 'Presto View' },
        storageDescriptor: {
          columns: columns.map(([column, type]) => ({ name: column, type: HIVE_TYPES[type] })),
          serdeInfo: {},
        },
        viewOriginalText: `/* Presto View: ${Buffer.from(JSON.stringify(definition)).toString('base64')} */`,
        viewExpandedText: '/* Presto View */',
      },
    });
  }

  #workGroup({ stage, bucket, encryptionKey, scanLimitBytes }: DataCatalogProps): CfnWorkGroup {
    return new CfnWorkGroup(this, 'WorkGroup', {
      name: `cxone-transcripts-${stage}`,
      description: `CXone transcripts (${stage}): encrypted results, a limit on what a query reads`,
      // Results of queries are copies; what they are copies of stays.
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: scanLimitBytes,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: bucket.s3UrlForObject(QUERY_RESULTS_PREFIX),
          encryptionConfiguration: { encryptionOption: 'SSE_KMS', kmsKey: encryptionKey.keyArn },
        },
      },
    });
  }

  #query(file: string, workGroup: CfnWorkGroup, database: CfnDatabase): void {
    const name = basename(file, '.sql');
    const { sql, description } = readSql(join('queries', file));
    const query = new CfnNamedQuery(this, name, {
      name,
      description,
      database: this.databaseName,
      queryString: sql,
      workGroup: workGroup.name,
    });
    query.addResourceDependency(workGroup);
    query.addResourceDependency(database);
  }
}

const PARQUET = {
  inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
  outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
  serdeInfo: { serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
};

function jsonFormat({ columns }: CatalogTable) {
  const renamed = columns.filter(({ name, field }) => name !== field);
  return {
    inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
    outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
    serdeInfo: {
      serializationLibrary: 'org.openx.data.jsonserde.JsonSerDe',
      parameters: {
        // With it, the keys of maps would come out in lower case.
        'case.insensitive': 'FALSE',
        'ignore.malformed.json': 'TRUE',
        ...Object.fromEntries(renamed.map(({ name, field }) => [`mapping.${name}`, field])),
      },
    },
  };
}

/** A file of `athena/`: its first line, a comment, says what it is for. */
function readSql(path: string): { sql: string; description: string } {
  const [first = '', ...lines] = readFileSync(join(SQL_DIR, path), 'utf8').trim().split('\n');
  return { sql: lines.join('\n'), description: first.replace(/^--\s*/, '') };
}

/**
 * Athena works out the partitions from the query instead of looking them up. Where the query names no day, it lists a
 * prefix for every day of the range.
 */
function projection({ partitions, location }: CatalogTable, bucket: IBucket, dataSince: string) {
  const settings = Object.entries(partitions).flatMap(([name, options]) => {
    const range = options.type === 'date' ? { range: `${dataSince},NOW+1DAY` } : {};
    return Object.entries({ ...options, ...range }).map(([option, value]) => [`projection.${name}.${option}`, value]);
  });
  if (settings.length === 0) return {};
  return {
    'projection.enabled': 'true',
    ...Object.fromEntries(settings),
    'storage.location.template': bucket.s3UrlForObject(location),
  };
}
