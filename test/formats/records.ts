/** Every record that is read back from S3, with the readers of it: who reads which object of it. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { Compaction } from '../../cli/lake/compaction/compaction.ts';
import { noteFound } from '../../cli/lake/erasure/note-found.ts';
import { claimSchedule } from '../../lambdas/plan-extraction/claim-schedule.ts';
import { StartedRun } from '../../lambdas/plan-extraction/plan-run.ts';
import { beginPlanning } from '../../lambdas/plan-extraction/planning.ts';
import { checkedIds } from '../../lambdas/plan-extraction/search/checked-ids.ts';
import { openGaps } from '../../lambdas/plan-extraction/search/gaps.ts';
import { listSlices, readSlices } from '../../lambdas/plan-extraction/search/search-slices.ts';
import { readRowNotes } from '../../lambdas/plan-extraction/select/row-notes.ts';
import { PipelineError } from '../../lambdas/shared/contracts/errors.ts';
import { FIRST_ROUND } from '../../lambdas/shared/delivery/checkpoint.ts';
import { readCheckpoint } from '../../lambdas/shared/delivery/checkpoint-file.ts';
import { readEndpointState } from '../../lambdas/shared/delivery/endpoint-notes.ts';
import { readOutbox } from '../../lambdas/shared/delivery/outbox.ts';
import { readPace } from '../../lambdas/shared/delivery/pace-note.ts';
import { surveyBatches } from '../../lambdas/shared/delivery/survey.ts';
import { eventIdOf } from '../../lambdas/shared/delivery/transcript-events.ts';
import { readOpenRuns } from '../../lambdas/shared/runs/open-runs.ts';
import { notedParts } from '../../lambdas/shared/runs/part-notes.ts';
import { findPlan } from '../../lambdas/shared/runs/read-plan.ts';
import { readReceipts, sumDeliveries } from '../../lambdas/shared/runs/read-receipts.ts';
import { Reconciliation } from '../../lambdas/shared/runs/reconciliation-record.ts';
import { ReplacedNote } from '../../lambdas/shared/runs/replaced-versions.ts';
import { DecidedLine, Manifest } from '../../lambdas/shared/runs/run-records.ts';
import { claimedIds, storedAmong } from '../../lambdas/shared/runs/stored-ids.ts';
import { readBacklog, readWatermark } from '../../lambdas/shared/runs/watermark.ts';
import { keys } from '../../lambdas/shared/storage/layout.ts';
import { readJson, readJsonLines } from '../../lambdas/shared/storage/read-json.ts';
import { readRecord } from '../../lambdas/shared/storage/read-record.ts';
import { SharedBudget } from '../../lambdas/shared/storage/shared-budget.ts';
import { hashInteractionId, writeTombstone } from '../../lambdas/shared/storage/tombstones.ts';
import { findReceipt } from '../../lambdas/store-transcripts/batch-receipt.ts';
import { findPasses } from '../../lambdas/store-transcripts/pass-record.ts';
import { MemoryStore, type Objects } from '../year/memory-store.ts';
import { AT, CHECKED } from './kept-lake.ts';

const ERASED = 'int-000000001-3a6692';
const PART = 'transcripts/v=1/media_type=voice/dt=2026-10-01/daily-1-000000.jsonl.gz';

/** Reads a record, or what follows from it. */
export interface RecordReader {
  /** Name of the schema in the source that the reader goes by. */
  schema: string;
  /** Object that holds the record. */
  key: string;
  read(store: MemoryStore): Promise<unknown>;
}

const listed = <Value>(values: AsyncIterable<Value>) => Array.fromAsync(values);

