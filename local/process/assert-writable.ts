import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../run/usage-error.ts';

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
      await mkdir(folder, { recursive: true });
      await open(probe, 'wx').then((file) => file.close());
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new UsageError(`${folder}: cannot be written to${code === undefined ? '' : ` (${code})`}`);
    } finally {
      await rm(probe, { force: true }).catch(() => {});
    }
  }
}
