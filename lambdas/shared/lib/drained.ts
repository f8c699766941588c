import type { Writable } from 'node:stream';

/**
 * Waits until a stream takes more, or is gone: nobody may wait for the drain of what is closed already.
 *
 * Resolves either way; the next write to a stream that is gone says so. `if (!stream.write(chunk)) await drained(stream)`
 */
export function drained(stream: Writable): Promise<void> {
  if (stream.destroyed || stream.closed) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      stream.off('drain', done).off('close', done);
      resolve();
    };
    stream.once('drain', done).once('close', done);
  });
}
