import { Transform, type TransformCallback } from 'node:stream';
import { S3Error } from './errors.ts';

/** Enough for a chunk's size and signature, or a trailer; what is longer is no aws-chunked body. */
const MAX_LINE = 8_192;

/**
 * Takes the aws-chunked framing off a body: `<hex size>[;chunk-signature=…]CRLF data CRLF … 0 CRLF trailers CRLF`.
 * `trailers` is filled, with lower-case names, by the time the stream ends. Signatures are not checked. A body that
 * stops in mid-frame fails with IncompleteBody.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export class AwsChunkedDecoder extends Transform {
  readonly trailers = new Map<string, string>();
  #state: 'size' | 'data' | 'data end' | 'trailers' | 'done' = 'size';
  #line = '';
  #rest = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    try {
      for (let at = 0; at < chunk.length; ) at = this.#step(chunk, at);
      done();
    } catch (error) {
      done(error as Error);
    }
  }

  override _flush(done: TransformCallback): void {
    // The last empty line may be missing after the trailers.
    if (this.#state === 'trailers') this.#takeLine();
    const isWhole = this.#state === 'done' || this.#state === 'trailers';
    done(isWhole ? null : incomplete());
  }

  /** Consumes some of the chunk from `at` on; answers where to go on. */
  #step(chunk: Buffer, at: number): number {
    if (this.#state === 'done') return chunk.length;
    if (this.#state === 'data') {
      const end = Math.min(chunk.length, at + this.#rest);
      this.push(chunk.subarray(at, end));
      this.#rest -= end - at;
      if (this.#rest === 0) this.#state = 'data end';
      return end;
    }
    const newline = chunk.indexOf(10, at);
    this.#line += chunk.toString('latin1', at, newline < 0 ? chunk.length : newline);
    if (this.#line.length > MAX_LINE) throw incomplete();
    if (newline < 0) return chunk.length;
    this.#takeLine();
    return newline + 1;
  }

  #takeLine(): void {
    const line = this.#line.replace(/\r$/, '');
    this.#line = '';
    if (this.#state === 'data end') {
      if (line !== '') throw incomplete();
      this.#state = 'size';
      return;
    }
    if (this.#state === 'size') {
      const size = /^([0-9a-f]{1,12})(;.*)?$/i.exec(line)?.[1];
      if (size === undefined) throw incomplete();
      this.#rest = Number.parseInt(size, 16);
      this.#state = this.#rest === 0 ? 'trailers' : 'data';
      return;
    }
    const colon = line.indexOf(':');
    if (colon > 0) this.trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
    else this.#state = 'done';
  }
}

const incomplete = () =>
  new S3Error('IncompleteBody', 'You did not provide the number of bytes specified by the aws-chunked framing');
