/** A lake on a real socket, with runs as the pipeline records them. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { onTestFinished } from 'vitest';
import { type Lake, openLake } from '../../../cli/lake/open-lake.ts';
import { type Aliases, idsOf } from '../../../lambdas/shared/contracts/aliases.ts';
import { Manifest } from '../../../lambdas/shared/runs/run-records.ts';
import { keys } from '../../../lambdas/shared/storage/layout.ts';
import {
  type AuditLine,
  type BatchReceipt,
  outcomeCounts,
  type StoredPart,
  type TranscriptRow,
} from '../../../lambdas/shared/storage/records.ts';
import { receiptOf } from '../../builders/receipt.ts';

export const DAY = '2026-11-21';
export const STARTED_AT = '2026-11-22T03:00:00.000Z';
/** By then, nothing that a test writes is young. */
export const LATER = Date.now() + 3 * 86_400_000;

export interface LakeWorld extends Lake {
  /** The directory that `--out` names. */
  out: string;
  /** Stores a batch of the interactions and its receipt, as the store step does. */
  storeBatch(
    runId: string,
    batch: number,
    interactionIds: readonly string[],
    aliases?: OtherIds,
  ): Promise<BatchReceipt>;
  /** Stores the batches and records the run. */
  recordRun(runId: string, ...batches: readonly string[][]): Promise<Manifest>;
  /** Stores one batch of interactions with other ids, and records the run. */
  recordAliased(runId: string, aliases: OtherIds): Promise<Manifest>;
  manifestOf(runId: string): Promise<Manifest>;
  /** Ids of the rows of a part; undefined where it is not there. */
  idsOf(key: string): Promise<string[] | undefined>;
  /** All keys below a prefix. */
  keysOf(prefix: string): Promise<string[]>;
  /** Changes a JSON record. */
  change(key: string, change: (record: Record<string, unknown>) => unknown): Promise<void>;
  /** Versions and markers of a key that are not current. */
  oldVersions(key: string): Promise<number>;
}

/** By interaction. */
type OtherIds = Readonly<Record<string, Aliases>>;

const sha256Of = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const linesOf = (values: readonly unknown[]) => gzipSync(values.map((value) => `${JSON.stringify(value)}\n`).join(''));

/** A lake in a folder of its own, closed and gone after the test. */
export async function openWorld(): Promise<LakeWorld> {
  const out = await mkdtemp(join(tmpdir(), 'lake-test-'));
  await mkdir(join(out, 'data-lake'));
  const lake = await openLake(out);
  onTestFinished(async () => {
    await lake.close();
    await rm(out, { recursive: true, force: true });
  });
  const { store } = lake;

  const storeBatch: LakeWorld['storeBatch'] = async (runId, batch, interactionIds, aliases = {}) => {
    const rows = interactionIds.map((interactionId) => rowOf(runId, interactionId, aliases[interactionId]));
    const key = keys.transcripts('voice', DAY, runId, batch);
    const body = linesOf(rows);
    const options = { metadata: { sha256: sha256Of(body) } };
    const stored = await store.write(key, body, {}, options);
    const audit = await storeAudit(store, runId, batch, interactionIds);
    const part: StoredPart = {
      key,
      bytes: body.length,
      sha256: sha256Of(body),
      etag: stored.written ? stored.etag : '',
      rows: rows.length,
      mediaType: 'voice',
      day: DAY,
      minTimestamp: rows[0]?.timestamp ?? '',
      maxTimestamp: rows[0]?.timestamp ?? '',
    };
    const receipt = receiptOf(runId, batch, interactionIds, {
      parts: [part],
      audit,
      storedAt: STARTED_AT,
      ...(Object.keys(aliases).length > 0 && {
        aliases: Object.fromEntries(Object.entries(aliases).map(([id, others]) => [id, idsOf(others)])),
      }),
    });
    await store.write(keys.receipt(runId, batch), JSON.stringify(receipt));
    return receipt;
  };
  const manifestOf = async (runId: string) =>
    Manifest.parse(JSON.parse((await store.readText(keys.manifest(runId)))?.text ?? 'null'));
  return {
    ...lake,
    out,
    storeBatch,
    manifestOf,
    recordRun: async (runId, ...batches) => {
      const receipts: BatchReceipt[] = [];
      for (const [batch, ids] of batches.entries()) receipts.push(await storeBatch(runId, batch, ids));
      await store.write(keys.manifest(runId), JSON.stringify(manifestFor(runId, receipts)));
      return manifestOf(runId);
    },
    recordAliased: async (runId, aliases) => {
      const receipt = await storeBatch(runId, 0, Object.keys(aliases), aliases);
      await store.write(keys.manifest(runId), JSON.stringify(manifestFor(runId, [receipt])));
      return manifestOf(runId);
    },
    idsOf: async (key) => {
      const found = await store.open(key);
      if (!found) return undefined;
      const text = gunzipSync(Buffer.concat(await Array.fromAsync(found.body as AsyncIterable<Buffer>))).toString();
      const lines = text.split('\n').filter(Boolean);
      return lines.map((line) => (JSON.parse(line) as TranscriptRow).interactionId);
    },
    keysOf: async (prefix) => (await Array.fromAsync(store.list(prefix))).map(({ key }) => key),
    change: async (key, change) => {
      const text = (await store.readText(key))?.text ?? 'null';
      const changed = change(JSON.parse(text) as Record<string, unknown>);
      await store.write(key, typeof changed === 'string' ? changed : JSON.stringify(changed));
    },
    oldVersions: async (key) => {
      const page = await lake.client.send(new ListObjectVersionsCommand({ Bucket: lake.bucket, Prefix: key }));
      const old = (page.Versions ?? []).filter(({ IsLatest }) => !IsLatest);
      return old.length + (page.DeleteMarkers ?? []).length;
    },
  };
}

