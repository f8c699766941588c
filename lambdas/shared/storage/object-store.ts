/** The data lake's bucket as the handlers use it: typed errors, conditional writes, streams. */
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { awsDeadlines } from '../aws/deadlines.ts';
import { PipelineError } from '../contracts/errors.ts';
import { withIdleLimit } from '../lib/idle-limit.ts';
import { gunzip } from './gunzip.ts';
import { linesOf } from './lines.ts';

/** What a write found at its key. */
export type WriteResult = { written: true; etag: string } | { written: false };

export interface ListedObject {
  key: string;
  bytes: number;
  etag: string;
  /** When it was written, in ms since the epoch; 0 where S3 does not say. */
  modifiedMs: number;
}

export interface StoredObject extends ListedObject {
  /** What the writer said of it, {@link WriteOptions.metadata}. */
  metadata: Record<string, string>;
}

/** `absent`: only where no object is. `etag`: only over that version. Neither: whatever is there. */
export type WriteCondition = { absent: true } | { etag: string } | Record<never, never>;

export interface WriteOptions {
  contentType?: string;
  /** Short facts kept with the object: names in lower case, no personal data. */
  metadata?: Record<string, string>;
}

/** S3 that says nothing for a minute in the middle of an object has gone away. */
const IDLE_MS = 60_000;
const NOT_FOUND = new Set(['NoSuchKey', 'NotFound']);
/** 412 from a condition that does not hold, 409 when two conditional writes meet. */
const LOST_RACE = new Set([412, 409]);

function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
}

function isNotFound(error: unknown): boolean {
  return error instanceof S3ServiceException && (NOT_FOUND.has(error.name) || statusOf(error) === 404);
}

/** Maps what the SDK threw to the pipeline's names. The key is not named: it holds ids. */
function toPipelineError(error: unknown, operation: string): unknown {
  if (error instanceof PipelineError) return error;
  const status = statusOf(error);
  const details = status === undefined ? {} : { status };
  const isRefused =
    status !== undefined && status >= 400 && status < 500 && status !== 408 && status !== 429 && status !== 409;
  if (isRefused) {
    const code = error instanceof S3ServiceException ? error.name : 'unknown';
    return new PipelineError('DataLakeRejected', `S3 refused ${operation} with status ${status} (${code})`, details);
  }
  return new PipelineError('DataLakeUnavailable', `S3 did not complete ${operation}`, details);
}

/** Whether a conditional write found something else than it expects; `If-Match` on nothing says so with 404. */
function hasLostRace(error: unknown, condition: WriteCondition): boolean {
  return LOST_RACE.has(statusOf(error) ?? 0) || ('etag' in condition && (error as Error).name === 'NoSuchKey');
}

function conditionHeaders(condition: WriteCondition): { IfNoneMatch?: string; IfMatch?: string } {
  if ('absent' in condition) return { IfNoneMatch: '*' };
  if ('etag' in condition) return { IfMatch: condition.etag };
  return {};
}

/** The objects of one bucket. Every method throws `DataLakeUnavailable` (may pass) or `DataLakeRejected` (will not). */
export class ObjectStore {
  readonly bucket: string;
  readonly #client: S3Client;

  constructor(bucket: string, client: S3Client = new S3Client({ maxAttempts: 4, ...awsDeadlines() })) {
    this.bucket = bucket;
    this.#client = client;
  }

  /** The object's body and ETag, or undefined where there is none. */
  async open(key: string): Promise<{ body: Readable; etag: string } | undefined> {
    try {
      const { Body, ETag } = await this.#client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
      return { body: withIdleLimit(Body as Readable, IDLE_MS), etag: ETag ?? '' };
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw toPipelineError(error, 'GetObject');
    }
  }

