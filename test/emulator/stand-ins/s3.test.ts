import { createHash, randomBytes } from 'node:crypto';
import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { Bucket, errorOf, get, put, tempFiles, world } from './s3-world.ts';

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
    const file = await readFile(join(world.dir, 'transcripts/v=1/dt=2026-11-21/run-0.jsonl.gz'));
    expect(gunzipSync(file).toString()).toBe('{"a":1}\n');
    const head = await world.client.send(
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
    expect((await readFile(join(world.dir, 'stream'))).equals(body)).toBe(true);
    expect(await readFile(join(world.dir, 'stream'))).toHaveLength(body.length);
    const { ContentEncoding } = await world.client.send(new HeadObjectCommand({ Bucket, Key: 'stream' }));
    expect(ContentEncoding).toBeUndefined();
  });

  it.each(['CRC32', 'CRC32C', 'SHA1', 'SHA256'] as const)(
    'keep the %s that the client sends and checks',
    async (ChecksumAlgorithm) => {
      await put('sum', 'the body', { ChecksumAlgorithm });
      const answer = await world.client.send(new GetObjectCommand({ Bucket, Key: 'sum', ChecksumMode: 'ENABLED' }));
      expect(answer[`Checksum${ChecksumAlgorithm}`]).toBeTypeOf('string');
      expect(await answer.Body?.transformToString()).toBe('the body');
    },
  );

  it.each([
    ['NoSuchKey', 404, () => get('none')],
    ['NotFound', 404, () => world.client.send(new HeadObjectCommand({ Bucket, Key: 'none' }))],
    ['NoSuchBucket', 404, () => world.client.send(new GetObjectCommand({ Bucket: 'another', Key: 'none' }))],
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
    const answer = await world.client.send(new GetObjectCommand({ Bucket, Key: 'digits', Range }));
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
    const { Contents } = await world.client.send(new ListObjectsV2Command({ Bucket }));
    expect(Contents?.map(({ Key }) => Key).sort()).toEqual([key, 'plain'].sort());
    expect(await readdir(join(world.dir, '..'))).not.toContain('escape');
    await world.client.send(new DeleteObjectCommand({ Bucket, Key: key }));
    expect(await errorOf(get(key))).toEqual(['NoSuchKey', 404]);
  });

  it('survive a restart, and a change by hand shows', async () => {
    await put('kept', 'one', { ContentType: 'text/plain' });
    await world.server.close();
    await mkdir(join(world.dir, 'by-hand'));
    await writeFile(join(world.dir, 'by-hand', 'ids.csv'), 'id\n1\n');
    await world.start();
    const kept = await world.client.send(new GetObjectCommand({ Bucket, Key: 'kept' }));
    expect([kept.ContentType, await kept.Body?.transformToString()]).toEqual(['text/plain', 'one']);
    const { ETag } = await world.client.send(new HeadObjectCommand({ Bucket, Key: 'by-hand/ids.csv' }));
    expect(ETag).toBe(`"${createHash('md5').update('id\n1\n').digest('hex')}"`);
    await writeFile(join(world.dir, 'kept'), 'another');
    expect(await get('kept')).toBe('another');
  });

  it('are as before when a process was killed between its record and its data', async () => {
    const { VersionId = '' } = await put('row', 'one', { ContentType: 'text/one' });
    await put('row', 'two', { ContentType: 'text/two' });
    const [side = ''] = await readdir(join(world.dir, '.s3', 'versions'));
    await rm(join(world.dir, 'row'));
    await link(join(world.dir, '.s3', 'versions', side, VersionId), join(world.dir, 'row'));
    const row = await world.client.send(new GetObjectCommand({ Bucket, Key: 'row' }));
    expect([row.ContentType, row.VersionId, await row.Body?.transformToString()]).toEqual([
      'text/one',
      VersionId,
      'one',
    ]);
    await put('row', 'three');
    const { Versions = [] } = await world.client.send(new ListObjectVersionsCommand({ Bucket, Prefix: 'row' }));
    expect(Versions.map((one) => [one.VersionId === VersionId, one.IsLatest])).toEqual([
      [false, true],
      [true, false],
    ]);
    for (const version of Versions) {
      await world.client.send(new DeleteObjectCommand({ Bucket, Key: 'row', VersionId: version.VersionId }));
    }
    expect(await errorOf(get('row'))).toEqual(['NoSuchKey', 404]);
  });

  it('are copied with their metadata, or with new ones', async () => {
    await put('from here', 'text', { ContentType: 'text/plain', Metadata: { a: '1' } });
    const CopySource = `${Bucket}/${encodeURIComponent('from here')}`;
    await world.client.send(new CopyObjectCommand({ Bucket, Key: 'to', CopySource }));
    expect(await world.client.send(new HeadObjectCommand({ Bucket, Key: 'to' }))).toMatchObject({
      ContentType: 'text/plain',
      Metadata: { a: '1' },
    });
    await world.client.send(
      new CopyObjectCommand({ Bucket, Key: 'to', CopySource, MetadataDirective: 'REPLACE', Metadata: { b: '2' } }),
    );
    const head = await world.client.send(new HeadObjectCommand({ Bucket, Key: 'to' }));
    expect(head.Metadata).toEqual({ b: '2' });
    expect(await get('to')).toBe('text');
  });
});

describe('bodies at fault', () => {
  const rawPut = (headers: Record<string, string>, body: string) =>
    fetch(`${world.server.url}/${Bucket}/raw`, { method: 'PUT', headers, body });
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
    const answer = await fetch(`${world.server.url}/${Bucket}/raw?tagging`);
    expect(answer.status).toBe(501);
    expect(await answer.text()).toContain('<Code>NotImplemented</Code>');
  });
});
