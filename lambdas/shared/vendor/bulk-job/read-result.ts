/** The bytes of a result: decompressed, counted, and given up when they stop coming. */
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { isPipelineError, PipelineError } from '../../contracts/errors.ts';
import { networkFailureReason } from '../../lib/http.ts';
import { withIdleLimit } from '../../lib/idle-limit.ts';

/** A sender that says nothing for a minute has gone away. */
const IDLE_TIMEOUT_MS = 60_000;

const GZIP_MAGIC = [0x1f, 0x8b] as const;

/** Adds up what passed. */
export interface ByteCount {
  bytes: number;
}

/**
 * Times that JSON shrinks under gzip at most; transcripts shrink five to fifty times, a bomb a thousand times. It counts
 * from a size on that one artifact alone may have.
 */
const MAX_EXPANSION = 250;
const EXPANSION_COUNTS_FROM_BYTES = 128 * 1024 * 1024;

export interface ResultLimits {
  /** Most decompressed bytes to read. */
  maxBytes: number;
  /** What the answer says of its length, before anything of it is read. */
  declaredBytes?: number | undefined;
  /** Longest silence between two chunks; a minute when left out. */
  idleTimeoutMs?: number;
}

/**
 * The bytes of a result's body, decompressed.
 *
 * A gzip file is recognised by its first bytes, since its content type is not reliable. A few kilobytes of gzip can be
 * gigabytes: what counts against the limit is what comes out.
 *
 * @param count is kept up to date while the bytes pass
 * @throws PipelineError `VendorUnavailable` when the body breaks off, stalls or outlasts the function,
 *   `ContractViolation` over the limit
 */
export async function* readResult(
  body: ReadableStream<Uint8Array>,
  { maxBytes, declaredBytes = 0, idleTimeoutMs = IDLE_TIMEOUT_MS }: ResultLimits,
  count: ByteCount,
): AsyncGenerator<Buffer> {
  try {
    if (declaredBytes > maxBytes) {
      await body.cancel();
      throw tooLarge(maxBytes);
    }
    const wire: ByteCount = { bytes: 0 };
    const chunks = counted(withIdleLimit(Readable.fromWeb(body), idleTimeoutMs), wire);
    const first = await take(chunks, GZIP_MAGIC.length);
    const isGzip = first[0] === GZIP_MAGIC[0] && first[1] === GZIP_MAGIC[1];
    const raw = prepend(first, chunks);
    for await (const chunk of isGzip ? gunzip(raw) : raw) {
      count.bytes += chunk.length;
      if (count.bytes > maxBytes) throw tooLarge(maxBytes);
      if (isBomb(wire.bytes, count.bytes)) {
        throw new PipelineError('ContractViolation', 'The result of the job grows beyond measure when it is unpacked');
      }
      yield chunk;
    }
  } catch (error) {
    if (isPipelineError(error)) throw error;
    const reason = networkFailureReason(error);
    throw new PipelineError('VendorUnavailable', `The download of the result broke off (${reason})`);
  }
}

function tooLarge(maxBytes: number): PipelineError {
  return new PipelineError('ContractViolation', `The result of the job is larger than ${maxBytes} bytes`);
}

/**
 * True when what came over the wire has grown into more than any text does.
 *
 * @example
 * isBomb(1_000_000, 200_000_000) // false: 200 times
 * isBomb(100_000, 200_000_000) // true: 2,000 times
 */
export function isBomb(wireBytes: number, bytes: number): boolean {
  return bytes > EXPANSION_COUNTS_FROM_BYTES && bytes > wireBytes * MAX_EXPANSION;
}

async function* counted(chunks: AsyncIterable<Buffer>, count: ByteCount): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    count.bytes += chunk.length;
    yield chunk;
  }
}

/** At least `length` bytes from the front, fewer where there are no more. */
async function take(chunks: AsyncGenerator<Buffer>, length: number): Promise<Buffer> {
  let head = Buffer.alloc(0);
  while (head.length < length) {
    const { done, value } = await chunks.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  return head;
}

async function* prepend(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (first.length > 0) yield first;
  yield* rest;
}

async function* gunzip(compressed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const source = Readable.from(compressed, { objectMode: false });
  const decompressed = createGunzip();
  source.once('error', (error) => decompressed.destroy(error));
  try {
    yield* source.pipe(decompressed) as AsyncIterable<Buffer>;
  } finally {
    source.destroy();
  }
}
