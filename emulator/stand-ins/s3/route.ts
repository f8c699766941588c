import { S3Error } from './errors.ts';

/** The calls that the stand-in answers; any other one gets NotImplemented. */
const S3_OPERATIONS = [
  'HeadBucket',
  'CreateBucket',
  'ListObjectsV2',
  'ListObjectVersions',
  'DeleteObjects',
  'GetObject',
  'HeadObject',
  'PutObject',
  'CopyObject',
  'DeleteObject',
  'CreateMultipartUpload',
  'UploadPart',
  'CompleteMultipartUpload',
  'AbortMultipartUpload',
] as const;
export type S3Operation = (typeof S3_OPERATIONS)[number];

export interface Route {
  operation: S3Operation;
  bucket: string;
  /** Empty for a call on the bucket. */
  key: string;
  query: URLSearchParams;
}

/** Query parameters that turn a call into another one. */
const SUBRESOURCES = [
  'acl',
  'attributes',
  'cors',
  'legal-hold',
  'lifecycle',
  'policy',
  'retention',
  'tagging',
  'torrent',
];

/**
 * The operation, bucket, key and query of a path-style request.
 *
 * @throws S3Error `NotImplemented`
 * @example
 * routeOf('GET', '/lake/runs/a?versionId=1', false)
 * // { operation: 'GetObject', bucket: 'lake', key: 'runs/a', query }
 */
export function routeOf(method: string, target: string, isCopy: boolean): Route {
  // Not through URL: it would resolve `..` in a key.
  const queryAt = target.indexOf('?');
  const path = queryAt < 0 ? target : target.slice(0, queryAt);
  const query = new URLSearchParams(queryAt < 0 ? '' : target.slice(queryAt + 1));
  const slashAt = path.indexOf('/', 1);
  const bucket = decode(slashAt < 0 ? path.slice(1) : path.slice(1, slashAt));
  const key = slashAt < 0 ? '' : decode(path.slice(slashAt + 1));
  const operation = key === '' ? bucketOperation(method, query) : objectOperation(method, query, isCopy);
  if (operation === undefined || bucket === '' || SUBRESOURCES.some((name) => query.has(name))) {
    throw new S3Error(
      'NotImplemented',
      'A header or query you provided implies functionality that is not implemented.',
    );
  }
  return { operation, bucket, key, query };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Error('InvalidArgument', 'The path is not percent-encoded UTF-8.');
  }
}

function bucketOperation(method: string, query: URLSearchParams): S3Operation | undefined {
  if (method === 'HEAD') return 'HeadBucket';
  if (method === 'PUT') return 'CreateBucket';
  if (method === 'GET' && query.has('versions')) return 'ListObjectVersions';
  if (method === 'GET' && query.get('list-type') === '2') return 'ListObjectsV2';
  if (method === 'POST' && query.has('delete')) return 'DeleteObjects';
  return undefined;
}

function objectOperation(method: string, query: URLSearchParams, isCopy: boolean): S3Operation | undefined {
  const isUpload = query.has('uploadId');
  if (method === 'GET') return isUpload ? undefined : 'GetObject';
  if (method === 'HEAD') return 'HeadObject';
  if (method === 'PUT' && isUpload) return isCopy ? undefined : 'UploadPart';
  if (method === 'PUT') return isCopy ? 'CopyObject' : 'PutObject';
  if (method === 'POST' && query.has('uploads')) return 'CreateMultipartUpload';
  if (method === 'POST' && isUpload) return 'CompleteMultipartUpload';
  if (method === 'DELETE') return isUpload ? 'AbortMultipartUpload' : 'DeleteObject';
  return undefined;
}
