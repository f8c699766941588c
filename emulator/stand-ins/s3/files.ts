import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { S3Error } from './errors.ts';

/**
 * The MD5 of a file's content, in hexadecimal.
 *
 * @example of an empty file -> 'd41d8cd98f00b204e9800998ecf8427e'
 */
export async function md5Of(path: string): Promise<string> {
  const hash = createHash('md5');
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest('hex');
}

/**
 * Names in a folder; none if there is no such folder.
 *
 * @example await readdirIfAny('/no/such/folder') // []
 */
export const readdirIfAny = async (path: string): Promise<string[]> => (await readdir(path).catch(ifMissing)) ?? [];

/**
 * For `catch`: undefined for what is not there, any other error as it is.
 *
 * @example await readFile('/no/such/file').catch(ifMissing) // undefined
 */
export function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
  throw error;
}

/**
 * Moves a file to its key's place, over what is there; the folders are made. Throws InvalidRequest where a folder is in
 * the way.
 */
export async function moveTo(path: string, target: string): Promise<void> {
  // A removal of the folder's last other key may take the folder away between the two steps.
  for (let attempt = 1; ; attempt++) {
    await mkdir(dirname(target), { recursive: true }).catch(asKeyConflict);
    try {
      await rename(path, target);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || attempt === 10) asKeyConflict(error as Error);
    }
  }
}

/** A file system cannot hold `a` beside `a/b`; S3 can. */
function asKeyConflict(error: NodeJS.ErrnoException): never {
  if (error.code === 'EEXIST' || error.code === 'ENOTDIR' || error.code === 'EISDIR' || error.code === 'ENOTEMPTY') {
    throw new S3Error('InvalidRequest', 'A key cannot be a folder of another key here: objects are plain files.');
  }
  throw error;
}

/** Removes a folder and those above it, below `top`, as far as they are empty. */
export async function removeEmptyFolders(folder: string, top: string): Promise<void> {
  for (let at = folder; at.length > top.length; at = dirname(at)) {
    const isRemoved = await rmdir(at).then(
      () => true,
      () => false,
    );
    if (!isRemoved) return;
  }
}
