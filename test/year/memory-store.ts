/** A bucket in memory with the guarantees of S3: atomic writes, strong consistency, conditions on them. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { PipelineError } from '../../lambdas/shared/contracts/errors.ts';
import type {
  ObjectStorage,
  WriteCondition,
  WriteOptions,
  WriteResult,
} from '../../lambdas/shared/storage/object-store.ts';

interface Entry {
  body: Buffer;
  etag: string;
  modifiedMs: number;
  metadata: Record<string, string>;
}

export interface MemoryStoreOptions {
  nowMs(): number;
  /** Called before each operation takes effect and after it; what it throws breaks the caller off there. */
  interrupt?(moment: 'before' | 'after', operation: string, key: string): Promise<void> | void;
}

/** What all stores over the same objects share. */
export type Objects = Map<string, Entry>;

export class MemoryStore implements ObjectStorage {
  readonly bucket = 'memory-lake';
  readonly #objects: Objects;
  readonly #options: MemoryStoreOptions;

  constructor(objects: Objects, options: MemoryStoreOptions) {
    this.#objects = objects;
    this.#options = options;
  }

  async open(key: string) {
    return this.#do('open', key, () => {
      const entry = this.#objects.get(key);
      return entry && { body: Readable.from([entry.body]), etag: entry.etag };
    });
  }

  async readText(key: string) {
    return this.#do('readText', key, () => {
      const entry = this.#objects.get(key);
      return entry && { text: entry.body.toString('utf8'), etag: entry.etag };
    });
  }

  async *readLines(key: string) {
    const text = await this.#do('readLines', key, () => {
      const entry = this.#objects.get(key);
      if (!entry) throw new PipelineError('DataLakeRejected', 'There is no such object', { status: 404 });
      return (key.endsWith('.gz') ? gunzipSync(entry.body) : entry.body).toString('utf8');
    });
    for (const line of text.split('\n')) if (line !== '') yield line;
  }

  async head(key: string) {
    return this.#do('head', key, () => {
      const entry = this.#objects.get(key);
      if (!entry) return undefined;
      const { body, etag, modifiedMs, metadata } = entry;
      return { key, bytes: body.length, etag, modifiedMs, metadata };
    });
  }

  async write(
    key: string,
    body: string | Uint8Array,
    condition: WriteCondition = {},
    options: WriteOptions = {},
  ): Promise<WriteResult> {
    return this.#do('write', key, () => this.#put(key, Buffer.from(body as string), condition, options.metadata));
  }

  async upload(
    key: string,
    path: string,
    condition: WriteCondition = {},
    options: WriteOptions = {},
  ): Promise<WriteResult> {
    const body = await readFile(path);
    return this.#do('write', key, () => this.#put(key, body, condition, options.metadata));
  }

  async uploadStream(key: string, body: Readable, condition: WriteCondition = {}): Promise<WriteResult> {
    const chunks: Buffer[] = [];
    for await (const chunk of body) chunks.push(Buffer.from(chunk as string));
    return this.#do('write', key, () => this.#put(key, Buffer.concat(chunks), condition));
  }

  async delete(key: string): Promise<void> {
    return this.#do('delete', key, () => void this.#objects.delete(key));
  }

  async *list(prefix: string) {
    const found = await this.#do('list', prefix, () =>
      [...this.#objects].filter(([key]) => key.startsWith(prefix)).sort(([a], [b]) => (a < b ? -1 : 1)),
    );
    for (const [key, { body, etag, modifiedMs }] of found) yield { key, bytes: body.length, etag, modifiedMs };
  }

  #put(key: string, body: Buffer, condition: WriteCondition, metadata: Record<string, string> = {}): WriteResult {
    const current = this.#objects.get(key);
    if ('absent' in condition && current) return { written: false };
    if ('etag' in condition && current?.etag !== condition.etag) return { written: false };
    const etag = createHash('md5').update(body).digest('hex');
    this.#objects.set(key, { body, etag, modifiedMs: this.#options.nowMs(), metadata });
    return { written: true, etag };
  }

  async #do<T>(operation: string, key: string, effect: () => T): Promise<T> {
    await this.#options.interrupt?.('before', operation, key);
    const result = effect();
    await this.#options.interrupt?.('after', operation, key);
    return result;
  }
}
