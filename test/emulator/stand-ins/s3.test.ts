import { createHash, randomBytes } from 'node:crypto';
import { link, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type S3StandIn, startS3 } from '../../../emulator/stand-ins/s3/start-s3.ts';

const Bucket = 'lake';
let dir: string;
let s3: S3StandIn;
let client: S3Client;

async function start(): Promise<void> {
  s3 = await startS3({ dir, bucket: Bucket });
  client = new S3Client({
    endpoint: s3.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
}

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 's3-'));
  await start();
});
afterEach(async () => {
  client.destroy();
  await s3.close();
});

const put = (
  Key: string,
  Body: NonNullable<PutObjectCommandInput['Body']>,
  more: Partial<PutObjectCommandInput> = {},
) => client.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const get = async (Key: string, more: { Range?: string; VersionId?: string; IfMatch?: string } = {}) =>
  (await client.send(new GetObjectCommand({ Bucket, Key, ...more }))).Body?.transformToString();
const errorOf = async (call: Promise<unknown>) => {
  const error = (await call.then(
    () => undefined,
    (reason: unknown) => reason,
  )) as { name: string; $metadata?: { httpStatusCode?: number } } | undefined;
  return error === undefined ? undefined : [error.name, error.$metadata?.httpStatusCode];
};
const tempFiles = async () =>
  (await readdir(join(dir, '.s3', 'temp'), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.lock'))
    .map(({ name }) => name);

describe('objects', () => {
  it('are plain files, with what was said of them', async () => {
    const body = gzipSync('{"a":1}\n');
    const { ETag } = await put('transcripts/v=1/dt=2026-11-21/run-0.jsonl.gz', body, {
      ContentType: 'application/x-ndjson',
      ContentEncoding: 'gzip',
      CacheControl: 'no-store',
      Metadata: { run: 'r-1' },
    });
    expect(ETag).toBe(`"${createHash('md5').update(body).digest('hex')}"`);
    const file = await readFile(join(dir, 'transcripts/v=1/dt=2026-11-21/run-0.jsonl.gz'));
    expect(gunzipSync(file).toString()).toBe('{"a":1}\n');
    const head = await client.send(
      new HeadObjectCommand({ Bucket, Key: 'transcripts/v=1/dt=2026-11-21/run-0.jsonl.gz' }),
    );
    expect(head).toMatchObject({
      ETag,
      ContentLength: body.length,
      ContentType: 'application/x-ndjson',
      ContentEncoding: 'gzip',
      CacheControl: 'no-store',
      Metadata: { run: 'r-1' },
    });
  });

  it('may be empty', async () => {
    await put('empty', '');
    expect(await get('empty')).toBe('');
  });

  it('come from streams, whose framing and trailers are taken off', async () => {
    const body = randomBytes(3 * 1024 * 1024 + 17);
    const pieces = [body.subarray(0, 70_000), body.subarray(70_000, 70_001), body.subarray(70_001)];
    const { ChecksumCRC32 } = await put('stream', Readable.from(pieces), { ContentLength: body.length });
    expect(ChecksumCRC32).toMatch(/^[\w+/]{6}==$/);
    expect((await readFile(join(dir, 'stream'))).equals(body)).toBe(true);
    expect(await readFile(join(dir, 'stream'))).toHaveLength(body.length);
    const { ContentEncoding } = await client.send(new HeadObjectCommand({ Bucket, Key: 'stream' }));
    expect(ContentEncoding).toBeUndefined();
  });

  it.each(['CRC32', 'CRC32C', 'SHA1', 'SHA256'] as const)(
    'keep the %s that the client sends and checks',
    async (ChecksumAlgorithm) => {
      await put('sum', 'the body', { ChecksumAlgorithm });
      const answer = await client.send(new GetObjectCommand({ Bucket, Key: 'sum', ChecksumMode: 'ENABLED' }));
      expect(answer[`Checksum${ChecksumAlgorithm}`]).toBeTypeOf('string');
      expect(await answer.Body?.transformToString()).toBe('the body');
    },
  );

  it.each([
    ['NoSuchKey', 404, () => get('none')],
    ['NotFound', 404, () => client.send(new HeadObjectCommand({ Bucket, Key: 'none' }))],
    ['NoSuchBucket', 404, () => client.send(new GetObjectCommand({ Bucket: 'another', Key: 'none' }))],
    ['InvalidRange', 416, () => put('short', 'abc').then(() => get('short', { Range: 'bytes=3-' }))],
    ['KeyTooLongError', 400, () => put('x'.repeat(300), 'abc')],
    ['InvalidRequest', 400, () => put('a', '1').then(() => put('a/b', '2'))],
  ] as const)('answer %s with %d', async (name, status, call) => {
    expect(await errorOf(call())).toEqual([name, status]);
    expect(await tempFiles()).toEqual([]);
  });

  it.each([
    ['bytes=0-3', '0123', 'bytes 0-3/10'],
    ['bytes=4-', '456789', 'bytes 4-9/10'],
    ['bytes=-2', '89', 'bytes 8-9/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10'],
  ])('give the range %s', async (Range, text, ContentRange) => {
    await put('digits', '0123456789');
    const answer = await client.send(new GetObjectCommand({ Bucket, Key: 'digits', Range }));
    expect(answer.ContentRange).toBe(ContentRange);
    expect(await answer.Body?.transformToString()).toBe(text);
  });

  it.each([
    '../escape',
    'a/../b',
    './c',
    '.s3/objects/x',
    'folder/',
    'a//b',
    'per%20cent',
    'ü 漢 😀',
    'a\\b:c*?"<>|',
    "q'uote&amp;",
    'new\nline',
  ])('keep the key %j to themselves', async (key) => {
    await put(key, key);
    await put('plain', 'x');
    expect(await get(key)).toBe(key);
    const { Contents } = await client.send(new ListObjectsV2Command({ Bucket }));
    expect(Contents?.map(({ Key }) => Key).sort()).toEqual([key, 'plain'].sort());
    expect(await readdir(join(dir, '..'))).not.toContain('escape');
    await client.send(new DeleteObjectCommand({ Bucket, Key: key }));
    expect(await errorOf(get(key))).toEqual(['NoSuchKey', 404]);
  });

  it('survive a restart, and a change by hand shows', async () => {
    await put('kept', 'one', { ContentType: 'text/plain' });
    await s3.close();
    await mkdir(join(dir, 'by-hand'));
    await writeFile(join(dir, 'by-hand', 'ids.csv'), 'id\n1\n');
    await start();
    const kept = await client.send(new GetObjectCommand({ Bucket, Key: 'kept' }));
    expect([kept.ContentType, await kept.Body?.transformToString()]).toEqual(['text/plain', 'one']);
    const { ETag } = await client.send(new HeadObjectCommand({ Bucket, Key: 'by-hand/ids.csv' }));
    expect(ETag).toBe(`"${createHash('md5').update('id\n1\n').digest('hex')}"`);
    await writeFile(join(dir, 'kept'), 'another');
    expect(await get('kept')).toBe('another');
  });

  it('are as before when a process was killed between its record and its data', async () => {
    const { VersionId = '' } = await put('row', 'one', { ContentType: 'text/one' });
    await put('row', 'two', { ContentType: 'text/two' });
    const [side = ''] = await readdir(join(dir, '.s3', 'versions'));
    await rm(join(dir, 'row'));
    await link(join(dir, '.s3', 'versions', side, VersionId), join(dir, 'row'));
    const row = await client.send(new GetObjectCommand({ Bucket, Key: 'row' }));
    expect([row.ContentType, row.VersionId, await row.Body?.transformToString()]).toEqual([
      'text/one',
      VersionId,
      'one',
    ]);
    await put('row', 'three');
    const { Versions = [] } = await client.send(new ListObjectVersionsCommand({ Bucket, Prefix: 'row' }));
    expect(Versions.map((one) => [one.VersionId === VersionId, one.IsLatest])).toEqual([
      [false, true],
      [true, false],
    ]);
    for (const version of Versions) {
      await client.send(new DeleteObjectCommand({ Bucket, Key: 'row', VersionId: version.VersionId }));
    }
    expect(await errorOf(get('row'))).toEqual(['NoSuchKey', 404]);
  });

  it('are copied with their metadata, or with new ones', async () => {
    await put('from here', 'text', { ContentType: 'text/plain', Metadata: { a: '1' } });
    const CopySource = `${Bucket}/${encodeURIComponent('from here')}`;
    await client.send(new CopyObjectCommand({ Bucket, Key: 'to', CopySource }));
    expect(await client.send(new HeadObjectCommand({ Bucket, Key: 'to' }))).toMatchObject({
      ContentType: 'text/plain',
      Metadata: { a: '1' },
    });
    await client.send(
      new CopyObjectCommand({ Bucket, Key: 'to', CopySource, MetadataDirective: 'REPLACE', Metadata: { b: '2' } }),
    );
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'to' }));
    expect(head.Metadata).toEqual({ b: '2' });
    expect(await get('to')).toBe('text');
  });
});

