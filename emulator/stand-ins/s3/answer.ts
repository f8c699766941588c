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

export const xmlAnswer = (root: string, elements: XmlElements, headers: Record<string, string> = {}): S3Answer => ({
  status: 200,
  headers: { 'content-type': 'application/xml', ...headers },
  body: toXml(root, elements, ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'),
});

export const quoted = (etag: string): string => `"${etag}"`;
export const unquoted = (etag: string): string => etag.replace(/^"|"$/g, '');

/** Headers that S3 keeps with an object and gives back. */
const KEPT_HEADERS = ['content-type', 'content-disposition', 'content-language', 'cache-control', 'expires'];

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

export function withChecksum(
  attributes: ObjectAttributes,
  checksums: Partial<Record<ChecksumAlgorithm, string>>,
): ObjectAttributes {
  const [algorithm, value] = Object.entries(checksums)[0] ?? [];
  if (algorithm === undefined || value === undefined) return attributes;
  return { ...attributes, checksum: { algorithm: algorithm as ChecksumAlgorithm, value, type: 'FULL_OBJECT' } };
}

export function conditionOf(headers: IncomingHttpHeaders): WriteCondition {
  const ifMatch = headers['if-match'];
  const ifNoneMatch = headers['if-none-match'];
  return {
    ...(ifMatch === undefined ? {} : { ifMatch: unquoted(ifMatch) }),
    ...(ifNoneMatch === undefined ? {} : { ifNoneMatch }),
  };
}

/** What a write answers. */
export const writtenHeaders = (record: ObjectRecord): Record<string, string> => ({
  etag: quoted(record.etag),
  'x-amz-version-id': record.versionId,
  ...checksumHeaders(record),
});

export const checksumHeaders = ({ checksum }: ObjectRecord): Record<string, string> =>
  checksum === undefined
    ? {}
    : { [`x-amz-checksum-${checksum.algorithm}`]: checksum.value, 'x-amz-checksum-type': checksum.type };