function rowOf(runId: string, interactionId: string, aliases?: Aliases): TranscriptRow {
  const transcript = { turns: [{ speaker: 'agent', text: `hello from ${interactionId}` }] };
  return {
    schemaVersion: 1,
    interactionId,
    mediaType: 'voice',
    timestamp: `${DAY}T10:00:00.000Z`,
    transcript,
    ...(aliases && idsOf(aliases).length > 0 && { interaction: aliases }),
    masked: true,
    maskRulesVersion: '1',
    findings: {},
    shiftedOffsets: 0,
    contentSha256: sha256Of(Buffer.from(JSON.stringify(transcript))),
    runId,
    jobId: 'job-1',
    extractedAt: STARTED_AT,
  };
}

async function storeAudit(
  store: Lake['store'],
  runId: string,
  batch: number,
  interactionIds: readonly string[],
): Promise<BatchReceipt['audit']> {
  const lines = interactionIds.map((interactionId): AuditLine => {
    const what = { interactionId, outcome: 'stored' as const, findings: {}, maskRulesVersion: '1' };
    return { at: STARTED_AT, action: 'transcript_extracted', actor: runId, runId, batch, jobId: 'job-1', ...what };
  });
  const key = keys.audit(STARTED_AT.slice(0, 10), runId, batch);
  const body = linesOf(lines);
  await store.write(key, body);
  return { key, bytes: body.length, sha256: sha256Of(body), rows: lines.length };
}

function manifestFor(runId: string, receipts: readonly BatchReceipt[]): Manifest {
  const planned = receipts.reduce((sum, { requested }) => sum + requested, 0);
  return {
    schemaVersion: 1,
    runId,
    status: 'complete',
    source: 'interactionIds',
    startedAt: STARTED_AT,
    recordedAt: STARTED_AT,
    failures: [],
    versions: { pipeline: '0.1.0', function: '1', row: 1, maskRules: ['1'] },
    masking: [],
    planned,
    counts: { ...outcomeCounts({ stored: planned }), duplicate: 0 },
    superseded: 0,
    rows: planned,
    delivery: { delivered: 0, parked: 0, pending: planned },
    findings: {},
    cost: { stateTransitions: 1, polls: 1, submissions: 1, resultBytes: 1, storedBytes: 1 },
    parts: receipts.flatMap(({ parts }) => parts),
    audit: receipts.map(({ audit }) => audit),
    erasures: [],
  };
}