describe('bodies at fault', () => {
  const rawPut = (headers: Record<string, string>, body: string) =>
    fetch(`${s3.url}/${Bucket}/raw`, { method: 'PUT', headers, body });
  const framed = (trailer: string) => `5\r\nhello\r\n0\r\n${trailer}\r\n`;
  const streaming = {
    'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
    'x-amz-decoded-content-length': '5',
    'content-encoding': 'aws-chunked',
    'x-amz-trailer': 'x-amz-checksum-crc32',
  };

  it('takes the trailer that is right', async () => {
    expect((await rawPut(streaming, framed('x-amz-checksum-crc32:NhCmhg==\r\n'))).status).toBe(200);
    expect(await get('raw')).toBe('hello');
  });

  it('takes CRC-64/NVME, as the check value of its catalogue says', async () => {
    const right = Buffer.from('ae8b14860a799888', 'hex').toString('base64');
    expect((await rawPut({ 'x-amz-checksum-crc64nvme': right }, '123456789')).status).toBe(200);
    expect((await rawPut({ 'x-amz-checksum-crc64nvme': right }, '123456780')).status).toBe(400);
  });

  it.each<[string, Record<string, string>, string, string]>([
    ['a wrong trailer', streaming, framed('x-amz-checksum-crc32:AAAAAA==\r\n'), 'BadDigest'],
    ['a missing trailer', streaming, framed(''), 'IncompleteBody'],
    [
      'another length',
      { ...streaming, 'x-amz-decoded-content-length': '6' },
      framed('x-amz-checksum-crc32:NhCmhg==\r\n'),
      'IncompleteBody',
    ],
    ['a frame cut short', streaming, '5\r\nhel', 'IncompleteBody'],
    ['a wrong CRC32 header', { 'x-amz-checksum-crc32': 'AAAAAA==' }, 'hello', 'BadDigest'],
    ['a wrong SHA-256 header', { 'x-amz-checksum-sha256': 'AAAA' }, 'hello', 'BadDigest'],
    ['a wrong MD5', { 'content-md5': 'AAAA' }, 'hello', 'BadDigest'],
    ['a wrong payload hash', { 'x-amz-content-sha256': '0'.repeat(64) }, 'hello', 'XAmzContentSHA256Mismatch'],
  ])('refuses %s and keeps nothing', async (_name, headers, body, code) => {
    const answer = await rawPut(headers, body);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(`<Code>${code}</Code>`);
    expect(await errorOf(get('raw'))).toEqual(['NoSuchKey', 404]);
    expect(await tempFiles()).toEqual([]);
  });

  it('answers what it does not know with NotImplemented', async () => {
    const answer = await fetch(`${s3.url}/${Bucket}/raw?tagging`);
    expect(answer.status).toBe(501);
    expect(await answer.text()).toContain('<Code>NotImplemented</Code>');
  });
});

