import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

/** SQLITE_BUSY: another connection, of this process or another one, has the lock. */
const BUSY = 5;

/**
 * A lock among all processes of this machine, named by a file. The kernel keeps it and frees it when its holder ends,
 * however it ends: there is no leftover to judge by process ids or ages. Node has no `flock`, SQLite brings one: the
 * lock of a write transaction that never writes, so the file stays empty.
 *
 *     const lock = new FileLock('/tmp/a.lock');
 *     await lock.exclusively(async () => readThenWrite());
 *     lock.close();
 */
export class FileLock {
  readonly #path: string;
  #connection: DatabaseSync | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
  }

  /** Runs the action once the lock is free; those who wait in this process go in order of arrival. */
  exclusively<T>(action: () => Promise<T>): Promise<T> {
    const run = async () => {
      // At random, so that two who wait for each other's moment do not stay in step.
      while (!this.tryTake()) await sleep(1 + Math.random() * 4);
      try {
        return await action();
      } finally {
        this.free();
      }
    };
    const mine = this.#last.then(run, run);
    this.#last = mine.catch(() => {});
    return mine;
  }

  /** Takes the lock if it is free; false if it is held, by another {@link FileLock} of this process included. */
  tryTake(): boolean {
    this.#connection ??= connect(this.#path);
    try {
      this.#connection.exec('BEGIN IMMEDIATE');
      return true;
    } catch (error) {
      if ((error as { errcode?: number }).errcode === BUSY) return false;
      throw error;
    }
  }

  /** Gives back what {@link FileLock.tryTake} took. */
  free(): void {
    if (this.#connection?.isTransaction === true) this.#connection.exec('ROLLBACK');
  }

  /** Frees the lock and closes its file. */
  close(): void {
    this.#connection?.close();
    this.#connection = undefined;
  }
}

function connect(path: string): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true });
  const connection = new DatabaseSync(path, { timeout: 0 });
  connection.exec('PRAGMA journal_mode = MEMORY');
  return connection;
}
