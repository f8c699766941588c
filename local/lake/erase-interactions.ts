/**
 * Erases interactions from a lake for good.
 *
 * In an order in which nothing can come back, and in which an erasure that breaks off is completed by doing it again:
 * the tombstones first; then the events for the webhook, while the rows can still be counted; then the rows; then what
 * receipts and manifests say of the parts; then the old versions.
 */
import { createHash } from 'node:crypto';
import { keys } from '../../lambdas/shared/keys.ts';
import { mapConcurrently } from '../../lambdas/shared/map-concurrently.ts';
import { BatchReceipt, type StoredPart } from '../../lambdas/shared/records.ts';
import { readOpenRuns } from '../../lambdas/shared/runs/open-runs.ts';
import { readJson } from '../../lambdas/shared/runs/read-json.ts';
import { Manifest } from '../../lambdas/shared/runs/run-records.ts';
import { claimedIds } from '../../lambdas/shared/runs/stored-ids.ts';
import { hashInteractionId, writeTombstone } from '../../lambdas/shared/tombstones.ts';
import { enqueueTranscriptErased } from '../../lambdas/shared/webhook/outbox.ts';
import { compactDay } from './compact-day.ts';
import { deleteOldVersions } from './delete-versions.ts';
import { listRuns } from './list-runs.ts';
import type { Lake } from './open-lake.ts';
import { rewritePart } from './rewrite-part.ts';
import { scanPart } from './scan-part.ts';

const READS_AT_ONCE = 32;

export interface Erasure {
  /** Rows taken out, by interaction. */
  rows: Record<string, number>;
  parts: number;
  /** Runs whose parts were rewritten; their outboxes hold the events. */
  runs: string[];
  versions: number;
  /** Days whose compacted files were made again. */
  compacted: string[];
  /** Interactions that a run under way has planned: erase them again when it is over. */
  underWay: string[];
}

/** Receipts that name one of the interactions, of one run. */
interface Affected {
  runId: string;
  receipts: { key: string; receipt: BatchReceipt }[];
}

/** @param at now; an erasure that was asked for before keeps the time of then */
export async function eraseInteractions(lake: Lake, interactionIds: readonly string[], at: string): Promise<Erasure> {
  const { store } = lake;
  const wanted = new Map<string, string>();
  for (const id of new Set(interactionIds)) wanted.set(id, await writeTombstone(store, id, at));

  const erasure: Erasure = { rows: {}, parts: 0, runs: [], versions: 0, compacted: [], underWay: [] };
  const before = await underWay(lake, wanted);
  const affected = await Array.fromAsync(findAffected(lake, wanted));
  await enqueueEvents(lake, affected, wanted, erasure);
  for (const run of affected) {
    erasure.runs.push(run.runId);
    await eraseFromRun(lake, run, wanted, at, erasure);
  }
  erasure.compacted = await compactAgain(lake, affected, at);
  erasure.underWay = [...new Set([...before, ...(await underWay(lake, wanted))])];
  await writeAudit(lake, erasure, wanted);
  return erasure;
}

/** A batch that was stored while we looked elsewhere may hold one of them, if it began before the tombstone. */
async function underWay({ store }: Lake, wanted: Wanted): Promise<string[]> {
  const claimed = await claimedIds(store, (await readOpenRuns(store)).runs, '');
  return [...wanted.keys()].filter((id) => claimed.has(id));
}

type Wanted = ReadonlyMap<string, string>;

async function* findAffected(lake: Lake, wanted: Wanted): AsyncGenerator<Affected> {
  for await (const runId of listRuns(lake)) {
    const receipts: Affected['receipts'] = [];
    const found = mapConcurrently(lake.store.list(keys.receipts(runId)), READS_AT_ONCE, async ({ key }) => ({
      key,
      receipt: (await readJson(lake.store, key, BatchReceipt))?.value,
    }));
    for await (const { key, receipt } of found) {
      if (receipt?.interactionIds.some((id) => wanted.has(id))) receipts.push({ key, receipt });
    }
    if (receipts.length > 0) yield { runId, receipts };
  }
}

