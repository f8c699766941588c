/**
 * The objects in the bucket as tables: columns, their JSON fields, partitions. Pure.
 *
 * A test holds the columns to the zod schemas of `lambdas/shared`. Column names are in snake case, since Athena knows
 * no case. A value whose form is not fixed, or is nested, is a `string` of JSON: `json_extract` reads it.
 */
import { MEDIA_TYPES } from '../../lambdas/shared/contracts/job-options.ts';

/** Types of the Hive catalogue. */
export type HiveType = 'string' | 'int' | 'bigint' | 'boolean' | 'map<string,bigint>';

interface Column {
  name: string;
  /** Field of the JSON object. */
  field: string;
  type: HiveType;
  comment: string;
}

export interface CatalogTable {
  name: string;
  description: string;
  /** Below the bucket; `${…}` are partitions. */
  location: string;
  /** JSON Lines unless it is said. */
  format?: 'parquet';
  columns: readonly Column[];
  /** Partition columns, all strings, with their projection: no crawler, no `MSCK REPAIR`. */
  partitions: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const column = (name: string, field: string, type: HiveType, comment: string): Column => ({
  name,
  field,
  type,
  comment,
});

/** The days from a setting of the stage on. */
const DAYS = {
  type: 'date',
  format: 'yyyy-MM-dd',
  interval: '1',
  'interval.unit': 'DAYS',
};

/** The parts, as the runs have written them. */
export const TRANSCRIPTS: CatalogTable = {
  name: 'transcripts',
  description: 'Masked transcripts: a row for each interaction, medium and run that extracted it',
  location: 'transcripts/v=1/media_type=${media_type}/dt=${dt}/',
  columns: [
    column('schema_version', 'schemaVersion', 'int', 'Version of the form of this row'),
    column('interaction_id', 'interactionId', 'string', 'Id of the interaction in CXone'),
    column('started_at', 'timestamp', 'string', 'Start of the interaction, ISO 8601, UTC'),
    column('source', 'source', 'string', 'Where it came from; null for bulk-job'),
    column('version', 'version', 'string', 'Of several rows of one interaction and medium the greatest counts'),
    column('supersedes', 'supersedes', 'string', 'The version that was stored before'),
    column('transcript', 'transcript', 'string', 'The masked transcript, JSON'),
    column('interaction_json', 'interaction', 'string', 'What else CXone says of the interaction, masked, JSON'),
    column('masked', 'masked', 'boolean', 'Always true'),
    column('mask_rules_version', 'maskRulesVersion', 'string', 'Version of the masking rules'),
    column('findings', 'findings', 'map<string,bigint>', 'Personal data masked, by type'),
    column('shifted_offsets', 'shiftedOffsets', 'bigint', 'Offset fields that a mask shifted and that were put right'),
    column('surrogate_key_id', 'surrogateKeyId', 'string', 'Key of the surrogates; null where they are off'),
    column(
      'content_sha256',
      'contentSha256',
      'string',
      'Of the masked transcript as it is stored, not as it is printed here',
    ),
    column('run_id', 'runId', 'string', 'Run that extracted it'),
    column('job_id', 'jobId', 'string', 'Job of CXone that it came from'),
    column('extracted_at', 'extractedAt', 'string', 'Start of the run, ISO 8601, UTC'),
  ],
  // The medium is a partition and not a column: a name can be one of them only.
  partitions: { media_type: { type: 'enum', values: MEDIA_TYPES.join(',') }, dt: DAYS },
};

/** What `compact` writes: the same columns, so that a query runs on either table. */
export const TRANSCRIPTS_COMPACTED: CatalogTable = {
  ...TRANSCRIPTS,
  name: 'transcripts_compacted',
  description: 'Masked transcripts of the days that were compacted: each transcript once, the latest that was taken',
  location: 'compacted/v=1/media_type=${media_type}/dt=${dt}/',
  format: 'parquet',
};

/** The audit trail of batches and plans. */
export const AUDIT: CatalogTable = {
  name: 'audit',
  description: 'What became of each interaction of each run: no text',
  location: 'audit/dt=${dt}/',
  columns: [
    column('recorded_at', 'at', 'string', 'ISO 8601, UTC'),
    column('action', 'action', 'string', 'What was done'),
    column('actor', 'actor', 'string', 'Execution that did it'),
    column('run_id', 'runId', 'string', 'Run'),
    column('batch', 'batch', 'bigint', 'Batch of the run'),
    column('job_id', 'jobId', 'string', 'Job of CXone'),
    column('interaction_id', 'interactionId', 'string', 'Interaction'),
    column(
      'outcome',
      'outcome',
      'string',
      'stored, missing, failed, quarantined, notReady, duplicate, empty or unchanged',
    ),
    column('error', 'error', 'string', 'Why it is not stored'),
    column('version', 'version', 'string', 'Of the transcript that is stored'),
    column('supersedes', 'supersedes', 'string', 'The version whose place it took'),
    column('anonymised', 'anonymised', 'boolean', 'True where CXone has taken names out of it'),
    column('findings', 'findings', 'map<string,bigint>', 'Personal data masked, by type'),
    column('mask_rules_version', 'maskRulesVersion', 'string', 'Version of the masking rules'),
    column('latency_ms', 'latencyMs', 'bigint', 'From the submission of the job to the stored transcript'),
  ],
  partitions: { dt: DAYS },
};

/** All JSON below `runs/`; the fields are those of a manifest. */
export const RUN_FILES: CatalogTable = {
  name: 'run_files',
  description: 'Records of the runs; the view runs picks the manifests out of them',
  location: 'runs/',
  columns: [
    column('schema_version', 'schemaVersion', 'int', 'Version of the form of the manifest'),
    column('run_id', 'runId', 'string', 'Run'),
    column('status', 'status', 'string', 'complete or incomplete'),
    column('source', 'source', 'string', 'Kind of the execution input'),
    column('window_json', 'window', 'string', 'Span in which interactions were looked for, JSON'),
    column('started_at', 'startedAt', 'string', 'ISO 8601, UTC'),
    column('recorded_at', 'recordedAt', 'string', 'ISO 8601, UTC'),
    column('versions_json', 'versions', 'string', 'Of the product, the rows and the masking rules, JSON'),
    column(
      'masking_json',
      'masking',
      'string',
      'Rules, types that were on and options that rows were masked with, JSON',
    ),
    column('planned', 'planned', 'bigint', 'Interactions that the run accounts for'),
    column('counts', 'counts', 'map<string,bigint>', 'Interactions by outcome'),
    column('superseded', 'superseded', 'bigint', 'Of those stored: they took the place of an older version'),
    column('rows_stored', 'rows', 'bigint', 'Rows in all parts'),
    column('delivery', 'delivery', 'map<string,bigint>', 'Transcripts by state of their delivery'),
    column('findings', 'findings', 'map<string,bigint>', 'Personal data masked, by type'),
    column('latency_ms', 'latencyMs', 'map<string,bigint>', 'Percentiles of it over the transcripts stored'),
    column('cost', 'cost', 'map<string,bigint>', 'What the run used'),
    column('parts_json', 'parts', 'string', 'Objects with transcripts, JSON'),
    column('audit_json', 'audit', 'string', 'Objects with the audit trail, JSON'),
    column('unfinished_key', 'unfinishedKey', 'string', 'Object with what a later run takes again'),
    column('failures_json', 'failures', 'string', 'Why interactions are not stored, with counts, JSON'),
    column('not_searched_json', 'notSearched', 'string', 'Spans that the run could not search, JSON'),
    column('continued_by', 'continuedBy', 'string', 'Run that goes on with what was not searched'),
    column('too_old_json', 'tooOld', 'string', 'Span that is older than what the vendor keeps, JSON'),
    column('reconciliation_json', 'reconciliation', 'string', 'Contacts of CXone held against the lake, JSON'),
    column('erasures_json', 'erasures', 'string', 'Rows taken out on request since, JSON'),
  ],
  partitions: {},
};

/** The same objects; the fields are those of a reconciliation. */
export const RECONCILIATION_FILES: CatalogTable = {
  name: 'reconciliation_files',
  description: 'Records of the runs; the view reconciliation picks those out in which contacts were compared',
  location: 'runs/',
  columns: [
    column('schema_version', 'schemaVersion', 'int', 'Version of the form of the record'),
    column('run_id', 'runId', 'string', 'Run'),
    column('source', 'source', 'string', 'Where transcripts come from'),
    column('compared_at', 'at', 'string', 'ISO 8601, UTC'),
    column('status', 'status', 'string', 'compared, or what kept contacts from being compared'),
    column('note', 'note', 'string', 'The same in a sentence, or what was left out'),
    column('first_day', 'from', 'string', 'First day of the contacts, by their start'),
    column('last_day', 'to', 'string', 'Last day of the contacts'),
    column('expected', 'expected', 'bigint', 'Contacts that CXone has analysed'),
    column('stored', 'stored', 'bigint', 'Of these with a transcript in the lake'),
    column('empty', 'empty', 'bigint', 'Of these without a transcript, or without words'),
    column('pending', 'pending', 'bigint', 'Of these found and not stored yet'),
    column('not_processed', 'notProcessed', 'bigint', 'Contacts that CXone has not analysed yet'),
    column('missing_json', 'missing', 'string', 'Ids of the contacts that are missing, JSON'),
    column('days_json', 'days', 'string', 'The counts by day and medium, JSON'),
    column('gaps_json', 'gaps', 'string', 'What the next run asks for again, JSON'),
  ],
  partitions: {},
};

/** Every table of the catalogue. */
export const TABLES: readonly CatalogTable[] = [
  TRANSCRIPTS,
  TRANSCRIPTS_COMPACTED,
  AUDIT,
  RUN_FILES,
  RECONCILIATION_FILES,
];

/** Types of a view's columns as Athena's engine names them. */
export type PrestoType = 'varchar' | 'bigint' | 'timestamp(3)' | 'map(varchar,bigint)';

export interface CatalogView {
  name: string;
  columns: readonly (readonly [name: string, type: PrestoType])[];
}

/** The SQL of a view is `athena/views/<name>.sql`, which says what it is for; a test holds the columns to it. */
export const VIEWS: readonly CatalogView[] = [
  {
    name: 'runs',
    columns: [
      ['run_id', 'varchar'],
      ['status', 'varchar'],
      ['source', 'varchar'],
      ['window_from', 'varchar'],
      ['window_to', 'varchar'],
      ['started_at', 'timestamp(3)'],
      ['recorded_at', 'timestamp(3)'],
      ['planned', 'bigint'],
      ['stored', 'bigint'],
      ['missing', 'bigint'],
      ['failed', 'bigint'],
      ['quarantined', 'bigint'],
      ['not_ready', 'bigint'],
      ['duplicate', 'bigint'],
      ['empty', 'bigint'],
      ['unchanged', 'bigint'],
      ['superseded', 'bigint'],
      ['delivered', 'bigint'],
      ['parked', 'bigint'],
      ['pending', 'bigint'],
      ['findings', 'map(varchar,bigint)'],
      ['state_transitions', 'bigint'],
      ['stored_bytes', 'bigint'],
      ['parts_json', 'varchar'],
    ],
  },
  {
    name: 'reconciliation',
    columns: [
      ['run_id', 'varchar'],
      ['compared_at', 'timestamp(3)'],
      ['dt', 'varchar'],
      ['media_type', 'varchar'],
      ['expected', 'bigint'],
      ['stored', 'bigint'],
      ['empty', 'bigint'],
      ['pending', 'bigint'],
      ['missing', 'bigint'],
      ['not_processed', 'bigint'],
    ],
  },
  {
    name: 'latest',
    columns: [
      ['source', 'varchar'],
      ['interaction_id', 'varchar'],
      ['media_type', 'varchar'],
      ['dt', 'varchar'],
      ['started_at', 'varchar'],
      ['version', 'varchar'],
      ['transcript', 'varchar'],
      ['interaction_json', 'varchar'],
      ['findings', 'map(varchar,bigint)'],
      ['content_sha256', 'varchar'],
      ['run_id', 'varchar'],
      ['extracted_at', 'varchar'],
    ],
  },
  {
    name: 'turns',
    columns: [
      ['interaction_id', 'varchar'],
      ['media_type', 'varchar'],
      ['dt', 'varchar'],
      ['turn_number', 'bigint'],
      ['speaker', 'varchar'],
      ['text', 'varchar'],
      ['run_id', 'varchar'],
      ['extracted_at', 'varchar'],
    ],
  },
];
