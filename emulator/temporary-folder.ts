/** Folders for what lives no longer than this process. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TemporaryFolder {
  path: string;
  /** Removes it with all it holds; again is no fault. */
  remove(): void;
}

const left = new Set<string>();

function remove(path: string): void {
  left.delete(path);
  // A child that is being killed may still be writing.
  rmSync(path, { recursive: true, force: true, maxRetries: 3 });
}

/** However the process ends short of a kill: Ctrl-C, a closed pipe and `process.exit` run no `finally`. */
function removeAllAtExit(): void {
  for (const path of left) {
    try {
      remove(path);
    } catch {
      // The others are still to be removed, and no caller is left to be told.
    }
  }
}

/**
 * A new folder, below the system's temporary one where no other is named. It is gone with the process, if {@link TemporaryFolder.remove} does not
 * come first.
 *
 * @example const { path, remove } = temporaryFolder('verify-'); // path: "/tmp/verify-Xb3k9Q"
 * @throws Error of the file system, such as ENOSPC
 */
export function temporaryFolder(prefix: string, parent = tmpdir()): TemporaryFolder {
  if (left.size === 0) process.off('exit', removeAllAtExit).on('exit', removeAllAtExit);
  const path = mkdtempSync(join(parent, prefix));
  left.add(path);
  return { path, remove: () => remove(path) };
}
