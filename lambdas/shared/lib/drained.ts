import type { Writable } from 'node:stream';

/**
 * Resolves when a stream takes more, or is closed: a closed stream never drains, and a wait for it would not end.
 *
 * The next write to a stream that is closed fails.
 *
 * @example if (!stream.write(chunk)) await drained(stream);
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
