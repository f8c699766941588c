/** Takes rows out of a part. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { PipelineError } from '../../lambdas/shared/errors.ts';
import { linesOf } from '../../lambdas/shared/lines.ts';
import type { ObjectStorage } from '../../lambdas/shared/object-store.ts';
import type { StoredPart } from '../../lambdas/shared/records.ts';
import { temporaryFolder } from '../process/temporary-folder.ts';

export interface RewrittenPart {
  /** The part as it is now; undefined when no row was left, so that the object is gone. */
  part: StoredPart | undefined;
  /** Rows that were taken out this time. */
  removed: number;
}

/**
 * Rewrites a part without the rows of some interactions, on the local disk and then in one write over the version that
 * was read. A part without such rows stays as it is; the answer then tells what it holds.
 *
 * @throws PipelineError `DataLakeUnavailable` when somebody else changed the part meanwhile
 */
export async function rewritePart(
  store: ObjectStorage,
  part: StoredPart,
  isUnwanted: (interactionId: string) => boolean,
): Promise<RewrittenPart> {
  const { path: directory, remove } = temporaryFolder('erase-');
  const path = join(directory, 'part.jsonl.gz');
  try {
    const kept = await filterPart(store, part, isUnwanted, path);
    if (kept === undefined) return { part: undefined, removed: 0 };
    const { etag, removed, rows, minTimestamp, maxTimestamp } = kept;
    if (rows === 0) {
      await store.delete(part.key);
      return { part: undefined, removed };
    }
    const head = await store.head(part.key);
    if (removed === 0) {
      const facts = { bytes: head?.bytes ?? part.bytes, sha256: kept.sha256, etag, rows, minTimestamp, maxTimestamp };
      return { part: { ...part, ...facts }, removed };
    }
    const sha256 = await hashFile(path);
    const result = await store.upload(part.key, path, { etag }, { metadata: { ...head?.metadata, sha256 } });
    if (!result.written) throw new PipelineError('DataLakeUnavailable', 'Somebody else changed the part meanwhile');
    const { size } = await stat(path);
    return {
      part: { ...part, bytes: size, sha256, etag: result.etag, rows, minTimestamp, maxTimestamp },
      removed,
    };
  } finally {
    remove();
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
  const gunzip = createGunzip();
  found.body.once('error', (error) => gunzip.destroy(error));
  found.body.pipe(gunzip);
  const kept: Kept = { etag: found.etag, sha256: '', rows: 0, removed: 0, minTimestamp: '', maxTimestamp: '' };
  async function* lines() {
    for await (const line of linesOf(gunzip)) {
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

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
