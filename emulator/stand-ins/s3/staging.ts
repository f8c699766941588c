import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FileLock } from './file-lock.ts';

const LOCK_SUFFIX = '.lock';

/**
 * The files that one process is still writing: `<dir>/<its id>/`, beside a lock that it holds as long as it lives. By
 * that lock others tell its files from those of a process that died.
 */
export class Staging {
  readonly folder: string;
  readonly #life: FileLock;

  private constructor(folder: string, life: FileLock) {
    this.folder = folder;
    this.#life = life;
  }

  /** A folder of this process's own under `dir`, after the files of dead processes are gone. */
  static async open(dir: string): Promise<Staging> {
    const opening = new FileLock(`${dir}${LOCK_SUFFIX}`);
    try {
      // One at a time: a folder whose lock is yet to be taken would look like a dead process's.
      return await opening.exclusively(async () => {
        await clearDead(dir);
        const folder = join(dir, randomUUID());
        const life = new FileLock(`${folder}${LOCK_SUFFIX}`);
        await mkdir(folder, { recursive: true });
        life.tryTake();
        return new Staging(folder, life);
      });
    } finally {
      opening.close();
    }
  }

  /** A path in the folder that is not in use. */
  path(): string {
    return join(this.folder, randomUUID());
  }

  /** Deletes the folder with all that is left in it. */
  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
    this.#life.close();
    await rm(`${this.folder}${LOCK_SUFFIX}`, { force: true });
  }
}

async function clearDead(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  const ids = new Set((await readdir(dir)).map((name) => name.replace(/\.lock$/, '')));
  for (const id of ids) {
    const life = new FileLock(join(dir, `${id}${LOCK_SUFFIX}`));
    const isDead = life.tryTake();
    if (isDead) await rm(join(dir, id), { recursive: true, force: true });
    life.close();
    if (isDead) await rm(join(dir, `${id}${LOCK_SUFFIX}`), { force: true });
  }
}
