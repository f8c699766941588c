import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { readBody } from '../start-server.ts';
import {
  attributesOf,
  conditionOf,
  quoted,
  type S3Answer,
  type S3Call,
  unquoted,
  writtenHeaders,
  xmlAnswer,
} from './answer.ts';
import { CHECKSUM_ALGORITHMS, type ChecksumAlgorithm, createChecksum } from './checksums.ts';
import { S3Error } from './errors.ts';
import { SIDE_FOLDER } from './key-path.ts';
import type { NewObject, ObjectAttributes, ObjectRecord } from './object-record.ts';
import { receiveBody } from './receive-body.ts';
import { elementsOf, textOf } from './xml.ts';

interface Upload {
  key: string;
  attributes: ObjectAttributes;
  algorithm?: ChecksumAlgorithm;
  /** Set once completed: a repeated completion answers the same. */
  completed?: ObjectRecord;
}

interface Part {
  size: number;
  md5: string;
  checksums: Partial<Record<ChecksumAlgorithm, string>>;
}

/** All but the last part have at least this size. */
const MIN_PART_BYTES = 5 * 1024 * 1024;

/** The id of a new upload. Its parts lie beside the objects until it is completed, in a folder of their own. */
export async function createMultipartUpload({ request, store, key, bucket }: S3Call): Promise<S3Answer> {
  const uploadId = randomBytes(16).toString('hex');
  const wanted = String(request.headers['x-amz-checksum-algorithm'] ?? '').toLowerCase();
  const algorithm = CHECKSUM_ALGORITHMS.find((one) => one === wanted);
  const upload: Upload = { key, attributes: attributesOf(request.headers), ...(algorithm && { algorithm }) };
  const folder = join(store.dir, SIDE_FOLDER, 'uploads', uploadId);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'upload.json'), JSON.stringify(upload));
  return xmlAnswer(
    'InitiateMultipartUploadResult',
    { Bucket: bucket, Key: key, UploadId: uploadId },
    algorithm === undefined ? {} : { 'x-amz-checksum-algorithm': algorithm.toUpperCase() },
  );
}

/**
 * The ETag of a part, now on disk; a part of the same number is replaced.
 *
 * @throws S3Error `InvalidArgument` for a number outside 1 to 10,000, `NoSuchUpload`
 */
export async function uploadPart(call: S3Call): Promise<S3Answer> {
  const { folder } = await openUpload(call);
  const partNumber = Number(call.query.get('partNumber'));
  if (!Number.isInteger(partNumber) || partNumber < 1 || partNumber > 10_000) {
    throw new S3Error('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive');
  }
  const { path, ...part } = await receiveBody(call.request, call.store.tempPath());
  await rename(path, join(folder, String(partNumber)));
  await writeFile(join(folder, `${partNumber}.json`), JSON.stringify(part satisfies Part));
  const checksums = Object.entries(part.checksums).map(([algorithm, value]) => [`x-amz-checksum-${algorithm}`, value]);
  return { status: 200, headers: { etag: quoted(part.md5), ...Object.fromEntries(checksums) } };
}

/**
 * The object made of the parts. A second call gives the same answer, since the first one's may have been lost.
 *
 * @throws S3Error `NoSuchUpload`, `InvalidPart`, `PreconditionFailed`
 */
export async function completeMultipartUpload(call: S3Call): Promise<S3Answer> {
  const { request, key, bucket } = call;
  const xml = (await readBody(request)).toString('utf8');
  const { folder, upload } = await openUpload(call);
  const record = upload.completed ?? (await assemble(call, folder, upload, xml));
  const { checksum } = record;
  return xmlAnswer(
    'CompleteMultipartUploadResult',
    {
      Location: `/${bucket}/${key}`,
      Bucket: bucket,
      Key: key,
      ETag: quoted(record.etag),
      ...(checksum && { [`Checksum${checksum.algorithm.toUpperCase()}`]: checksum.value, ChecksumType: checksum.type }),
    },
    writtenHeaders(record),
  );
}

