import { pipeline, type Readable, Transform } from 'node:stream';

/**
 * The same bytes, but broken off with a `TimeoutError` when the sender falls silent: a deadline for the headers of an answer
 * says nothing of its body. A reader that takes its time is no silence: what it has not read yet is still there.
 *
 * @param idleMs longest silence; it is noticed within twice that time
 * @example withIdleLimit(answer.body, 60_000) // ends with an error 1 to 2 minutes after the last byte of a sender that has gone
 */
export function withIdleLimit(body: Readable, idleMs: number): Readable {
  let bytes = 0;
  let bytesThen = -1;
  const passed = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  const timer = setInterval(() => {
    const isSilent = bytes === bytesThen && body.readableLength === 0 && passed.readableLength === 0;
    bytesThen = bytes;
    if (isSilent) body.destroy(new DOMException('The sender fell silent', 'TimeoutError'));
  }, idleMs);
  timer.unref();
  // Either end closes the other; the reader is told of errors by the stream itself.
  pipeline(body, passed, () => clearInterval(timer));
  return passed;
}
