import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { nameToSegment, SIDE_FOLDER } from './key-path.ts';

/**
 * Below, at or above zero as `a` sorts before, with or after `b`: by UTF-8 bytes, as S3 sorts; code units differ from it
 * only where surrogates are.
 *
 * @example compareKeys('a/', 'a0') // -1
 */
export function compareKeys(a: string, b: string): number {
  if (SURROGATE.test(a) || SURROGATE.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : a > b ? 1 : 0;
}
const SURROGATE = /[\ud800-\udfff]/;

/**
 * Keys that start with `prefix` and come after `after`, in S3's order, read folder by folder.
 *
 * @example listKeys(dir, { prefix: 'runs/', after: 'runs/a' }) // yields 'runs/b/plan.json', …
 */
export async function* listKeys(
  dir: string,
  { prefix, after }: { prefix: string; after?: string | undefined },
  folder = '',
  folderKey = '',
): AsyncGenerator<string> {
  for (const { name, key, isFolder } of await readFolder(join(dir, folder), folderKey)) {
    if (folder === '' && name === SIDE_FOLDER) continue;
    if (isFolder) {
      const mayHold = key.startsWith(prefix) || prefix.startsWith(key);
      const isBehind = after !== undefined && compareKeys(key, after) <= 0 && !after.startsWith(key);
      if (mayHold && !isBehind) yield* listKeys(dir, { prefix, after }, join(folder, name), key);
    } else if (key.startsWith(prefix) && (after === undefined || compareKeys(key, after) > 0)) {
      yield key;
    }
  }
}

interface Child {
  name: string;
  /** Ends with / for a folder, which is also how it sorts among its siblings. */
  key: string;
  isFolder: boolean;
}

async function readFolder(path: string, folderKey: string): Promise<Child[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch((): Dirent[] => []);
  return entries
    .map((entry) => ({
      name: entry.name,
      key: `${folderKey}${nameToSegment(entry.name)}${entry.isDirectory() ? '/' : ''}`,
      isFolder: entry.isDirectory(),
    }))
    .sort((a, b) => compareKeys(a.key, b.key));
}
