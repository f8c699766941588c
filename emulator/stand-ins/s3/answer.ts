import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { ChecksumAlgorithm } from './checksums.ts';
import type { ObjectAttributes, ObjectRecord, WriteCondition } from './object-record.ts';
import type { ObjectStore } from './object-store.ts';
import type { Route } from './route.ts';
import { toXml, type XmlElements } from './xml.ts';

export interface S3Call extends Route {
  request: IncomingMessage;
  store: ObjectStore;
}

export interface S3Answer {
  status: number;
  headers: Record<string, string | number>;
  body?: string | Readable;
}

/**
 * A 200 with the elements as XML in S3's namespace.
 *
 * @example xmlAnswer('DeleteResult', {}).headers // { 'content-type': 'application/xml' }
 */
export const xmlAnswer = (root: string, elements: XmlElements, headers: Record<string, string> = {}): S3Answer => ({
  status: 200,
  headers: { 'content-type': 'application/xml', ...headers },
  body: toXml(root, elements, ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'),
});

/**
 * An ETag as headers and XML carry it.
 *
 * @example quoted('d41d8cd9') // '"d41d8cd9"'
 */
export const quoted = (etag: string): string => `"${etag}"`;
/**
 * An ETag without the quotes that it may have.
 *
 * @example unquoted('"d41d8cd9"') // 'd41d8cd9'
 */
export const unquoted = (etag: string): string => etag.replace(/^"|"$/g, '');

/** Headers that S3 keeps with an object and gives back. */
const KEPT_HEADERS = ['content-type', 'content-disposition', 'content-language', 'cache-control', 'expires'];

/**
 * What a request says of the object itself: the headers that are stored with it, and its metadata without `x-amz-meta-`.
 *
 * @example attributesOf({ 'content-encoding': 'gzip,aws-chunked', 'x-amz-meta-run': 'r1' })
 * // { headers: { 'content-type': 'binary/octet-stream', 'content-encoding': 'gzip' }, metadata: { run: 'r1' } }
 */
export function attributesOf(headers: IncomingHttpHeaders): ObjectAttributes {
  const kept: Record<string, string> = { 'content-type': 'binary/octet-stream' };
  for (const name of KEPT_HEADERS) {
    const value = headers[name];
    if (typeof value === 'string') kept[name] = value;
  }
  // The framing of the request is no property of the object.
  const encodings = (headers['content-encoding'] ?? '').split(',').map((encoding) => encoding.trim());
  const encoding = encodings.filter((one) => one !== '' && one !== 'aws-chunked').join(',');
  if (encoding !== '') kept['content-encoding'] = encoding;
  const metadata = Object.entries(headers)
    .filter(([name]) => name.startsWith('x-amz-meta-'))
    .map(([name, value]) => [name.slice('x-amz-meta-'.length), String(value)]);
  return { headers: kept, metadata: Object.fromEntries(metadata) };
}

/**
 * The attributes with the first of the checksums, if any: S3 keeps one an object.
 *
 * @example
 * withChecksum(attributes, { crc32: 'AAAAAA==' }).checksum
 * // { algorithm: 'crc32', value: 'AAAAAA==', type: 'FULL_OBJECT' }
 */
export function withChecksum(
  attributes: ObjectAttributes,
  checksums: Partial<Record<ChecksumAlgorithm, string>>,
): ObjectAttributes {
  const [algorithm, value] = Object.entries(checksums)[0] ?? [];
  if (algorithm === undefined || value === undefined) return attributes;
  return { ...attributes, checksum: { algorithm: algorithm as ChecksumAlgorithm, value, type: 'FULL_OBJECT' } };
}

/**
 * The condition under which a write may happen, from `If-Match` and `If-None-Match`.
 *
 * @example conditionOf({ 'if-match': '"d41d8cd9"' }) // { ifMatch: 'd41d8cd9' }
 */
export function conditionOf(headers: IncomingHttpHeaders): WriteCondition {
  const ifMatch = headers['if-match'];
  const ifNoneMatch = headers['if-none-match'];
  return {
    ...(ifMatch === undefined ? {} : { ifMatch: unquoted(ifMatch) }),
    ...(ifNoneMatch === undefined ? {} : { ifNoneMatch }),
  };
}

/**
 * The headers that answer a write: ETag, version id, checksum.
 *
 * @example writtenHeaders(record) // { etag: '"d41d8cd9"', 'x-amz-version-id': '0mwp…' }
 */
export const writtenHeaders = (record: ObjectRecord): Record<string, string> => ({
  etag: quoted(record.etag),
  'x-amz-version-id': record.versionId,
  ...checksumHeaders(record),
});

/**
 * The headers of an object's checksum; none where it has none.
 *
 * @example checksumHeaders(record) // { 'x-amz-checksum-crc32': 'AAAAAA==', 'x-amz-checksum-type': 'FULL_OBJECT' }
 */
export const checksumHeaders = ({ checksum }: ObjectRecord): Record<string, string> =>
  checksum === undefined
    ? {}
    : { [`x-amz-checksum-${checksum.algorithm}`]: checksum.value, 'x-amz-checksum-type': checksum.type };