describe('conditional writes', () => {
  it('If-None-Match lets one of many through', async () => {
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, i) => errorOf(put('claim', `writer ${i}`, { IfNoneMatch: '*' }))),
    );
    expect(results.filter((result) => result === undefined)).toHaveLength(1);
    expect(results.filter((result) => result?.[0] === 'PreconditionFailed' && result[1] === 412)).toHaveLength(9);
    expect(await tempFiles()).toEqual([]);
  });

  it('If-Match is compare-and-swap', async () => {
    const { ETag } = await put('watermark', '1');
    await put('watermark', '2', { IfMatch: ETag });
    expect(await errorOf(put('watermark', '3', { IfMatch: ETag }))).toEqual(['PreconditionFailed', 412]);
    expect(await errorOf(put('none', '3', { IfMatch: ETag }))).toEqual(['NoSuchKey', 404]);
    expect(await get('watermark')).toBe('2');
    expect(await errorOf(get('watermark', { IfMatch: ETag ?? '' }))).toEqual(['PreconditionFailed', 412]);
  });
});

describe('multipart uploads', () => {
  const MiB = 1024 * 1024;

  it('join their parts', async () => {
    const body = randomBytes(12 * MiB);
    const upload = new Upload({
      client,
      params: { Bucket, Key: 'big', Body: Readable.from([body]), ContentType: 'text/x' },
      partSize: 5 * MiB,
      queueSize: 2,
    });
    const { ETag } = await upload.done();
    expect(ETag).toMatch(/^"[0-9a-f]{32}-3"$/);
    expect((await readFile(join(dir, 'big'))).equals(body)).toBe(true);
    const answer = await client.send(new GetObjectCommand({ Bucket, Key: 'big' }));
    expect(answer).toMatchObject({ ContentType: 'text/x', ETag });
    expect(Buffer.from((await answer.Body?.transformToByteArray()) ?? []).equals(body)).toBe(true);
  });

  async function begin(sizes: number[]) {
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'big' }));
    const Parts: CompletedPart[] = [];
    for (const [i, size] of sizes.entries()) {
      const PartNumber = i + 1;
      const Body = Buffer.alloc(size, String(i));
      const { ETag } = await client.send(new UploadPartCommand({ Bucket, Key: 'big', UploadId, PartNumber, Body }));
      Parts.push({ PartNumber, ETag });
    }
    const complete = (more: { IfNoneMatch?: string; Parts?: CompletedPart[] } = {}) =>
      client.send(
        new CompleteMultipartUploadCommand({
          Bucket,
          Key: 'big',
          UploadId,
          MultipartUpload: { Parts: more.Parts ?? Parts },
          ...(more.IfNoneMatch && { IfNoneMatch: more.IfNoneMatch }),
        }),
      );
    return { UploadId, Parts, complete };
  }

  it('survive a restart and may be completed twice', async () => {
    const { complete } = await begin([5 * MiB, 3]);
    await s3.close();
    const { port } = s3;
    s3 = await startS3({ dir, bucket: Bucket, port });
    const first = await complete();
    expect((await complete()).ETag).toBe(first.ETag);
    expect(await get('big', { Range: 'bytes=-4' })).toBe('0111');
  });

  it('hold their conditions at completion', async () => {
    const { complete } = await begin([3]);
    await put('big', 'somebody was faster');
    expect(await errorOf(complete({ IfNoneMatch: '*' }))).toEqual(['PreconditionFailed', 412]);
    expect(await get('big')).toBe('somebody was faster');
  });

  it('refuse parts that are unknown, out of order or too small', async () => {
    const { complete, Parts } = await begin([5 * MiB, 3]);
    expect(await errorOf(complete({ Parts: [{ PartNumber: 9, ETag: '"x"' }] }))).toEqual(['InvalidPart', 400]);
    expect(await errorOf(complete({ Parts: [...Parts].reverse() }))).toEqual(['InvalidPartOrder', 400]);
    const small = await begin([3, 3]);
    expect(await errorOf(small.complete())).toEqual(['EntityTooSmall', 400]);
  });

  it('are gone once aborted', async () => {
    const { UploadId, complete } = await begin([3]);
    await client.send(new AbortMultipartUploadCommand({ Bucket, Key: 'big', UploadId }));
    expect(await errorOf(complete())).toEqual(['NoSuchUpload', 404]);
    expect(await readdir(join(dir, '.s3', 'uploads'))).toEqual([]);
  });
});