/** Each of them in the lake of {@link keptLake}. */
export const READERS: readonly RecordReader[] = [
  { schema: 'Plan', key: keys.plan('daily-1'), read: (store) => findPlan(store, 'daily-1') },
  {
    schema: 'Manifest',
    key: keys.manifest('daily-1'),
    read: async (store) => (await readJson(store, keys.manifest('daily-1'), Manifest))?.value,
  },
  {
    schema: 'Manifest',
    key: keys.manifest('daily-1'),
    read: async (store) => (await readRecord(store, keys.manifest('daily-1'), Manifest))?.value,
  },
  {
    schema: 'StartedRun',
    key: keys.input('daily-1'),
    read: async (store) => (await readJson(store, keys.input('daily-1'), StartedRun))?.value,
  },
  {
    schema: 'Planning',
    key: keys.planning('daily-1'),
    read: (store) => beginPlanning({ store, nowMs: () => 0 }, 'daily-1', async () => ({})),
  },
  {
    schema: 'SearchedLine',
    key: 'runs/daily-1/search/20261002T000000000Z-20261002T020000000Z-2.jsonl.gz',
    read: async (store) => readSlices(store, await listSlices(store, 'daily-1')),
  },
  {
    schema: 'CheckedLine',
    key: CHECKED,
    read: (store) =>
      listed(checkedIds({ store }, 'checked', ['int-1'], () => new PipelineError('InputInvalid', 'gone'))),
  },
  {
    schema: 'RowNote',
    key: keys.unreadableRow(hashInteractionId('int-1')),
    read: async (store) => [...(await readRowNotes({ store, note: () => {} }, ['int-1']))],
  },
  {
    schema: 'Batch',
    key: keys.batches('stopped'),
    read: async (store) => {
      const run = { runId: 'stopped', batchesKey: keys.batches('stopped') };
      // Told of what cannot be read, as the planner is: a newer version is no damage.
      const claimed = await claimedIds(store, [run], 'other', () => {});
      return claimed.has('int-000000012-fada73');
    },
  },
  {
    schema: 'DecidedLine',
    key: keys.decided('named'),
    read: (store) => listed(readJsonLines(store, keys.decided('named'), DecidedLine)),
  },
  {
    schema: 'UnfinishedLine',
    key: keys.backlog('daily', 'daily-1'),
    read: (store) => readBacklog(store, keys.backlog('daily', 'daily-1')),
  },
  { schema: 'BatchReceipt', key: keys.receipt('daily-1', 0), read: (store) => listed(readReceipts(store, 'daily-1')) },
  {
    schema: 'BatchReceipt',
    key: keys.receipt('daily-1', 0),
    read: (store) => findReceipt(store as never, 'daily-1', 0),
  },
  {
    schema: 'BatchReceipt',
    key: keys.receipt('daily-1', 0),
    read: (store) => listed(surveyBatches(store, 'daily-1', FIRST_ROUND)),
  },
  {
    schema: 'BatchReceipt',
    key: keys.receipt('daily-1', 0),
    read: (store) => listed(storedAmong(store, ['2026-10-01'], new Set(['int-000000004-27fb07']))),
  },
  {
    schema: 'BatchesOfDay',
    key: keys.batchesOfRunOnDay('2026-10-01', 'daily-1'),
    read: (store) => listed(storedAmong(store, ['2026-10-01'], new Set(['int-000000004-27fb07']))),
  },
  {
    schema: 'PartNote',
    key: 'runs/daily-1/parts/000000/df2cc1c23c71115d.json',
    read: (store) => listed(notedParts(store, 'daily-1', new Set([0]))),
  },
  {
    schema: 'PassRecord',
    key: keys.pass('daily-1', 0, 1),
    read: (store) => findPasses(store, 'daily-1', 0),
  },
  {
    schema: 'Reconciliation',
    key: keys.reconciliation('daily-1'),
    read: async (store) => (await readJson(store, keys.reconciliation('daily-1'), Reconciliation))?.value,
  },
  {
    schema: 'Reconciliation',
    key: keys.reconciliation('daily-1'),
    read: (store) => openGaps(store, 'daily'),
  },
  { schema: 'OpenRuns', key: keys.openRuns, read: (store) => readOpenRuns(store) },
  {
    schema: 'Watermark',
    key: keys.watermark('daily'),
    read: async (store) => (await readWatermark(store, 'daily'))?.value,
  },
  {
    schema: 'Claim',
    key: keys.claim('daily', '2026-10-02T03:00:00.000Z'),
    read: (store) => claimSchedule(store, { name: 'daily', time: '2026-10-02T03:00:00Z' }, 'other', Date.parse(AT)),
  },
  {
    schema: 'Tombstone',
    key: keys.tombstone(hashInteractionId(ERASED)),
    read: (store) => writeTombstone(store, ERASED, AT),
  },
  {
    schema: 'Tombstone',
    key: keys.tombstone(hashInteractionId(ERASED)),
    // An erasure writes a tombstone before it notes what it has found.
    read: async (store) => [await writeTombstone(store, ERASED, AT), await noteFound(store, ERASED)],
  },
  {
    schema: 'DeliveryCheckpoint',
    key: keys.delivery('daily-1', 0),
    read: async (store) => (await readCheckpoint(store, { runId: 'daily-1', batch: 0 }))?.value,
  },
  { schema: 'DeliveryCounts', key: keys.delivery('daily-1', 0), read: (store) => sumDeliveries(store, 'daily-1') },
  {
    schema: 'OutboxEntry',
    key: keys.outboxEvent('daily-1', 'msg_8641c1ea22da90eb39aa1e682d759468'),
    read: (store) => listed(readOutbox(store, 'daily-1', FIRST_ROUND)),
  },
  {
    schema: 'EndpointNote',
    key: keys.endpoint('gone'),
    read: (store) => readEndpointState(store, 'gone', '', Date.parse(AT)),
  },
  { schema: 'PaceNote', key: keys.pace('gone'), read: (store) => readPace(store, 'gone') },
  {
    schema: 'Compaction',
    key: keys.compaction('2026-10-01'),
    read: async (store) => (await readRecord(store, keys.compaction('2026-10-01'), Compaction))?.value,
  },
  {
    schema: 'RowHead',
    key: PART,
    read: async (store) => (await listed(store.readLines(PART))).map((line) => eventIdOf(line, PART)),
  },
  {
    schema: 'ReplacedNote',
    key: keys.replacedBy('daily-1'),
    read: async (store) => (await readJson(store, keys.replacedBy('daily-1'), ReplacedNote))?.value,
  },
  {
    schema: 'BudgetRecord',
    key: keys.budget('bulk-job'),
    read: (store) => new SharedBudget(store, 'bulk-job').change((budget) => budget),
  },
];

