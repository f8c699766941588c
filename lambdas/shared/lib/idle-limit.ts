import { pipeline, type Readable, Transform } from 'node:stream';

/** Looks in a row that find nothing: the first may come right after a byte, so the silence spans two of them at least. */
const QUIET_LOOKS = 3;

/**
 * The same bytes, but broken off with a `TimeoutError` when the sender falls silent: a deadline for the headers of an answer
 * says nothing of its body. A reader that takes its time is no silence: what it has not read yet is still there.
 *
 * @param idleMs longest silence; it is noticed within one and a half times that
 * @example withIdleLimit(answer.body, 60_000) // ends with an error when no byte came for a minute
 */
export function withIdleLimit(body: Readable, idleMs: number): Readable {
  let quietLooks = 0;
  const passed = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      quietLooks = 0;
      done(null, chunk);
    },
  });
  const breakOff = () => {
    if (quietLooks >= QUIET_LOOKS) body.destroy(new DOMException('The sender fell silent', 'TimeoutError'));
  };
  const timer = setInterval(() => {
    const isUnread = body.readableLength > 0 || passed.readableLength > 0;
    quietLooks = isUnread ? 0 : quietLooks + 1;
    // A process that was busy finds here what came meanwhile: input is read between a timer and an immediate.
    if (quietLooks >= QUIET_LOOKS) setImmediate(breakOff);
  }, idleMs / 2);
  timer.unref();
  // Either end closes the other; the reader is told of errors by the stream itself.
  pipeline(body, passed, () => clearInterval(timer));
  return passed;
}