/** Joins the parts to the object, then forgets their data. */
async function assemble(
  { request, store, key }: S3Call,
  folder: string,
  upload: Upload,
  xml: string,
): Promise<ObjectRecord> {
  const parts = await checkParts(folder, xml);
  const path = store.tempPath();
  const md5 = createHash('md5');
  for (const { partNumber } of parts) {
    const source = createReadStream(join(folder, String(partNumber)));
    source.on('data', (chunk) => md5.update(chunk));
    await pipeline(source, createWriteStream(path, { flags: 'a' }));
  }
  const partsMd5 = createHash('md5').update(Buffer.concat(parts.map((part) => Buffer.from(part.md5, 'hex'))));
  const body: NewObject = {
    path,
    size: parts.reduce((sum, { size }) => sum + size, 0),
    md5: md5.digest('hex'),
    etag: `${partsMd5.digest('hex')}-${parts.length}`,
  };
  const attributes = { ...upload.attributes, ...compositeChecksum(upload.algorithm, parts) };
  const completed = await store.commit(key, body, attributes, conditionOf(request.headers));
  await writeFile(join(folder, 'upload.json'), JSON.stringify({ ...upload, completed } satisfies Upload));
  for (const { partNumber } of parts) await rm(join(folder, String(partNumber)), { force: true });
  return completed;
}

/**
 * A 204; the upload and its parts are gone.
 *
 * @throws S3Error `NoSuchUpload`
 */
export async function abortMultipartUpload(call: S3Call): Promise<S3Answer> {
  const { folder } = await openUpload(call);
  await rm(folder, { recursive: true, force: true });
  return { status: 204, headers: {} };
}

async function openUpload({ store, key, query }: S3Call): Promise<{ folder: string; upload: Upload }> {
  const uploadId = query.get('uploadId') ?? '';
  const folder = join(store.dir, SIDE_FOLDER, 'uploads', uploadId);
  const text = /^[0-9a-f]{32}$/.test(uploadId)
    ? await readFile(join(folder, 'upload.json'), 'utf8').catch(() => undefined)
    : undefined;
  const upload = text === undefined ? undefined : (JSON.parse(text) as Upload);
  if (upload?.key !== key) {
    throw new S3Error('NoSuchUpload', 'The specified upload does not exist. It may have been aborted or completed.');
  }
  return { folder, upload };
}

interface ListedPart extends Part {
  partNumber: number;
}

/** The parts that the request lists, held to what was uploaded. */
async function checkParts(folder: string, xml: string): Promise<ListedPart[]> {
  const listed = elementsOf(xml, 'Part').map((one) => ({
    partNumber: Number(textOf(one, 'PartNumber')),
    etag: unquoted(textOf(one, 'ETag') ?? ''),
  }));
  if (listed.length === 0) throw new S3Error('MalformedXML', 'The XML you provided lists no parts.');
  const parts: ListedPart[] = [];
  for (const { partNumber, etag } of listed) {
    if (partNumber <= (parts.at(-1)?.partNumber ?? 0)) {
      throw new S3Error('InvalidPartOrder', 'The list of parts was not in ascending order.');
    }
    const text = await readFile(join(folder, `${partNumber}.json`), 'utf8').catch(() => undefined);
    const part = text === undefined ? undefined : (JSON.parse(text) as Part);
    const size = (await stat(join(folder, String(partNumber))).catch(() => undefined))?.size;
    if (part === undefined || part.md5 !== etag || size !== part.size) {
      throw new S3Error('InvalidPart', 'One or more of the specified parts could not be found.');
    }
    parts.push({ ...part, partNumber });
  }
  if (parts.slice(0, -1).some(({ size }) => size < MIN_PART_BYTES)) {
    throw new S3Error('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
  }
  return parts;
}

/** The checksum of the parts' checksums, when each part has one. */
function compositeChecksum(
  algorithm: ChecksumAlgorithm | undefined,
  parts: ListedPart[],
): Pick<ObjectAttributes, 'checksum'> {
  if (algorithm === undefined) return {};
  const checksum = createChecksum(algorithm);
  for (const { checksums } of parts) {
    const value = checksums[algorithm];
    if (value === undefined) return {};
    checksum.update(Buffer.from(value, 'base64'));
  }
  return { checksum: { algorithm, value: `${checksum.base64()}-${parts.length}`, type: 'COMPOSITE' } };
}
