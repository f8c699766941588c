import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { isPipelineError } from '../../lambdas/shared/contracts/errors.ts';
import { type OpenRun, readOpenRuns } from '../../lambdas/shared/runs/open-runs.ts';
import { Manifest } from '../../lambdas/shared/runs/run-records.ts';
import { callS3 } from '../../lambdas/shared/storage/call-s3.ts';
import { keys } from '../../lambdas/shared/storage/layout.ts';
import { type FoundRecord, readRecord, UnreadableObject } from '../../lambdas/shared/storage/read-record.ts';
import { NewerRecord } from '../../lambdas/shared/storage/record-version.ts';
import type { Lake } from './open-lake.ts';

/**
 * The ids of all runs that left something, without listing what they left.
 *
 * @throws PipelineError as the object store does
 * @example listRuns(lake) // yields 'daily-2026-11-20', 'daily-2026-11-21'
 */
export async function* listRuns({ client, bucket }: Pick<Lake, 'client' | 'bucket'>): AsyncGenerator<string> {
  let token: string | undefined;
  do {
    const command = new ListObjectsV2Command({
      Bucket: bucket,
      Prefix: 'runs/',
      Delimiter: '/',
      ContinuationToken: token,
    });
    const page = await callS3('ListObjectsV2', () => client.send(command));
    for (const { Prefix } of page.CommonPrefixes ?? []) if (Prefix) yield Prefix.slice('runs/'.length, -1);
    token = page.IsTruncated ? page.NextContinuationToken : undefined;
  } while (token);
}

/**
 * The run's manifest with its ETag; undefined while it has none.
 *
 * @throws UnreadableObject when it cannot be read whole
 * @example (await readManifest(lake, 'r1'))?.value.status // 'complete'
 */
export async function readManifest(
  lake: Pick<Lake, 'store'>,
  runId: string,
): Promise<FoundRecord<Manifest> | undefined> {
  return readRecord(lake.store, keys.manifest(runId), Manifest);
}

/**
 * The runs that are planned and not recorded yet.
 *
 * @throws UnreadableObject when their list cannot be read
 * @example (await listOpenRuns(lake)).map(({ runId }) => runId) // ['r2']
 */
export async function listOpenRuns({ store }: Pick<Lake, 'store'>): Promise<OpenRun[]> {
  try {
    return (await readOpenRuns(store)).runs;
  } catch (error) {
    if (!isPipelineError(error, 'ContractViolation')) throw error;
    throw new UnreadableObject(keys.openRuns, error instanceof NewerRecord ? error.reason : error.message);
  }
}
