/** Whether files are the same as they were, by their content. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';

/** Tests are about what is made, not part of it. */
const LEFT_OUT = new Set(['node_modules', 'test']);

/**
 * A hash of files and of all below folders: their paths and their bytes. What is not there counts as such.
 *
 * @param paths below `base`
 * @example hashFiles('/project', ['lambdas', 'package-lock.json'], 'v24.1.0') // '3f9a…', 64 hexadecimal digits
 */
export function hashFiles(base: string, paths: readonly string[], ...more: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of more) hash.update(JSON.stringify(text));
  const add = (path: string): void => {
    const whole = join(base, path);
    const stats = statSync(whole, { throwIfNoEntry: false });
    if (stats?.isDirectory()) {
      for (const name of readdirSync(whole).sort()) if (!LEFT_OUT.has(name)) add(posix.join(path, name));
      return;
    }
    const bytes = stats && readFileSync(whole);
    hash.update(JSON.stringify([path, bytes?.length ?? null]));
    if (bytes) hash.update(bytes);
  };
  for (const path of paths) add(path);
  return hash.digest('hex');
}
