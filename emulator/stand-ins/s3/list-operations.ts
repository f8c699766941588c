import { quoted, type S3Answer, type S3Call, xmlAnswer } from './answer.ts';
import { S3Error } from './errors.ts';
import { compareKeys, listKeys } from './list-keys.ts';
import type { ObjectRecord } from './object-record.ts';
import type { XmlElements } from './xml.ts';

/** A page of keys in order, with common prefixes where a delimiter is asked for. */
export async function listObjectsV2({ store, bucket, query }: S3Call): Promise<S3Answer> {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const maxKeys = maxKeysOf(query);
  const token = query.get('continuation-token');
  const startAfter = query.get('start-after') ?? undefined;
  const after = token === null ? startAfter : Buffer.from(token, 'base64url').toString('utf8');
  const encode = encoderOf(query);

  const keys: string[] = [];
  const commonPrefixes: string[] = [];
  let last = after;
  let isTruncated = false;
  for await (const key of listKeys(store.dir, { prefix, after })) {
    const group = groupOf(key, prefix, delimiter);
    // A page that ended with a group must not open with what else is in it.
    if (group !== undefined && group === last) continue;
    if (keys.length + commonPrefixes.length === maxKeys) {
      isTruncated = maxKeys > 0;
      break;
    }
    last = group ?? key;
    if (group === undefined) keys.push(key);
    else commonPrefixes.push(group);
  }
  const records = (await Promise.all(keys.map((key) => store.head(key)))).filter((one) => one !== undefined);
  return xmlAnswer('ListBucketResult', {
    Name: bucket,
    Prefix: encode(prefix),
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    MaxKeys: maxKeys,
    EncodingType: query.get('encoding-type') ?? undefined,
    StartAfter: startAfter === undefined ? undefined : encode(startAfter),
    KeyCount: records.length + commonPrefixes.length,
    IsTruncated: isTruncated,
    ContinuationToken: token ?? undefined,
    NextContinuationToken: isTruncated && last !== undefined ? Buffer.from(last).toString('base64url') : undefined,
    Contents: records.map((record) => ({ Key: encode(record.key), ...listed(record) })),
    CommonPrefixes: commonPrefixes.map((group) => ({ Prefix: encode(group) })),
  });
}

/**
 * Versions and delete markers, key by key, newest first; a page ends between two keys.
 *
 * @throws S3Error `InvalidArgument` for a max-keys that is no number
 */
export async function listObjectVersions({ store, bucket, query }: S3Call): Promise<S3Answer> {
  const prefix = query.get('prefix') ?? '';
  const keyMarker = query.get('key-marker') ?? '';
  const maxKeys = maxKeysOf(query);
  const encode = encoderOf(query);
  const keys = new Set(await store.keysWithVersions());
  for await (const key of listKeys(store.dir, { prefix })) keys.add(key);
  const wanted = [...keys]
    .filter((key) => key.startsWith(prefix) && (keyMarker === '' || compareKeys(key, keyMarker) > 0))
    .sort(compareKeys);

  const versions: XmlElements[] = [];
  const markers: XmlElements[] = [];
  let last = '';
  let isTruncated = false;
  for (const key of wanted) {
    const records = await store.versions(key);
    const count = versions.length + markers.length;
    if (count > 0 && count + records.length > maxKeys) {
      isTruncated = true;
      break;
    }
    for (const [i, record] of records.entries()) {
      const common = { Key: encode(key), VersionId: record.versionId, IsLatest: i === 0 };
      if (record.isDeleteMarker === true) markers.push({ ...common, LastModified: lastModified(record) });
      else versions.push({ ...common, ...listed(record) });
    }
    last = key;
  }
  return xmlAnswer('ListVersionsResult', {
    Name: bucket,
    Prefix: encode(prefix),
    KeyMarker: encode(keyMarker),
    MaxKeys: maxKeys,
    EncodingType: query.get('encoding-type') ?? undefined,
    IsTruncated: isTruncated,
    NextKeyMarker: isTruncated ? encode(last) : undefined,
    Version: versions,
    DeleteMarker: markers,
  });
}

function maxKeysOf(query: URLSearchParams): number {
  const maxKeys = Number(query.get('max-keys') ?? 1_000);
  if (!Number.isInteger(maxKeys) || maxKeys < 0) {
    throw new S3Error('InvalidArgument', 'Provided max-keys not an integer or within integer range');
  }
  return Math.min(1_000, maxKeys);
}

const encoderOf = (query: URLSearchParams): ((text: string) => string) =>
  query.get('encoding-type') === 'url' ? (text) => encodeURIComponent(text).replaceAll('%2F', '/') : (text) => text;

function groupOf(key: string, prefix: string, delimiter: string): string | undefined {
  if (delimiter === '') return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
}

const lastModified = ({ lastModifiedMs }: ObjectRecord): string => new Date(lastModifiedMs).toISOString();

const listed = (record: ObjectRecord): XmlElements => ({
  LastModified: lastModified(record),
  ETag: quoted(record.etag),
  Size: record.size,
  StorageClass: 'STANDARD',
});
