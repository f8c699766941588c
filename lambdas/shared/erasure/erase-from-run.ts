/**
 * Takes interactions out of one run: first the rows, with their old versions; then what receipts and manifest say of
 * the parts; then the parts that are empty now. Each record is written over the version that was read, and keeps the
 * fields that this version of the pipeline does not know.
 */
import { Manifest } from '../runs/run-records.ts';
import { compareAndSwap, unchanged } from '../storage/compare-and-swap.ts';
import { keys, partOrigin } from '../storage/layout.ts';
import type { WriteResult } from '../storage/object-store.ts';
import { type FoundRecord, readRecord } from '../storage/read-record.ts';
import { BatchReceipt, type StoredPart } from '../storage/records.ts';
import type { AffectedReceipt, AffectedRun, ErasableLake, Erasing } from './affected-run.ts';
import { deleteOldVersions } from './delete-versions.ts';
import { rewritePart } from './rewrite-part.ts';

export interface ErasedFromRun {
  /** Parts that were rewritten. */
  parts: number;
  /** Old versions that were deleted. */
  versions: number;
}

/** Each try reads the parts again. */
const MAX_TRIES = 5;

/**
 * What was erased from the run: rewritten parts and deleted versions. Done again, it completes what broke off, and changes
 * nothing else.
 *
 * @throws PipelineError `DataLakeUnavailable` when another writer keeps changing what is to be rewritten; UnreadableObject
 * @example await eraseFromRun(lake, run, { isUnwanted: (id) => id === 'int-1', at, scratch }) // { parts: 1, versions: 3 }
 */
export async function eraseFromRun(
  lake: ErasableLake,
  { runId, receipts }: AffectedRun,
  erasing: Erasing,
): Promise<ErasedFromRun> {
  const erased: ErasedFromRun = { parts: 0, versions: 0 };
  const now = new Map<string, StoredPart>();
  for (const receipt of receipts) {
    for (const part of await eraseFromReceipt(lake, receipt, erasing, erased)) now.set(part.key, part);
  }
  const batches = new Set(receipts.map(({ value }) => value.batch));
  // An erasure that broke off has corrected the receipts and not the manifest.
  const manifest = (await readRecord(lake.store, keys.manifest(runId), Manifest))?.value;
  const others = manifest?.parts.filter(({ key }) => !now.has(key) && batches.has(partOrigin(key)?.batch ?? -1)) ?? [];
  for (const part of await eraseFromParts(lake, others, erasing, erased)) now.set(part.key, part);

  await correctManifest(lake, runId, now, erasing.at);
  for (const { key, rows } of now.values()) {
    if (rows > 0) continue;
    await lake.store.delete(key);
    erased.versions += await deleteOldVersions(lake, key);
  }
  return erased;
}

/** @returns the parts as they are now, those that are empty too */
async function eraseFromParts(
  lake: ErasableLake,
  parts: readonly StoredPart[],
  { isUnwanted, scratch }: Erasing,
  erased: ErasedFromRun,
): Promise<StoredPart[]> {
  const now: StoredPart[] = [];
  for (const part of parts) {
    const { part: rewritten, removed } = await rewritePart(lake.store, part, isUnwanted, scratch);
    now.push(rewritten);
    if (removed > 0) erased.parts += 1;
    erased.versions += await deleteOldVersions(lake, part.key);
  }
  return now;
}

/** @returns every part that the receipt lists or has listed until now, as it is now */
async function eraseFromReceipt(
  lake: ErasableLake,
  receipt: AffectedReceipt,
  erasing: Erasing,
  erased: ErasedFromRun,
): Promise<StoredPart[]> {
  let found: FoundRecord<BatchReceipt> | undefined = receipt;
  let parts: StoredPart[] = [];
  const attempt = async () => {
    parts = found ? await eraseFromParts(lake, found.value.parts, erasing, erased) : [];
    if (!found) return undefined;
    const now = new Map(parts.map((part) => [part.key, part]));
    const body = JSON.stringify({ ...found.raw, parts: withFacts(found.raw.parts, now) });
    const replaced = await replaceRecord(lake, receipt.key, found, body, found.value.storedAt);
    if (!replaced.written) found = await readRecord(lake.store, receipt.key, BatchReceipt);
    return replaced;
  };
  await compareAndSwap(attempt, 'A receipt kept changing while its batch was erased from', MAX_TRIES);
  return parts;
}

/** A run without a manifest has its receipts corrected; its manifest will be made from them. */
async function correctManifest(
  lake: ErasableLake,
  runId: string,
  now: ReadonlyMap<string, StoredPart>,
  at: string,
): Promise<void> {
  const attempt = async () => {
    const found = await readRecord(lake.store, keys.manifest(runId), Manifest);
    if (!found) return undefined;
    const { value: manifest, raw } = found;
    const parts = withFacts(raw.parts, now);
    const rows = parts.reduce((sum, part) => sum + part.rows, 0);
    // From the manifest, not from this call: one that broke off has taken rows out that are not noted yet.
    const gone = manifest.rows - rows;
    const erasures = gone > 0 ? [...(raw.erasures as unknown[]), { at, rows: gone }] : raw.erasures;
    const body = JSON.stringify({ ...raw, parts, rows, erasures });
    // Where it was recorded again meanwhile, what was written then comes from the corrected receipts.
    return replaceRecord(lake, keys.manifest(runId), found, body, manifest.recordedAt);
  };
  await compareAndSwap(attempt, 'A manifest kept changing while its run was erased from', MAX_TRIES);
}

/** The parts that a record lists, as they are now, without those that are empty. Pure. */
function withFacts(listed: unknown, now: ReadonlyMap<string, StoredPart>): StoredPart[] {
  const parts = (listed as StoredPart[]).map((part) => ({ ...part, ...now.get(part.key) }));
  return parts.filter(({ rows }) => rows > 0);
}

/**
 * @param writtenAt when it was first written: from then on it is kept, not from when it was rewritten
 * @returns `written: false` when another writer has changed it since it was read
 */
async function replaceRecord(
  { store }: Pick<ErasableLake, 'store'>,
  key: string,
  found: FoundRecord<unknown>,
  body: string,
  writtenAt: string,
): Promise<WriteResult> {
  if (body === JSON.stringify(found.raw)) return { written: true, etag: found.etag };
  const options = { metadata: { day: writtenAt.slice(0, 10) } };
  return store.write(key, body, unchanged(found), options);
}