describe('lists', () => {
  async function listAll(input: { Prefix?: string; Delimiter?: string; MaxKeys?: number; StartAfter?: string }) {
    const keys: string[] = [];
    const prefixes: string[] = [];
    let pages = 0;
    let ContinuationToken: string | undefined;
    do {
      const page = await client.send(
        new ListObjectsV2Command({
          Bucket,
          ...input,
          ...(ContinuationToken === undefined ? {} : { ContinuationToken }),
        }),
      );
      keys.push(...(page.Contents ?? []).map(({ Key }) => Key ?? ''));
      prefixes.push(...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix ?? ''));
      ContinuationToken = page.NextContinuationToken;
      pages += 1;
    } while (ContinuationToken !== undefined);
    return { keys, prefixes, pages };
  }

  it('pages over more than 1,000 keys in order', async () => {
    const wanted = Array.from({ length: 2_300 }, (_, i) => `runs/r${i % 7}/batches/${i}.json`).sort();
    for (const key of wanted) {
      await mkdir(join(dir, key, '..'), { recursive: true });
      await writeFile(join(dir, key), '{}');
    }
    const { keys, pages } = await listAll({});
    expect(pages).toBe(3);
    expect(keys).toEqual(wanted);
    expect((await listAll({ Prefix: 'runs/r3/batches/1' })).keys).toEqual(
      wanted.filter((key) => key.startsWith('runs/r3/batches/1')),
    );
    const StartAfter = wanted[1_999] ?? '';
    expect((await listAll({ StartAfter, MaxKeys: 100 })).keys).toEqual(wanted.slice(2_000));
  });

  it('sorts by bytes, folders among files', async () => {
    const wanted = ['a!b', 'a-b', 'a/b', 'a/c/d', 'a0', 'b', '\uff5e', '😀'];
    for (const key of [...wanted].reverse()) await put(key, key);
    expect((await listAll({ MaxKeys: 3 })).keys).toEqual(wanted);
  });

  it('groups by a delimiter, over pages', async () => {
    for (const key of ['r/1/a', 'r/1/b', 'r/2/a', 'r/3/a', 'r/3/b', 'r/file', 's/1']) await put(key, key);
    for (const MaxKeys of [1, 2, 1_000]) {
      const { keys, prefixes } = await listAll({ Prefix: 'r/', Delimiter: '/', MaxKeys });
      expect([keys, prefixes]).toEqual([['r/file'], ['r/1/', 'r/2/', 'r/3/']]);
    }
  });
});

