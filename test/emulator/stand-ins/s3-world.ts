/** The S3 stand-in over a folder of its own, and the real client, for each test of a file. */
import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, PutObjectCommand, type PutObjectCommandInput, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach } from 'vitest';
import { type S3StandIn, startS3 } from '../../../emulator/stand-ins/s3/start-s3.ts';

export const Bucket = 'lake';

/** What is running; another one for each test. */
export const world = {} as {
  dir: string;
  server: S3StandIn;
  client: S3Client;
  /** Starts the server on what is in the folder. */
  start(port?: number): Promise<void>;
};

world.start = async (port) => {
  world.server = await startS3({ dir: world.dir, bucket: Bucket, ...(port !== undefined && { port }) });
  world.client = new S3Client({
    endpoint: world.server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
};

beforeEach(async () => {
  world.dir = await mkdtemp(join(tmpdir(), 's3-'));
  await world.start();
});
afterEach(async () => {
  world.client.destroy();
  await world.server.close();
});

export const put = (
  Key: string,
  Body: NonNullable<PutObjectCommandInput['Body']>,
  more: Partial<PutObjectCommandInput> = {},
) => world.client.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
export const get = async (Key: string, more: { Range?: string; VersionId?: string; IfMatch?: string } = {}) =>
  (await world.client.send(new GetObjectCommand({ Bucket, Key, ...more }))).Body?.transformToString();
export const errorOf = async (call: Promise<unknown>) => {
  const error = (await call.then(
    () => undefined,
    (reason: unknown) => reason,
  )) as { name: string; $metadata?: { httpStatusCode?: number } } | undefined;
  return error === undefined ? undefined : [error.name, error.$metadata?.httpStatusCode];
};
export const tempFiles = async () =>
  (await readdir(join(world.dir, '.s3', 'temp'), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.lock'))
    .map(({ name }) => name);
