import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { describe, expect, it } from 'vitest';
import { Bucket, errorOf, get, put, tempFiles, world } from './s3-world.ts';

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
      client: world.client,
      params: { Bucket, Key: 'big', Body: Readable.from([body]), ContentType: 'text/x' },
      partSize: 5 * MiB,
      queueSize: 2,
    });
    const { ETag } = await upload.done();
    expect(ETag).toMatch(/^"[0-9a-f]{32}-3"$/);
    expect((await readFile(join(world.dir, 'big'))).equals(body)).toBe(true);
    const answer = await world.client.send(new GetObjectCommand({ Bucket, Key: 'big' }));
    expect(answer).toMatchObject({ ContentType: 'text/x', ETag });
    expect(Buffer.from((await answer.Body?.transformToByteArray()) ?? []).equals(body)).toBe(true);
  });

  async function begin(sizes: number[]) {
    const { UploadId } = await world.client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'big' }));
    const Parts: CompletedPart[] = [];
    for (const [i, size] of sizes.entries()) {
      const PartNumber = i + 1;
      const Body = Buffer.alloc(size, String(i));
      const { ETag } = await world.client.send(
        new UploadPartCommand({ Bucket, Key: 'big', UploadId, PartNumber, Body }),
      );
      Parts.push({ PartNumber, ETag });
    }
    const complete = (more: { IfNoneMatch?: string; Parts?: CompletedPart[] } = {}) =>
      world.client.send(
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
    await world.server.close();
    const { port } = world.server;
    await world.start(port);
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
    await world.client.send(new AbortMultipartUploadCommand({ Bucket, Key: 'big', UploadId }));
    expect(await errorOf(complete())).toEqual(['NoSuchUpload', 404]);
    expect(await readdir(join(world.dir, '.s3', 'uploads'))).toEqual([]);
  });
});

describe('lists', () => {
  async function listAll(input: { Prefix?: string; Delimiter?: string; MaxKeys?: number; StartAfter?: string }) {
    const keys: string[] = [];
    const prefixes: string[] = [];
    let pages = 0;
    let ContinuationToken: string | undefined;
    do {
      const page = await world.client.send(
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
      await mkdir(join(world.dir, key, '..'), { recursive: true });
      await writeFile(join(world.dir, key), '{}');
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
    const { Versions = [], DeleteMarkers = [] } = await world.client.send(
      new ListObjectVersionsCommand({ Bucket, Prefix }),
    );
    return { versions: Versions, markers: DeleteMarkers };
  };

  it('keep what is overwritten or deleted, until they are deleted themselves', async () => {
    await put('row', 'one');
    await put('row', 'two');
    await world.client.send(new DeleteObjectCommand({ Bucket, Key: 'row' }));
    expect(await errorOf(get('row'))).toEqual(['NoSuchKey', 404]);
    const { versions, markers } = await versionsOf('row');
    expect(versions.map(({ IsLatest }) => IsLatest)).toEqual([false, false]);
    expect(markers.map(({ IsLatest }) => IsLatest)).toEqual([true]);
    expect(await get('row', { VersionId: versions[1]?.VersionId ?? '' })).toBe('one');

    await world.client.send(new DeleteObjectCommand({ Bucket, Key: 'row', VersionId: markers[0]?.VersionId }));
    expect(await get('row')).toBe('two');
    await world.client.send(
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
    const { Deleted } = await world.client.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'x/1' }, { Key: 'x/y/2' }, { Key: 'never' }] } }),
    );
    expect(Deleted).toHaveLength(3);
    expect((await readdir(world.dir)).sort()).toEqual(['.s3', 'z']);
  });
});

describe('faults', () => {
  it.each([
    ['SlowDown', 503],
    ['InternalError', 500],
    ['AccessDenied', 403],
  ])('%s is shown, so many times', async (code, status) => {
    world.server.setFaults([{ operation: 'PutObject', keyPattern: /^runs\//, code, times: 2 }]);
    expect(await errorOf(put('runs/1', 'x'))).toEqual([code, status]);
    expect(await errorOf(put('other', 'x'))).toBeUndefined();
    expect(await errorOf(put('runs/1', 'x'))).toEqual([code, status]);
    expect(await errorOf(put('runs/1', 'x'))).toBeUndefined();
  });

  it('a time-out after the commit leaves the object', async () => {
    world.server.setFaults([{ operation: 'PutObject', reset: true, afterCommit: true }]);
    expect(await errorOf(put('done', 'x', { IfNoneMatch: '*' }))).toBeDefined();
    expect(await get('done')).toBe('x');
    expect(world.server.requests).toEqual([
      { operation: 'PutObject', key: 'done', status: 0, caller: 'test', condition: 'if-none-match' },
      { operation: 'GetObject', key: 'done', status: 200, caller: 'test' },
    ]);
  });

  it('are retried by the real client', async () => {
    world.server.setFaults([{ code: 'SlowDown' }, { reset: true }]);
    const patient = new S3Client({
      endpoint: world.server.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    await patient.send(new PutObjectCommand({ Bucket, Key: 'retried', Body: 'x' }));
    expect(world.server.requests.map(({ status }) => status)).toEqual([503, 0, 200]);
    patient.destroy();
  });
});