describe('versions', () => {
  const versionsOf = async (Prefix: string) => {
    const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand({ Bucket, Prefix }));
    return { versions: Versions, markers: DeleteMarkers };
  };

  it('keep what is overwritten or deleted, until they are deleted themselves', async () => {
    await put('row', 'one');
    await put('row', 'two');
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'row' }));
    expect(await errorOf(get('row'))).toEqual(['NoSuchKey', 404]);
    const { versions, markers } = await versionsOf('row');
    expect(versions.map(({ IsLatest }) => IsLatest)).toEqual([false, false]);
    expect(markers.map(({ IsLatest }) => IsLatest)).toEqual([true]);
    expect(await get('row', { VersionId: versions[1]?.VersionId ?? '' })).toBe('one');

    await client.send(new DeleteObjectCommand({ Bucket, Key: 'row', VersionId: markers[0]?.VersionId }));
    expect(await get('row')).toBe('two');
    await client.send(
      new DeleteObjectsCommand({
        Bucket,
        Delete: { Objects: versions.map(({ VersionId }) => ({ Key: 'row', VersionId })) },
      }),
    );
    expect(await versionsOf('row')).toEqual({ versions: [], markers: [] });
    expect(await errorOf(get('row'))).toEqual(['NoSuchKey', 404]);
  });

  it('deletes many keys at once, leaving no empty folders', async () => {
    for (const key of ['x/1', 'x/y/2', 'z']) await put(key, key);
    const { Deleted } = await client.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'x/1' }, { Key: 'x/y/2' }, { Key: 'never' }] } }),
    );
    expect(Deleted).toHaveLength(3);
    expect((await readdir(dir)).sort()).toEqual(['.s3', 'z']);
  });
});

describe('faults', () => {
  it.each([
    ['SlowDown', 503],
    ['InternalError', 500],
    ['AccessDenied', 403],
  ])('%s is shown, so many times', async (code, status) => {
    s3.setFaults([{ operation: 'PutObject', keyPattern: /^runs\//, code, times: 2 }]);
    expect(await errorOf(put('runs/1', 'x'))).toEqual([code, status]);
    expect(await errorOf(put('other', 'x'))).toBeUndefined();
    expect(await errorOf(put('runs/1', 'x'))).toEqual([code, status]);
    expect(await errorOf(put('runs/1', 'x'))).toBeUndefined();
  });

  it('a time-out after the commit leaves the object', async () => {
    s3.setFaults([{ operation: 'PutObject', reset: true, afterCommit: true }]);
    expect(await errorOf(put('done', 'x', { IfNoneMatch: '*' }))).toBeDefined();
    expect(await get('done')).toBe('x');
    expect(s3.requests).toEqual([
      { operation: 'PutObject', key: 'done', status: 0, caller: 'test', condition: 'if-none-match' },
      { operation: 'GetObject', key: 'done', status: 200, caller: 'test' },
    ]);
  });

  it('are retried by the real client', async () => {
    s3.setFaults([{ code: 'SlowDown' }, { reset: true }]);
    const patient = new S3Client({
      endpoint: s3.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    await patient.send(new PutObjectCommand({ Bucket, Key: 'retried', Body: 'x' }));
    expect(s3.requests.map(({ status }) => status)).toEqual([503, 0, 200]);
    patient.destroy();
  });
});