/** One event an interaction, in the outbox of the first run that stored it. */
async function enqueueEvents({ store }: Lake, affected: Affected[], wanted: Wanted, erasure: Erasure): Promise<void> {
  const firstRun = new Map<string, string>();
  for (const { runId, receipts } of affected) {
    for (const { key } of receipts.flatMap(({ receipt }) => receipt.parts)) {
      await scanPart(store, key, (line) => {
        const { interactionId } = JSON.parse(line) as { interactionId: string };
        if (!wanted.has(interactionId)) return;
        erasure.rows[interactionId] = (erasure.rows[interactionId] ?? 0) + 1;
        if (!firstRun.has(interactionId)) firstRun.set(interactionId, runId);
      });
    }
  }
  for (const [interactionId, runId] of firstRun) {
    const data = { interactionId, rows: erasure.rows[interactionId] ?? 0 };
    const timestamp = wanted.get(interactionId) ?? '';
    await enqueueTranscriptErased(store, runId, { type: 'transcript.erased', timestamp, data });
  }
}

async function eraseFromRun(
  lake: Lake,
  { runId, receipts }: Affected,
  wanted: Wanted,
  at: string,
  erasure: Erasure,
): Promise<void> {
  const rewritten = new Map<string, StoredPart | undefined>();
  for (const { key, receipt } of receipts) {
    for (const part of receipt.parts) {
      const { part: now, removed } = await rewritePart(lake.store, part, (id) => wanted.has(id));
      rewritten.set(part.key, now);
      erasure.versions += await deleteOldVersions(lake, part.key);
      if (removed > 0) erasure.parts += 1;
    }
    const parts = receipt.parts.flatMap((part) => rewritten.get(part.key) ?? []);
    await lake.store.write(key, JSON.stringify({ ...receipt, parts }));
  }
  await correctManifest(lake, runId, rewritten, at);
}

/** Compacted files hold the rows too: those of the days in question are made again, from the parts as they are now. */
async function compactAgain(lake: Lake, affected: readonly Affected[], at: string): Promise<string[]> {
  const days = new Set(
    affected.flatMap(({ receipts }) => receipts.flatMap(({ receipt }) => receipt.parts.map((part) => part.day))),
  );
  const compacted: string[] = [];
  for (const day of [...days].sort()) {
    if (!(await lake.store.head(keys.compaction(day)))) continue;
    await compactDay(lake, day, at);
    compacted.push(day);
  }
  return compacted;
}

/** A run without a manifest has its receipts corrected; its manifest will be made from them. */
async function correctManifest(
  { store }: Pick<Lake, 'store'>,
  runId: string,
  rewritten: ReadonlyMap<string, StoredPart | undefined>,
  at: string,
): Promise<void> {
  const found = await readJson(store, keys.manifest(runId), Manifest);
  if (!found) return;
  const manifest = found.value;
  const parts = manifest.parts.flatMap((part) => (rewritten.has(part.key) ? (rewritten.get(part.key) ?? []) : part));
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  // From the manifest, not from this call: one that broke off has taken rows out that nobody has noted yet.
  const gone = manifest.rows - rows;
  const erasures = gone > 0 ? [...manifest.erasures, { at, rows: gone }] : manifest.erasures;
  const corrected = JSON.stringify({ ...manifest, parts, rows, erasures });
  const { written } = await store.write(keys.manifest(runId), corrected, { etag: found.etag });
  // Recorded again meanwhile: what was written then comes from the corrected receipts.
  if (!written) await correctManifest({ store }, runId, rewritten, at);
}

/** Who was erased, by hash, and when: the proof that it was done must not itself hold the id. */
async function writeAudit({ store }: Lake, erasure: Erasure, wanted: Wanted): Promise<void> {
  const lines = [...wanted].map(([id, erasedAt]) => ({
    at: erasedAt,
    action: 'interaction_erased',
    interactionHash: hashInteractionId(id),
    rows: erasure.rows[id] ?? 0,
    runs: erasure.runs,
  }));
  const name = createHash('sha256')
    .update(JSON.stringify([...wanted]))
    .digest('hex')
    .slice(0, 16);
  const body = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  const options = { contentType: 'application/x-ndjson' };
  const day = lines[0]?.at.slice(0, 10);
  await store.write(`audit/erasures/dt=${day}/${name}.jsonl`, body, { absent: true }, options);
}
