import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/**
 * The unpacked bytes of a gzip stream; what breaks off the one breaks off the other.
 *
 * The caller ends a reading that it does not finish by destroying `packed`.
 *
 * @example `for await (const line of linesOf(gunzip(found.body)))` reads the lines of a `.jsonl.gz` object
 */
export function gunzip(packed: Readable): Readable {
  const body = packed.pipe(createGunzip());
  packed.once('error', (error) => body.destroy(error));
  return body;
}
