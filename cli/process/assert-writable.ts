import { mkdir, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UsageError } from './usage-error.ts';

/**
 * Makes folders where they are not, and tries whether files can be made in them: what fails in the middle of a run would
 * cost the run.
 *
 * @example await assertWritable('out/logs'); // UsageError: out/logs: cannot be written to (EACCES)
 * @throws UsageError naming the folder and the system's own code
 */
export async function assertWritable(...folders: string[]): Promise<void> {
  for (const folder of folders) {
    const probe = join(folder, `.probe-${process.pid}`);
    try {
      await makeFolder(folder);
      await open(probe, 'wx').then((file) => file.close());
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new UsageError(`${folder}: cannot be written to${code === undefined ? '' : ` (${code})`}`);
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
