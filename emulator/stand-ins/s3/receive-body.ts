import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AwsChunkedDecoder } from './aws-chunked.ts';
import { CHECKSUM_ALGORITHMS, type ChecksumAlgorithm, createChecksum } from './checksums.ts';
import { S3Error } from './errors.ts';

/** A body that has arrived whole and checked, in a file that is yet to be moved to its place. */
export interface StagedBody {
  path: string;
  size: number;
  /** Hexadecimal. */
  md5: string;
  /** Those the client sent or asked for. */
  checksums: Partial<Record<ChecksumAlgorithm, string>>;
}

/**
 * What was received: a request body streamed to the file `path`, framing taken off, and held to what the client said of it:
 * MD5, SHA-256, checksums in headers or trailers, length. A body at fault leaves nothing behind.
 *
 * @throws S3Error `BadDigest`, `IncompleteBody` and others, for a body that is not what the headers say
 * @example (await receiveBody(request, path)).size // bytes without framing
 */
export async function receiveBody(request: IncomingMessage, path: string): Promise<StagedBody> {
  const { headers } = request;
  const decoder = isChunked(headers) ? new AwsChunkedDecoder() : undefined;
  const contentSha256 = headers['x-amz-content-sha256'];
  const literalSha256 = /^[0-9a-f]{64}$/.exec(String(contentSha256 ?? ''))?.[0];
  const announced = CHECKSUM_ALGORITHMS.filter((algorithm) => isAnnounced(headers, algorithm));
  const running = announced.map((algorithm) => ({ algorithm, checksum: createChecksum(algorithm) }));
  const md5 = createHash('md5');
  const sha256 = literalSha256 === undefined ? undefined : createHash('sha256');
  let size = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      md5.update(chunk);
      sha256?.update(chunk);
      for (const { checksum } of running) checksum.update(chunk);
      done(null, chunk);
    },
  });
  try {
    await pipeline([request, ...(decoder === undefined ? [] : [decoder]), meter, createWriteStream(path)]);
    const staged: StagedBody = {
      path,
      size,
      md5: md5.digest('hex'),
      checksums: Object.fromEntries(running.map(({ algorithm, checksum }) => [algorithm, checksum.base64()])),
    };
    verify(staged, headers, decoder?.trailers ?? new Map());
    if (literalSha256 !== undefined && sha256?.digest('hex') !== literalSha256) {
      throw new S3Error(
        'XAmzContentSHA256Mismatch',
        "The provided 'x-amz-content-sha256' header does not match what was computed.",
      );
    }
    return staged;
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

const isChunked = (headers: IncomingHttpHeaders): boolean =>
  String(headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-') ||
  /\baws-chunked\b/.test(headers['content-encoding'] ?? '');

function isAnnounced(headers: IncomingHttpHeaders, algorithm: ChecksumAlgorithm): boolean {
  const name = `x-amz-checksum-${algorithm}`;
  return (
    headers[name] !== undefined ||
    trailerNames(headers).includes(name) ||
    String(headers['x-amz-sdk-checksum-algorithm'] ?? '').toLowerCase() === algorithm
  );
}

const trailerNames = (headers: IncomingHttpHeaders): string[] =>
  String(headers['x-amz-trailer'] ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');

function verify(staged: StagedBody, headers: IncomingHttpHeaders, trailers: ReadonlyMap<string, string>): void {
  const decodedLength = headers['x-amz-decoded-content-length'];
  if (decodedLength !== undefined && Number(decodedLength) !== staged.size) {
    throw new S3Error('IncompleteBody', 'The body does not have the length of x-amz-decoded-content-length');
  }
  const missing = trailerNames(headers).find((name) => !trailers.has(name));
  if (missing !== undefined) throw new S3Error('IncompleteBody', `The trailer ${missing} is missing`);
  const contentMd5 = headers['content-md5'];
  if (contentMd5 !== undefined && contentMd5 !== Buffer.from(staged.md5, 'hex').toString('base64')) {
    throw new S3Error('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  for (const [algorithm, computed] of Object.entries(staged.checksums)) {
    const name = `x-amz-checksum-${algorithm}`;
    const sent = trailers.get(name) ?? headers[name];
    if (sent !== undefined && sent !== computed) {
      throw new S3Error(
        'BadDigest',
        `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`,
      );
    }
  }
}
