import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { readBody } from '../start-server.ts';
import {
  attributesOf,
  checksumHeaders,
  conditionOf,
  quoted,
  type S3Answer,
  type S3Call,
  unquoted,
  withChecksum,
  writtenHeaders,
  xmlAnswer,
} from './answer.ts';
import { noSuchKey, preconditionFailed, S3Error } from './errors.ts';
import type { ObjectRecord } from './object-record.ts';
import { receiveBody } from './receive-body.ts';
import { elementsOf, textOf } from './xml.ts';

/**
 * The ETag and version of the object, now written; the body is on disk before the object changes.
 *
 * @throws S3Error `PreconditionFailed`, `BadDigest` and others of a body that is not what its headers say
 */
export async function putObject({ request, store, key }: S3Call): Promise<S3Answer> {
  const staged = await receiveBody(request, store.tempPath());
  const attributes = withChecksum(attributesOf(request.headers), staged.checksums);
  const record = await store.commit(key, { ...staged, etag: staged.md5 }, attributes, conditionOf(request.headers));
  return { status: 200, headers: writtenHeaders(record) };
}

/**
 * The headers of an object, or of one of its versions; 304 where it is unchanged.
 *
 * @throws S3Error `NoSuchKey`
 */
export async function headObject({ request, store, key, query }: S3Call): Promise<S3Answer> {
  const record = await store.head(key, query.get('versionId') ?? undefined);
  if (record === undefined || record.isDeleteMarker === true) throw noSuchKey();
  return notModified(request, record) ?? { status: 200, headers: readHeaders(request, record, record.size) };
}

/**
 * An object, one of its versions, or a range of bytes (206); 304 where it is unchanged.
 *
 * @throws S3Error `NoSuchKey`, `InvalidRange`
 */
export async function getObject({ request, store, key, query }: S3Call): Promise<S3Answer> {
  const opened = await store.open(key, query.get('versionId') ?? undefined);
  if (opened === undefined) throw noSuchKey();
  const { record, file } = opened;
  try {
    const unmodified = notModified(request, record);
    if (unmodified !== undefined) {
      await file.close();
      return unmodified;
    }
    const range = rangeOf(request.headers.range, record.size);
    if (record.size === 0) {
      await file.close();
      return { status: 200, headers: readHeaders(request, record, 0) };
    }
    const body = file.createReadStream(range === undefined ? {} : range);
    if (range === undefined) return { status: 200, headers: readHeaders(request, record, record.size), body };
    const headers = {
      ...readHeaders(request, record, range.end - range.start + 1, true),
      'content-range': `bytes ${range.start}-${range.end}/${record.size}`,
    };
    return { status: 206, headers, body };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** A 204: with a version id that version is gone, without one a delete marker hides the object. */
export async function deleteObject({ request, store, key, query }: S3Call): Promise<S3Answer> {
  const versionId = query.get('versionId');
  if (versionId !== null) {
    await store.removeVersion(key, versionId);
    return { status: 204, headers: { 'x-amz-version-id': versionId } };
  }
  const marker = await store.remove(key, conditionOf(request.headers));
  return { status: 204, headers: { 'x-amz-version-id': marker.versionId, 'x-amz-delete-marker': 'true' } };
}

/**
 * What became of 1 to 1,000 keys, each deleted as {@link deleteObject} does.
 *
 * @throws S3Error `MalformedXML`
 */
export async function deleteObjects({ request, store }: S3Call): Promise<S3Answer> {
  const xml = (await readBody(request)).toString('utf8');
  const isQuiet = textOf(xml, 'Quiet') === 'true';
  const objects = elementsOf(xml, 'Object').map((one) => ({
    key: textOf(one, 'Key'),
    versionId: textOf(one, 'VersionId'),
  }));
  if (objects.length === 0 || objects.length > 1_000) {
    throw new S3Error('MalformedXML', 'The XML you provided must name 1 to 1,000 objects.');
  }
  const deleted = [];
  for (const { key, versionId } of objects) {
    if (key === undefined) throw new S3Error('MalformedXML', 'An object has no key.');
    if (versionId !== undefined) {
      await store.removeVersion(key, versionId);
      deleted.push({ Key: key, VersionId: versionId });
    } else {
      const marker = await store.remove(key);
      deleted.push({ Key: key, DeleteMarker: true, DeleteMarkerVersionId: marker.versionId });
    }
  }
  return xmlAnswer('DeleteResult', isQuiet ? {} : { Deleted: deleted });
}

/**
 * The ETag and time of the copy; its headers are those of the source unless the request replaces them.
 *
 * @throws S3Error `NoSuchKey`, `PreconditionFailed`
 */
export async function copyObject({ request, store, key }: S3Call): Promise<S3Answer> {
  const [source = '', versionQuery] = String(request.headers['x-amz-copy-source']).split('?versionId=');
  const sourceKey = decodeURIComponent(source)
    .replace(/^\//, '')
    .replace(/^[^/]+\//, '');
  const opened = await store.open(sourceKey, versionQuery);
  if (opened === undefined) throw noSuchKey();
  const { record: from, file } = opened;
  const path = store.tempPath();
  // From the open file: a later write to the source must not mix with it.
  await pipeline(file.createReadStream(), createWriteStream(path));
  const isReplaced = request.headers['x-amz-metadata-directive'] === 'REPLACE';
  const attributes = isReplaced ? attributesOf(request.headers) : { headers: from.headers, metadata: from.metadata };
  const record = await store.commit(
    key,
    { path, size: from.size, md5: from.md5, etag: from.md5 },
    attributes,
    conditionOf(request.headers),
  );
  return xmlAnswer(
    'CopyObjectResult',
    { ETag: quoted(record.etag), LastModified: new Date(record.lastModifiedMs).toISOString() },
    { 'x-amz-version-id': record.versionId },
  );
}

/** If-Match and If-None-Match of a read. */
function notModified({ headers }: S3Call['request'], record: ObjectRecord): S3Answer | undefined {
  const ifMatch = headers['if-match'];
  if (ifMatch !== undefined && ifMatch !== '*' && unquoted(ifMatch) !== record.etag) throw preconditionFailed();
  const ifNoneMatch = headers['if-none-match'];
  if (ifNoneMatch === undefined || (ifNoneMatch !== '*' && unquoted(ifNoneMatch) !== record.etag)) return undefined;
  return { status: 304, headers: { etag: quoted(record.etag) } };
}

function readHeaders(
  { headers }: S3Call['request'],
  record: ObjectRecord,
  length: number,
  isPart = false,
): Record<string, string | number> {
  const metadata = Object.entries(record.metadata).map(([name, value]) => [`x-amz-meta-${name}`, value]);
  // A part has no checksum of its own.
  const wantsChecksum = !isPart && String(headers['x-amz-checksum-mode'] ?? '').toUpperCase() === 'ENABLED';
  return {
    ...record.headers,
    ...Object.fromEntries(metadata),
    ...(wantsChecksum ? checksumHeaders(record) : {}),
    'accept-ranges': 'bytes',
    'content-length': length,
    etag: quoted(record.etag),
    'last-modified': new Date(record.lastModifiedMs).toUTCString(),
    'x-amz-version-id': record.versionId,
  };
}

/** `bytes=a-b`, `bytes=a-` or `bytes=-n`; anything else is ignored, as in S3. Throws InvalidRange. */
function rangeOf(header: string | undefined, size: number): { start: number; end: number } | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(size - 1, Number(last));
  if (start >= size || start > end) {
    throw new S3Error('InvalidRange', 'The requested range is not satisfiable');
  }
  return { start, end };
}