  /** The object as text with its ETag, or undefined where there is none. For small objects only. */
  async readText(key: string): Promise<{ text: string; etag: string } | undefined> {
    const found = await this.open(key);
    if (!found) return undefined;
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of found.body) chunks.push(chunk as Buffer);
      return { text: Buffer.concat(chunks).toString('utf8'), etag: found.etag };
    } catch (error) {
      throw toPipelineError(error, 'GetObject');
    }
  }

  /** The lines of a text object, gunzipped when the key ends in `.gz`; one line in memory at a time. */
  async *readLines(key: string): AsyncGenerator<string> {
    const found = await this.open(key);
    if (!found) throw new PipelineError('DataLakeRejected', 'S3 has no object where one is expected', { status: 404 });
    const body = key.endsWith('.gz') ? gunzip(found.body) : found.body;
    try {
      for await (const line of linesOf(body)) {
        if (line.length > 0) yield line;
      }
    } catch (error) {
      throw toPipelineError(error, 'GetObject');
    } finally {
      found.body.destroy();
    }
  }

  /** ETag and size, or undefined where there is no object. */
  async head(key: string): Promise<StoredObject | undefined> {
    try {
      const { ETag, ContentLength, Metadata, LastModified } = await this.#client.send(
        new HeadObjectCommand({ Bucket: this.bucket, Key: key }),
      );
      return {
        key,
        bytes: ContentLength ?? 0,
        etag: ETag ?? '',
        modifiedMs: LastModified?.getTime() ?? 0,
        metadata: Metadata ?? {},
      };
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw toPipelineError(error, 'HeadObject');
    }
  }

  /** Writes a small object. `written: false` means that the condition does not hold. */
  async write(
    key: string,
    body: string | Uint8Array,
    condition: WriteCondition = {},
    options: WriteOptions = {},
  ): Promise<WriteResult> {
    try {
      const { ETag } = await this.#client.send(
        new PutObjectCommand({
          Bucket: this.bucket,
          Key: key,
          Body: body,
          ContentType: options.contentType ?? 'application/json',
          Metadata: options.metadata,
          ...conditionHeaders(condition),
        }),
      );
      return { written: true, etag: ETag ?? '' };
    } catch (error) {
      if (hasLostRace(error, condition)) return { written: false };
      throw toPipelineError(error, 'PutObject');
    }
  }

  /** Uploads a local file of any size, in parts where it is large. `written: false` as in {@link ObjectStore.write}. */
  async upload(
    key: string,
    path: string,
    condition: WriteCondition = {},
    options: WriteOptions = {},
  ): Promise<WriteResult> {
    return this.uploadStream(key, createReadStream(path), condition, options);
  }

  /** As {@link ObjectStore.upload}, from a stream; holds at most a few parts of 8 MiB in memory. */
  async uploadStream(
    key: string,
    body: Readable,
    condition: WriteCondition = {},
    options: WriteOptions = {},
  ): Promise<WriteResult> {
    const upload = new Upload({
      client: this.#client,
      params: {
        Bucket: this.bucket,
        Key: key,
        Body: body,
        ContentType: options.contentType ?? 'application/gzip',
        Metadata: options.metadata,
        ...conditionHeaders(condition),
      },
      partSize: 8 * 1024 * 1024,
      queueSize: 2,
    });
    try {
      const { ETag } = await upload.done();
      return { written: true, etag: ETag ?? '' };
    } catch (error) {
      body.destroy();
      if (hasLostRace(error, condition)) return { written: false };
      throw toPipelineError(error, 'PutObject');
    }
  }

  /** Deletes an object; where there is none, that is fine too. On a versioned bucket its versions stay. */
  async delete(key: string): Promise<void> {
    try {
      await this.#client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: key }));
    } catch (error) {
      throw toPipelineError(error, 'DeleteObject');
    }
  }

  /** Every object below a prefix, in key order, a page of 1,000 at a time. */
  async *list(prefix: string): AsyncGenerator<ListedObject> {
    let token: string | undefined;
    do {
      const page = await this.#listPage(prefix, token);
      for (const { Key, Size, ETag, LastModified } of page.Contents ?? []) {
        if (Key) yield { key: Key, bytes: Size ?? 0, etag: ETag ?? '', modifiedMs: LastModified?.getTime() ?? 0 };
      }
      token = page.IsTruncated ? page.NextContinuationToken : undefined;
    } while (token);
  }

  async #listPage(prefix: string, token: string | undefined) {
    try {
      return await this.#client.send(
        new ListObjectsV2Command({ Bucket: this.bucket, Prefix: prefix, ContinuationToken: token }),
      );
    } catch (error) {
      throw toPipelineError(error, 'ListObjectsV2');
    }
  }
}

/** What {@link ObjectStore} does; stores of tests do it too. */
export type ObjectStorage = Pick<ObjectStore, keyof ObjectStore>;
