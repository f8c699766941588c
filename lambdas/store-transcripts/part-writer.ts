/** Rows into gzip files, one a medium and day: first on the local disk, then, all at once, in S3. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip, type Gzip } from 'node:zlib';
import type { MediaType } from '../shared/contracts/job-options.ts';
import { drained } from '../shared/lib/drained.ts';
import { claimPartNumber, noteParts } from '../shared/runs/part-notes.ts';
import { keys } from '../shared/storage/layout.ts';
import type { ObjectStorage } from '../shared/storage/object-store.ts';
import type { StoredPart } from '../shared/storage/records.ts';
import { type Put, putOnce } from './put-once.ts';

interface OpenPart {
  mediaType: MediaType;
  day: string;
  path: string;
  gzip: Gzip;
  written: Promise<void>;
  rows: number;
  minTimestamp: string;
  maxTimestamp: string;
}

/**
 * The parts of one batch.
 *
 * Nothing reaches S3 before the whole result has been read and masked: a download that breaks off, or a function that
 * dies, leaves no partial object. The local files hold masked rows only.
 */
export class PartWriter {
  readonly #directory: string;
  readonly #parts = new Map<string, OpenPart>();

  private constructor(directory: string) {
    this.#directory = directory;
  }

  /** A writer with an empty folder of its own on the local disk; {@link PartWriter.dispose} removes it. */
  static async create(): Promise<PartWriter> {
    return new PartWriter(await mkdtemp(join(tmpdir(), 'parts-')));
  }

  /** Appends a row; waits when the disk is slower than the rows come. */
  async append(mediaType: MediaType, timestamp: string, line: string): Promise<void> {
    const part = this.#part(mediaType, timestamp);
    part.rows += 1;
    if (timestamp < part.minTimestamp) part.minTimestamp = timestamp;
    if (timestamp > part.maxTimestamp) part.maxTimestamp = timestamp;
    if (!part.gzip.write(`${line}\n`)) await drained(part.gzip);
    if (part.gzip.destroyed) await part.written;
  }

  /**
   * Closes the files and uploads them under the keys of this run and batch.
   *
   * @param pass where other attempts may have other rows: then the parts get a number of their own, from this one on
   * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`
   */
  async commit(store: ObjectStorage, runId: string, batch: number, pass?: number): Promise<StoredPart[]> {
    const stored: StoredPart[] = [];
    if (this.#parts.size === 0) return stored;
    const keyUnder = (number: number) => (part: OpenPart) =>
      keys.transcripts(part.mediaType, part.day, runId, batch, number);
    const keysUnder = (number: number) => [...this.#parts.values()].map(keyUnder(number));
    const number = pass === undefined ? 1 : await claimPartNumber(store, runId, batch, pass, keysUnder);
    if (pass === undefined) await noteParts(store, runId, batch, keysUnder(number));
    const keyOf = keyUnder(number);
    for (const part of this.#parts.values()) {
      part.gzip.end();
      await part.written;
      const { size } = await stat(part.path);
      const sha256 = await hashFile(part.path);
      const key = keyOf(part);
      const upload: Put = (condition, options) => store.upload(key, part.path, condition, options);
      const etag = await putOnce(store, key, sha256, upload);
      const { mediaType, day, rows, minTimestamp, maxTimestamp } = part;
      stored.push({ key, bytes: size, sha256, etag, rows, mediaType, day, minTimestamp, maxTimestamp });
    }
    return stored;
  }

  /** Removes the local files, whatever happened. */
  async dispose(): Promise<void> {
    for (const part of this.#parts.values()) part.gzip.destroy();
    await Promise.allSettled([...this.#parts.values()].map((part) => part.written));
    await rm(this.#directory, { recursive: true, force: true });
  }

  #part(mediaType: MediaType, timestamp: string): OpenPart {
    const day = timestamp.slice(0, 10);
    const name = `${mediaType}-${day}`;
    let part = this.#parts.get(name);
    if (!part) {
      const path = join(this.#directory, `${name}.jsonl.gz`);
      const gzip = createGzip();
      const written = pipeline(gzip, createWriteStream(path));
      // A failure surfaces where the part is awaited; before that it must not bring the process down.
      written.catch(() => {});
      part = { mediaType, day, path, gzip, written, rows: 0, minTimestamp: timestamp, maxTimestamp: timestamp };
      this.#parts.set(name, part);
    }
    return part;
  }
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
