/**
 * Cuts a result into its artifacts: one object, an array of them, `{"transcripts": […]}`, or JSON Lines.
 *
 * A JSON parser would give objects; the masker wants each artifact's own text, so that numbers keep their digits, and a
 * result of any size must fit into memory. So this only finds where artifacts begin and end, in one pass over the bytes,
 * and leaves everything else to whoever reads the single artifact.
 */
import { PipelineError } from '../../contracts/errors.ts';
import { ArtifactScanner } from './scanner/artifact-scanner.ts';
import type { ArtifactBytes } from './scanner/collector.ts';

/** An artifact that is larger costs itself only, up to so many times the limit: then it is no artifact any more. */
const MAX_TIMES_OVERSIZE = 8;
/** Bytes between artifacts: a result of blanks, or of anything else but artifacts, has no end to wait for. */
const MAX_IDLE_BYTES = 16 * 1024 * 1024;

/**
 * The artifacts of a result, one at a time, in order.
 *
 * @param bytes the result, decompressed
 * @param maxArtifactBytes an artifact that is larger is not kept in memory; only its beginning is given out
 * @param ending learns, once all is read, whether the form of the result shows where it ends
 * @throws PipelineError `VendorUnavailable` when the result has no byte or ends in the middle, `ContractViolation` when
 *   it is no JSON, or goes on and on without an artifact that ends
 * @example
 * splitArtifacts(bytesOf('[{"a":1},{"b":2}]'), 1_000, ending)
 * // yields { text: '{"a":1}', oversize: false }, …
 */
export async function* splitArtifacts(
  bytes: AsyncIterable<Buffer>,
  maxArtifactBytes: number,
  ending: { isVisible: boolean },
): AsyncGenerator<ArtifactBytes> {
  const scanner = new ArtifactScanner(maxArtifactBytes);
  let isFirst = true;
  let idleBytes = 0;
  for await (const chunk of withoutByteOrderMark(bytes)) {
    if (isFirst) refuseMarkup(chunk);
    isFirst = false;
    const artifacts = scanner.scan(chunk);
    yield* artifacts;
    const isIdle = artifacts.length === 0 && scanner.openBytes === 0;
    idleBytes = isIdle ? idleBytes + chunk.length : 0;
    if (idleBytes > MAX_IDLE_BYTES || scanner.openBytes > maxArtifactBytes * MAX_TIMES_OVERSIZE) {
      throw new PipelineError('ContractViolation', 'The result of the job goes on without a transcript that ends');
    }
  }
  if (!scanner.isComplete) {
    throw new PipelineError('VendorUnavailable', 'The result of the job ended in the middle of a transcript');
  }
  if (scanner.isEmpty) throw new PipelineError('VendorUnavailable', 'The result of the job is an empty body');
  yield* scanner.finish();
  ending.isVisible = scanner.endIsVisible;
}

/** A sign-in or error page with status 200 is not a result with unreadable items. */
function refuseMarkup(firstChunk: Buffer): void {
  if (firstChunk.toString('latin1', 0, 256).trimStart().startsWith('<')) {
    throw new PipelineError('ContractViolation', 'The result of the job is markup, not JSON');
  }
}

async function* withoutByteOrderMark(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let head: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of bytes) {
    if (head === undefined) {
      yield chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < 3) continue;
    const hasMark = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
    yield hasMark ? head.subarray(3) : head;
    head = undefined;
  }
  if (head && head.length > 0) yield head;
}
