import { mkdir, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A folder in which no file can be made. The message names it and the system's own code. */
export class FolderNotWritable extends Error {
  override readonly name = 'FolderNotWritable';
}

/**
 * Makes folders where they are not, and tries whether files can be made in them: what fails in the middle of a run would
 * cost the run.
 *
 * @example await assertWritable('out/logs'); // FolderNotWritable: out/logs: cannot be written to (EACCES)
 * @throws FolderNotWritable naming the folder and the system's own code
 */
export async function assertWritable(...folders: string[]): Promise<void> {
  for (const folder of folders) {
    const probe = join(folder, `.probe-${process.pid}`);
    try {
      await makeFolder(folder);
      await open(probe, 'wx').then((file) => file.close());
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new FolderNotWritable(`${folder}: cannot be written to${code === undefined ? '' : ` (${code})`}`);
    } finally {
      await rm(probe, { force: true }).catch(() => {});
    }
  }
}

/** Not `recursive`: where a folder takes none, as below /proc, Node then tries for ever. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    const parent = dirname(folder);
    if (code !== 'ENOENT' || parent === folder) throw error;
    await makeFolder(parent);
    await mkdir(folder);
  }
}