/** A store over objects, one of them changed record by record. */
export function storeWith(
  objects: Objects,
  key: string,
  change: (record: Record<string, unknown>) => unknown = (record) => record,
): MemoryStore {
  const entry = objects.get(key);
  if (!entry) throw new Error(`There is no ${key}`);
  const body = changeRecords(key, entry.body, change);
  return new MemoryStore(new Map([...objects, [key, { ...entry, body }]]), { nowMs: () => 0 });
}

/**
 * The object with each of its records changed.
 *
 * @example changeRecords('a.jsonl', Buffer.from('{"a":1}\n'), (record) => ({ ...record, b: 2 })) // {"a":1,"b":2}
 */
export function changeRecords(key: string, body: Buffer, change: (record: Record<string, unknown>) => unknown): Buffer {
  const text = (key.endsWith('.gz') ? gunzipSync(body) : body).toString('utf8');
  const records = /\.jsonl(\.gz)?$/.test(key) ? text.split('\n').filter(Boolean) : [text];
  const changed = records.map((record) => JSON.stringify(change(JSON.parse(record)))).join('\n');
  return key.endsWith('.gz') ? gzipSync(changed) : Buffer.from(changed);
}

/** Members whose names are data: what is added to them is no new field. */
const MAPS = new Set(['findings', 'latencies', 'reference', 'found', 'transcript', 'input']);

/**
 * The record as a newer version may write it: with a field more in every object of it.
 *
 * @example withNewFields({ a: { b: 1 } }) // { a: { b: 1, addedLater: … }, addedLater: … }
 */
export function withNewFields(value: unknown, except: ReadonlySet<string> = new Set()): unknown {
  if (Array.isArray(value)) return value.map((item) => withNewFields(item, except));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) =>
    MAPS.has(name) || except.has(name) ? [name, member] : [name, withNewFields(member, except)],
  );
  return { ...Object.fromEntries(members), addedLater: { by: 'a newer version' } };
}
