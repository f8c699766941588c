/** Objects of JSON Lines, gzipped where the key ends in `.gz`: in one piece when they are small, else as a stream. */
import { createHash } from 'node:crypto';
import { pipeline, Readable } from 'node:stream';
import { createGzip, gzipSync } from 'node:zlib';
import type { ObjectStorage, WriteCondition, WriteOptions, WriteResult } from './object-store.ts';

/** What an object holds, as receipts and manifests list it. */
export interface ObjectFacts {
  bytes: number;
  /** Of the object's bytes, packed as they are. */
  sha256: string;
  rows: number;
}

const BYTES = { objectMode: false };
const isGzip = (key: string) => key.endsWith('.gz');
const contentTypeOf = (key: string) => (isGzip(key) ? 'application/gzip' : 'application/x-ndjson');
const lineOf = (value: unknown) => `${JSON.stringify(value)}\n`;

/**
 * The bytes of a small object, and what they are. Pure.
 *
 * @example
 * packJsonLines('audit/a.jsonl', [{ a: 1 }, { a: 2 }]) // { body: '{"a":1}\n{"a":2}\n', bytes: 16, sha256: '…', rows: 2 }
 */
export function packJsonLines(key: string, values: readonly unknown[]): ObjectFacts & { body: Buffer } {
  const text = values.map(lineOf).join('');
  const body = isGzip(key) ? gzipSync(text) : Buffer.from(text);
  return { body, bytes: body.length, sha256: createHash('sha256').update(body).digest('hex'), rows: values.length };
}

/**
 * Writes a small object where none is; one that is there stays as it is.
 *
 * @returns whether it was written, and what it holds then
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`
 * @example
 * await createJsonLines(store, 'audit/a.jsonl.gz', [line]) // { written: true, etag: '"a1"', bytes: 123, … }
 * await createJsonLines(store, 'audit/a.jsonl.gz', [line]) // { written: false, bytes: 123, … }
 */
export async function createJsonLines(
  store: ObjectStorage,
  key: string,
  values: readonly unknown[],
  metadataOf: (facts: ObjectFacts) => WriteOptions['metadata'] = () => undefined,
): Promise<WriteResult & ObjectFacts> {
  const { body, ...facts } = packJsonLines(key, values);
  const metadata = metadataOf(facts);
  const options = { contentType: contentTypeOf(key), ...(metadata && { metadata }) };
  return { ...(await store.write(key, body, { absent: true }, options)), ...facts };
}

/**
 * Streams an object of any size, a few parts of the upload in memory at a time.
 *
 * @returns whether it was written, and what was uploaded
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`; what reading the values throws
 * @example
 * await uploadJsonLines(store, 'runs/r1/parked.jsonl', parkedLines()) // { written: true, etag: '"a1"', rows: 3, … }
 */
export async function uploadJsonLines(
  store: ObjectStorage,
  key: string,
  values: AsyncIterable<unknown> | Iterable<unknown>,
  condition: WriteCondition = {},
): Promise<WriteResult & ObjectFacts> {
  const facts = { bytes: 0, sha256: '', rows: 0 };
  async function* lines() {
    for await (const value of values) {
      facts.rows += 1;
      yield lineOf(value);
    }
  }
  // What breaks off the reading breaks off the upload, which rejects.
  const packed = isGzip(key) ? pipeline(Readable.from(lines(), BYTES), createGzip(), () => {}) : lines();
  const body = Readable.from(measured(packed, facts), BYTES);
  const result = await store.uploadStream(key, body, condition, { contentType: contentTypeOf(key) });
  return { ...result, ...facts };
}

/** The same bytes; what they are stands in `facts` once all are read. */
async function* measured(
  source: AsyncIterable<string | Buffer>,
  facts: Pick<ObjectFacts, 'bytes' | 'sha256'>,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  for await (const chunk of source) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    hash.update(bytes);
    facts.bytes += bytes.length;
    yield bytes;
  }
  facts.sha256 = hash.digest('hex');
}
