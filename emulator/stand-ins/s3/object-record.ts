import { readFile } from 'node:fs/promises';
import type { ChecksumAlgorithm } from './checksums.ts';
import { noSuchKey, preconditionFailed, S3Error } from './errors.ts';
import { ifMissing } from './files.ts';

/** What the client said of an object. */
export interface ObjectAttributes {
  /** Content-Type, Content-Encoding and their like, by lower-case name. */
  headers: Record<string, string>;
  /** `x-amz-meta-*`, without the prefix. */
  metadata: Record<string, string>;
  checksum?: { algorithm: ChecksumAlgorithm; value: string; type: 'FULL_OBJECT' | 'COMPOSITE' };
}

export interface ObjectRecord extends ObjectAttributes {
  key: string;
  versionId: string;
  size: number;
  /** Without quotes; `md5-parts` for a multipart upload. */
  etag: string;
  md5: string;
  lastModifiedMs: number;
  /** Of the data file: tells a file that was changed by hand. */
  mtimeMs: number;
  isDeleteMarker?: true;
}

/** Conditions of a write; an ETag is given without quotes. */
export interface WriteCondition {
  ifNoneMatch?: string;
  ifMatch?: string;
}

export interface NewObject {
  /** A file on the same disk; it is moved. */
  path: string;
  size: number;
  md5: string;
  etag: string;
}

/** Throws what S3 answers to a write whose condition does not hold: PreconditionFailed, or NoSuchKey for If-Match on nothing. */
export function checkWrite(current: ObjectRecord | undefined, { ifMatch, ifNoneMatch }: WriteCondition): void {
  if (ifNoneMatch !== undefined) {
    if (ifNoneMatch !== '*') throw new S3Error('NotImplemented', 'If-None-Match of a write must be *');
    if (current !== undefined) throw preconditionFailed();
  }
  if (ifMatch === undefined) return;
  if (current === undefined) throw noSuchKey();
  if (ifMatch !== '*' && ifMatch !== current.etag) throw preconditionFailed();
}

/**
 * The record in the file; undefined if there is no such file.
 *
 * @example (await readRecord(path))?.size // bytes of the object
 */
export async function readRecord(path: string): Promise<ObjectRecord | undefined> {
  const text = await readFile(path, 'utf8').catch(ifMissing);
  return text === undefined ? undefined : (JSON.parse(text) as ObjectRecord);
}
