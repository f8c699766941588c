import { createHash, randomBytes } from 'node:crypto';
import type { Stats } from 'node:fs';
import { type FileHandle, link, mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { S3Error } from './errors.ts';
import { FileLock } from './file-lock.ts';
import { ifMissing, md5Of, moveTo, readdirIfAny, removeEmptyFolders } from './files.ts';
import { keyToPath, SIDE_FOLDER } from './key-path.ts';
import {
  checkWrite,
  type NewObject,
  type ObjectAttributes,
  type ObjectRecord,
  readRecord,
  type WriteCondition,
} from './object-record.ts';
import { Staging } from './staging.ts';
import { versionIdAfter } from './version-id.ts';

/** Keys share locks: enough that two at work seldom meet, few enough to keep all of them open. */
const LOCKS = 64;

/**
 * Objects as plain files: `<dir>/<key>` holds the current data, `<dir>/.s3` their metadata and all old versions. Files
 * that a person has put there or changed by hand are objects too. Each write is all or nothing, wherever its process is
 * killed; those to one key are one after the other, among all processes that have the folder open, so conditions hold.
 */
export class ObjectStore {
  readonly dir: string;
  readonly #staging: Staging;
  readonly #locks: FileLock[];

  private constructor(dir: string, staging: Staging) {
    this.dir = dir;
    this.#staging = staging;
    this.#locks = Array.from({ length: LOCKS }, (_, i) => new FileLock(join(dir, SIDE_FOLDER, 'locks', String(i))));
  }

  /** Opens a folder, made if missing; others may have it open. What dead processes left half-written is deleted. */
  static async open(dir: string): Promise<ObjectStore> {
    return new ObjectStore(dir, await Staging.open(join(dir, SIDE_FOLDER, 'temp')));
  }

  /** Gives the locks back and deletes what is staged; for when nothing is under way any more. */
  async close(): Promise<void> {
    for (const lock of this.#locks) lock.close();
    await this.#staging.close();
  }

  /** Moves a staged file to its key, or deletes it. Throws PreconditionFailed, or NoSuchKey for If-Match on nothing. */
  commit(
    key: string,
    body: NewObject,
    attributes: ObjectAttributes,
    condition: WriteCondition = {},
  ): Promise<ObjectRecord> {
    return this.#exclusively(key, async () => {
      try {
        const current = await this.#current(key);
        checkWrite(current, condition);
        const record: ObjectRecord = {
          ...attributes,
          key,
          versionId: await this.#nextVersionId(key, current),
          size: body.size,
          etag: body.etag,
          md5: body.md5,
          lastModifiedMs: Date.now(),
          mtimeMs: (await stat(body.path)).mtimeMs,
        };
        if (current !== undefined) await this.#archive(current);
        // Before the data: a reader that sees them finds what was said of them.
        await this.#writeJson(this.#recordPath(key), record);
        await moveTo(body.path, this.dataPath(key));
        return record;
      } catch (error) {
        await rm(body.path, { force: true });
        throw error;
      }
    });
  }

  /** The current object, or that version of it; undefined if there is none. */
  head(key: string, versionId?: string): Promise<ObjectRecord | undefined> {
    return this.#exclusively(key, () => this.#find(key, versionId));
  }

  /** Like {@link ObjectStore.head}, with the data opened: later writes to the key do not touch them. */
  open(key: string, versionId?: string): Promise<{ record: ObjectRecord; file: FileHandle } | undefined> {
    return this.#exclusively(key, async () => {
      const record = await this.#find(key, versionId);
      if (record === undefined || record.isDeleteMarker === true) return undefined;
      const current = await this.#current(key);
      const isCurrent = current?.versionId === record.versionId;
      return { record, file: await open(isCurrent ? this.dataPath(key) : this.#versionPath(key, record.versionId)) };
    });
  }

  /** Hides the key behind a delete marker, keeping the data as an old version. Answers the marker. */
  remove(key: string, condition: WriteCondition = {}): Promise<ObjectRecord> {
    return this.#exclusively(key, async () => {
      const current = await this.#current(key);
      checkWrite(current, condition);
      const marker: ObjectRecord = {
        key,
        versionId: await this.#nextVersionId(key, current),
        size: 0,
        etag: '',
        md5: '',
        headers: {},
        metadata: {},
        lastModifiedMs: Date.now(),
        mtimeMs: 0,
        isDeleteMarker: true,
      };
      if (current !== undefined) {
        await this.#archive(current);
        await this.#dropCurrent(key);
      }
      await this.#writeJson(`${this.#versionPath(key, marker.versionId)}.json`, marker);
      return marker;
    });
  }

  /** Deletes one version for good; the newest one left becomes current, unless it is a delete marker. */
  removeVersion(key: string, versionId: string): Promise<void> {
    return this.#exclusively(key, async () => {
      const current = await this.#current(key);
      await rm(this.#versionPath(key, versionId), { force: true });
      await rm(`${this.#versionPath(key, versionId)}.json`, { force: true });
      if (current?.versionId === versionId) await this.#dropCurrent(key);
      else if (current !== undefined) return;
      const newest = (await this.#oldVersions(key))[0];
      if (newest === undefined || newest.isDeleteMarker === true) return;
      await moveTo(this.#versionPath(key, newest.versionId), this.dataPath(key));
      await this.#writeJson(this.#recordPath(key), newest);
      await rm(`${this.#versionPath(key, newest.versionId)}.json`, { force: true });
    });
  }

  /** All versions of a key and its delete markers, newest first; the first one is what the key shows. */
  versions(key: string): Promise<ObjectRecord[]> {
    return this.#exclusively(key, async () => {
      const current = await this.#current(key);
      const old = await this.#oldVersions(key);
      // A write that was broken off has left a copy of what it was to replace.
      return current === undefined ? old : [current, ...old.filter((one) => one.versionId !== current.versionId)];
    });
  }

  /** Keys that have old versions or delete markers, in no order. */
  async keysWithVersions(): Promise<string[]> {
    const root = join(this.dir, SIDE_FOLDER, 'versions');
    const keys = await Promise.all(
      (await readdirIfAny(root)).map(async (folder) => {
        const name = (await readdirIfAny(join(root, folder))).find((one) => one.endsWith('.json'));
        return name === undefined ? undefined : (await readRecord(join(root, folder, name)))?.key;
      }),
    );
    return keys.filter((key) => key !== undefined);
  }

  /** A file of this process to write to, on the same disk as the objects. */
  tempPath(): string {
    return this.#staging.path();
  }

  dataPath(key: string): string {
    return join(this.dir, keyToPath(key));
  }

  #recordPath(key: string): string {
    const name = hashOf(key);
    return join(this.dir, SIDE_FOLDER, 'objects', name.slice(0, 2), `${name}.json`);
  }

  #versionPath(key: string, versionId: string): string {
    if (!/^[0-9a-z]+$/.test(versionId)) throw new S3Error('NoSuchVersion', 'The specified version does not exist.');
    return join(this.#versionsFolder(key), versionId);
  }

  #versionsFolder(key: string): string {
    return join(this.dir, SIDE_FOLDER, 'versions', hashOf(key));
  }

  async #find(key: string, versionId: string | undefined): Promise<ObjectRecord | undefined> {
    const current = await this.#current(key);
    if (versionId === undefined || current?.versionId === versionId) return current;
    return readRecord(`${this.#versionPath(key, versionId)}.json`);
  }

  /** The record of the data file as it is now, made anew when the file was put there or changed by hand. */
  async #current(key: string): Promise<ObjectRecord | undefined> {
    const path = this.dataPath(key);
    const found = await stat(path).catch(ifMissing);
    if (found?.isFile() !== true) return undefined;
    const record = await readRecord(this.#recordPath(key));
    if (record?.size === found.size && record.mtimeMs === found.mtimeMs) return record;
    const old = await this.#oldVersions(key);
    // A write that was broken off before its data came: these are still the archived ones.
    const archived = old.find((one) => one.size === found.size && one.mtimeMs === found.mtimeMs);
    const adopted = archived ?? (await this.#adopt(key, found, record));
    await this.#writeJson(this.#recordPath(key), adopted);
    return adopted;
  }

  async #adopt(key: string, { size, mtimeMs }: Stats, record: ObjectRecord | undefined): Promise<ObjectRecord> {
    const md5 = await md5Of(this.dataPath(key));
    if (record?.md5 === md5) return { ...record, size, mtimeMs };
    return {
      headers: { 'content-type': 'binary/octet-stream' },
      metadata: {},
      key,
      versionId: await this.#nextVersionId(key, record),
      size,
      etag: md5,
      md5,
      lastModifiedMs: mtimeMs,
      mtimeMs,
    };
  }

  async #oldVersions(key: string): Promise<ObjectRecord[]> {
    const folder = this.#versionsFolder(key);
    const names = (await readdirIfAny(folder)).filter((name) => name.endsWith('.json'));
    const records = await Promise.all(names.map((name) => readRecord(join(folder, name))));
    return records.filter((one) => one !== undefined).sort((a, b) => (a.versionId < b.versionId ? 1 : -1));
  }

  /** A hard link keeps the data for the version while the key goes on showing them: no reader meets a gap. */
  async #archive(record: ObjectRecord): Promise<void> {
    const target = this.#versionPath(record.key, record.versionId);
    await mkdir(dirname(target), { recursive: true });
    await rm(target, { force: true });
    await link(this.dataPath(record.key), target);
    await this.#writeJson(`${target}.json`, record);
  }

  async #dropCurrent(key: string): Promise<void> {
    await rm(this.dataPath(key), { force: true });
    await rm(this.#recordPath(key), { force: true });
    // Folders exist only for the sake of keys.
    await removeEmptyFolders(dirname(this.dataPath(key)), this.dir);
  }

  async #writeJson(path: string, value: unknown): Promise<void> {
    const temp = this.tempPath();
    await writeFile(temp, JSON.stringify(value));
    await mkdir(dirname(path), { recursive: true });
    await rename(temp, path);
  }

  /** After all versions of the key, those that another process wrote in this millisecond too. */
  async #nextVersionId(key: string, current: ObjectRecord | undefined): Promise<string> {
    const old = (await readdirIfAny(this.#versionsFolder(key))).map((name) => name.replace(/\.json$/, ''));
    const newest = [...old, ...(current === undefined ? [] : [current.versionId])].sort().at(-1);
    return versionIdAfter(newest, Date.now(), randomBytes(4).toString('hex'));
  }

  #exclusively<T>(key: string, action: () => Promise<T>): Promise<T> {
    const lock = this.#locks[Number.parseInt(hashOf(key).slice(0, 4), 16) % LOCKS] as FileLock;
    return lock.exclusively(action);
  }
}

const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');
