/** Reads a part from its first byte to its last, a row at a time. */
import { createHash } from 'node:crypto';
import { gunzip } from '../../../lambdas/shared/storage/gunzip.ts';
import { linesOf } from '../../../lambdas/shared/storage/lines.ts';
import type { ObjectStorage } from '../../../lambdas/shared/storage/object-store.ts';

/** What a part really holds. */
export interface PartFacts {
  bytes: number;
  /** Of the object's bytes. */
  sha256: string;
  rows: number;
}

/**
 * Facts about the part, of which each line has gone to `onLine`, unpacked; undefined when there is no such object.
 *
 * @throws Error from zlib when the object is not gzip, or cut short
 * @example await scanPart(store, key, (line, number) => …) // { rows: 300, bytes: 81920, sha256: '…' }
 */
export async function scanPart(
  store: ObjectStorage,
  key: string,
  onLine: (line: string, number: number) => void,
): Promise<PartFacts | undefined> {
  const found = await store.open(key);
  if (!found) return undefined;
  const hash = createHash('sha256');
  let bytes = 0;
  found.body.on('data', (chunk: Buffer) => {
    hash.update(chunk);
    bytes += chunk.length;
  });
  let rows = 0;
  for await (const line of linesOf(gunzip(found.body))) {
    rows += 1;
    onLine(line, rows);
  }
  return { bytes, sha256: hash.digest('hex'), rows };
}
