/** A data lake to look after: a bucket on AWS, or the directory that runs on this machine write to. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { startS3 } from '../../emulator/stand-ins/s3/start-s3.ts';
import { ObjectStore } from '../../lambdas/shared/storage/object-store.ts';
import type { DeployedStack } from '../aws/stack.ts';
import { UsageError } from '../process/usage-error.ts';

export interface Lake {
  store: ObjectStore;
  client: S3Client;
  bucket: string;
  /** As the user named it. */
  name: string;
  close(): Promise<void>;
}

/** Bucket name of a directory: no call leaves this machine, so any will do. */
const LOCAL_BUCKET = 'local-data-lake';

/**
 * A lake, open until its `close`.
 *
 * @param where a stack, `s3://bucket` (in the region of the environment), or a directory: that of `run --out`, or its
 *   `data-lake`
 * @throws UsageError when there is no such directory
 * @example (await openLake('s3://my-lake')).bucket // 'my-lake'
 */
export async function openLake(where: string | Pick<DeployedStack, 'bucket' | 'region'>): Promise<Lake> {
  if (typeof where !== 'string') return openBucket(where.bucket, where.region);
  const [, bucket] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/?$/.exec(where) ?? [];
  if (bucket !== undefined) return openBucket(bucket);
  if (where.startsWith('s3://')) throw new UsageError(`${where}: it must be s3://bucket or a directory`);
  const dir = await directoryOf(where);
  const server = await startS3({ dir, bucket: LOCAL_BUCKET });
  const client = new S3Client({
    endpoint: server.url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const close = async () => {
    client.destroy();
    await server.close();
  };
  return { store: new ObjectStore(LOCAL_BUCKET, client), client, bucket: LOCAL_BUCKET, name: dir, close };
}

/** A bucket on AWS. */
function openBucket(bucket: string, region?: string): Lake {
  const client = new S3Client({ maxAttempts: 6, ...(region === undefined ? {} : { region }) });
  const close = async () => client.destroy();
  return { store: new ObjectStore(bucket, client), client, bucket, name: `s3://${bucket}`, close };
}

async function directoryOf(where: string): Promise<string> {
  for (const dir of [join(where, 'data-lake'), where]) {
    const found = await stat(dir).catch(() => undefined);
    if (found?.isDirectory()) return dir;
  }
  throw new UsageError(`${where}: no such directory`);
}
