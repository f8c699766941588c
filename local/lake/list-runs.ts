import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { keys } from '../../lambdas/shared/keys.ts';
import { readJson } from '../../lambdas/shared/runs/read-json.ts';
import { Manifest } from '../../lambdas/shared/runs/run-records.ts';
import type { Lake } from './open-lake.ts';

/** Ids of all runs that left something, without listing what they left. */
export async function* listRuns({ client, bucket }: Pick<Lake, 'client' | 'bucket'>): AsyncGenerator<string> {
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: 'runs/', Delimiter: '/', ContinuationToken: token }),
    );
    for (const { Prefix } of page.CommonPrefixes ?? []) if (Prefix) yield Prefix.slice('runs/'.length, -1);
    token = page.IsTruncated ? page.NextContinuationToken : undefined;
  } while (token);
}

/** The run's manifest with its ETag; undefined while it has none. Throws `ContractViolation` when it is damaged. */
export async function readManifest(lake: Pick<Lake, 'store'>, runId: string) {
  return readJson(lake.store, keys.manifest(runId), Manifest);
}
