import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import {
  type FileHandle,
  link,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  rmdir,
  stat,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { S3Error } from './errors.ts';
import { keyToPath, SIDE_FOLDER } from './key-path.ts';
import {
  checkWrite,
  type NewObject,
  type ObjectAttributes,
  type ObjectRecord,
  type WriteCondition,
} from './object-record.ts';

/**
 * Objects as plain files: `<dir>/<key>` holds the current data, `<dir>/.s3` their metadata and all old versions. Files
 * that somebody has put there or changed by hand are objects too. Each write is all or nothing; writes to one key are
 * one after the other, so conditions hold.
 */
export class ObjectStore {
  readonly dir: string;
  readonly tempFolder: string;
  readonly #locks = new Map<string, Promise<unknown>>();
  #lastVersion = '';

  private constructor(dir: string) {
    this.dir = dir;
    this.tempFolder = join(dir, SIDE_FOLDER, 'temp');
  }

  static async open(dir: string): Promise<ObjectStore> {
    const store = new ObjectStore(dir);
    // What an earlier process left half-written is of no use to anybody.
    await rm(store.tempFolder, { recursive: true, force: true });
    await mkdir(store.tempFolder, { recursive: true });
    return store;
  }

  /** Moves a staged file to its key, or deletes it. Throws PreconditionFailed, or NoSuchKey for If-Match on nothing. */
  commit(
    key: string,
    body: NewObject,
    attributes: ObjectAttributes,
    condition: WriteCondition = {},
  ): Promise<ObjectRecord> {
    return this.#exclusively(key, async () => {
      const target = this.dataPath(key);
      try {
        const current = await this.#current(key);
        checkWrite(current, condition);
        if (current !== undefined) await this.#archive(current);
        await moveTo(body.path, target);
      } catch (error) {
        await rm(body.path, { force: true });
        throw error;
      }
      const { mtimeMs } = await stat(target);
      const record: ObjectRecord = {
        ...attributes,
        key,
        versionId: this.#nextVersionId(),
        size: body.size,
        etag: body.etag,
        md5: body.md5,
        lastModifiedMs: Date.now(),
        mtimeMs,
      };
      await this.#writeJson(this.#recordPath(key), record);
      return record;
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
        versionId: this.#nextVersionId(),
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
      if (current?.versionId === versionId) {
        await this.#dropCurrent(key);
      } else {
        await rm(this.#versionPath(key, versionId), { force: true });
        await rm(`${this.#versionPath(key, versionId)}.json`, { force: true });
        if (current !== undefined) return;
      }
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
      return [...(current === undefined ? [] : [current]), ...(await this.#oldVersions(key))];
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

  tempPath(): string {
    return join(this.tempFolder, randomUUID());
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
    return join(this.dir, SIDE_FOLDER, 'versions', hashOf(key), versionId);
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
    const md5 = await md5Of(path);
    const isSame = record?.md5 === md5;
    const adopted: ObjectRecord = {
      ...(isSame ? record : { headers: { 'content-type': 'binary/octet-stream' }, metadata: {}, etag: md5 }),
      key,
      versionId: isSame ? record.versionId : this.#nextVersionId(),
      size: found.size,
      md5,
      lastModifiedMs: isSame ? record.lastModifiedMs : found.mtimeMs,
      mtimeMs: found.mtimeMs,
    };
    await this.#writeJson(this.#recordPath(key), adopted);
    return adopted;
  }

  async #oldVersions(key: string): Promise<ObjectRecord[]> {
    const folder = dirname(this.#versionPath(key, '0'));
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
    for (let folder = dirname(this.dataPath(key)); folder.length > this.dir.length; folder = dirname(folder)) {
      if (
        !(await rmdir(folder).then(
          () => true,
          () => false,
        ))
      )
        return;
    }
  }

  async #writeJson(path: string, value: unknown): Promise<void> {
    const temp = this.tempPath();
    await writeFile(temp, JSON.stringify(value));
    await mkdir(dirname(path), { recursive: true });
    await rename(temp, path);
  }

  /** Sorts by time; within a millisecond by count. */
  #nextVersionId(): string {
    const time = Date.now().toString(36).padStart(9, '0');
    const [lastTime, lastCount] = [this.#lastVersion.slice(0, 9), this.#lastVersion.slice(9, 13)];
    const isLater = time > lastTime;
    const count = isLater ? 0 : Number.parseInt(lastCount, 36) + 1;
    this.#lastVersion = `${isLater ? time : lastTime}${count.toString(36).padStart(4, '0')}`;
    return `${this.#lastVersion}${randomBytes(4).toString('hex')}`;
  }

  async #exclusively<T>(key: string, action: () => Promise<T>): Promise<T> {
    const before = this.#locks.get(key) ?? Promise.resolve();
    const mine = before.then(action, action);
    const settled = mine.catch(() => {});
    this.#locks.set(key, settled);
    try {
      return await mine;
    } finally {
      if (this.#locks.get(key) === settled) this.#locks.delete(key);
    }
  }
}

const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');

export async function md5Of(path: string): Promise<string> {
  const hash = createHash('md5');
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest('hex');
}

async function readRecord(path: string): Promise<ObjectRecord | undefined> {
  const text = await readFile(path, 'utf8').catch(ifMissing);
  return text === undefined ? undefined : (JSON.parse(text) as ObjectRecord);
}

const readdirIfAny = async (path: string): Promise<string[]> => (await readdir(path).catch(ifMissing)) ?? [];

function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
  throw error;
}

/** A removal of the folder's last other key may take the folder away between the two steps. */
async function moveTo(path: string, target: string): Promise<void> {
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
