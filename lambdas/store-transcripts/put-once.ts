import { PipelineError } from '../shared/contracts/errors.ts';
import { unchanged } from '../shared/storage/compare-and-swap.ts';
import type { ObjectStorage, WriteCondition, WriteOptions, WriteResult } from '../shared/storage/object-store.ts';

/** One conditional write of the object's bytes. */
export type Put = (condition: WriteCondition, options: WriteOptions) => Promise<WriteResult>;

/**
 * The ETag of an object that an earlier attempt may have written already. The same bytes are left as they are; other
 * bytes are replaced only if no other attempt is writing at the same time.
 *
 * @param sha256 of the bytes; kept in the object's metadata, where the next attempt finds it
 * @throws PipelineError `DataLakeUnavailable` when another attempt writes at the same time
 */
export async function putOnce(store: ObjectStorage, key: string, sha256: string, put: Put): Promise<string> {
  const options = { metadata: { sha256 }, contentType: 'application/gzip' };
  const first = await put({ absent: true }, options);
  if (first.written) return first.etag;
  const existing = await store.head(key);
  if (existing?.metadata.sha256 === sha256) return existing.etag;
  const second = await put(unchanged(existing), options);
  if (second.written) return second.etag;
  throw new PipelineError('DataLakeUnavailable', 'Another attempt at this batch is writing the same object');
}
