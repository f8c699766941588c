/** Takes rows out of a part. */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { hashFile } from '../lib/hash-file.ts';
import { compareAndSwap } from '../storage/compare-and-swap.ts';
import { gunzip } from '../storage/gunzip.ts';
import { linesOf } from '../storage/lines.ts';
import type { ObjectStorage } from '../storage/object-store.ts';
import type { StoredPart } from '../storage/records.ts';

export interface RewrittenPart {
  /** The part as it is now. One that is not there is what was listed: an erasure leaves at least an empty part. */
  part: StoredPart;
  /** Rows that were taken out this time. */
  removed: number;
}

/** Each try reads the whole part again. */
const MAX_TRIES = 5;

/**
 * The part without the rows of some interactions, rewritten on the local disk and then in one write over the version that
 * was read. A part without such rows stays as it is; the answer then tells what it holds. A part of which no row is left
 * stays as an empty one, `rows: 0`, until the records do not list it any more: that it is gone never means it was erased.
 *
 * @param scratch a folder with room for the part; it is empty again at the end
 * @throws PipelineError `DataLakeUnavailable` when another writer keeps changing the part
 * @example await rewritePart(store, part, (id) => id === 'int-1', '/tmp/e') // { part: { …, rows: 299 }, removed: 1 }
 */
export async function rewritePart(
  store: ObjectStorage,
  part: StoredPart,
  isUnwanted: (interactionId: string) => boolean,
  scratch: string,
): Promise<RewrittenPart> {
  const path = join(scratch, 'part.jsonl.gz');
  try {
    const attempt = async () => {
      const kept = await filterPart(store, part, isUnwanted, path);
      return kept && replacePart(store, part, kept, path);
    };
    const swap = await compareAndSwap(attempt, 'A part kept changing while rows were taken out of it', MAX_TRIES);
    return swap ? swap.rewritten : { part, removed: 0 };
  } finally {
    await rm(path, { force: true });
  }
}

interface Kept {
  etag: string;
  /** Of the object that was read. */
  sha256: string;
  rows: number;
  removed: number;
  minTimestamp: string;
  maxTimestamp: string;
}

/** @returns `written: false` when another writer has changed the part since it was read */
async function replacePart(
  store: ObjectStorage,
  part: StoredPart,
  { etag, removed, sha256: readSha256, ...held }: Kept,
  path: string,
): Promise<{ written: true; rewritten: RewrittenPart } | { written: false }> {
  // An empty part keeps the times it had: they must be times.
  const { minTimestamp, maxTimestamp } = held.rows > 0 ? held : part;
  const facts = { ...part, rows: held.rows, minTimestamp, maxTimestamp };
  const head = await store.head(part.key);
  if (removed === 0) {
    const read = { ...facts, bytes: head?.bytes ?? part.bytes, sha256: readSha256, etag };
    return { written: true, rewritten: { part: read, removed } };
  }
  const sha256 = await hashFile(path);
  // When it was written says nothing any more of how long it is to be kept; the day does.
  const metadata = { ...head?.metadata, sha256, day: part.day };
  const result = await store.upload(part.key, path, { etag }, { metadata });
  if (!result.written) return result;
  const now = { ...facts, bytes: (await stat(path)).size, sha256, etag: result.etag };
  return { written: true, rewritten: { part: now, removed } };
}

async function filterPart(
  store: ObjectStorage,
  { key }: StoredPart,
  isUnwanted: (interactionId: string) => boolean,
  path: string,
): Promise<Kept | undefined> {
  const found = await store.open(key);
  if (!found) return undefined;
  const hash = createHash('sha256');
  found.body.on('data', (chunk: Buffer) => hash.update(chunk));
  const rows = gunzip(found.body);
  const kept: Kept = { etag: found.etag, sha256: '', rows: 0, removed: 0, minTimestamp: '', maxTimestamp: '' };
  async function* lines() {
    for await (const line of linesOf(rows)) {
      const { interactionId, timestamp } = JSON.parse(line) as { interactionId: string; timestamp: string };
      if (isUnwanted(interactionId)) {
        kept.removed += 1;
        continue;
      }
      kept.rows += 1;
      if (kept.minTimestamp === '' || timestamp < kept.minTimestamp) kept.minTimestamp = timestamp;
      if (timestamp > kept.maxTimestamp) kept.maxTimestamp = timestamp;
      yield `${line}\n`;
    }
  }
  await pipeline(lines, createGzip(), createWriteStream(path));
  return { ...kept, sha256: hash.digest('hex') };
}
