import { DeleteObjectsCommand, ListObjectVersionsCommand, type ObjectIdentifier } from '@aws-sdk/client-s3';
import { PipelineError } from '../contracts/errors.ts';
import { callS3 } from '../storage/call-s3.ts';
import type { ErasableLake } from './affected-run.ts';

/**
 * How many versions were deleted: every one of the object but the current one, and its delete markers where nothing is
 * current. After that the old content cannot be brought back.
 *
 * @throws PipelineError `DataLakeRejected` when S3 did not delete one of them; what the object store throws
 * @example await deleteOldVersions(lake, 'state/open-runs.json') // 12
 */
export async function deleteOldVersions({ client, bucket }: Pick<ErasableLake, 'client' | 'bucket'>, key: string) {
  const versions: ObjectIdentifier[] = [];
  const markers: ObjectIdentifier[] = [];
  let keyMarker: string | undefined;
  let versionMarker: string | undefined;
  do {
    const command = new ListObjectVersionsCommand({
      Bucket: bucket,
      Prefix: key,
      KeyMarker: keyMarker,
      VersionIdMarker: versionMarker,
    });
    const page = await callS3('ListObjectVersions', () => client.send(command));
    for (const { Key, VersionId, IsLatest } of page.Versions ?? []) {
      if (Key === key && !IsLatest) versions.push({ Key, VersionId });
    }
    for (const { Key, VersionId } of page.DeleteMarkers ?? []) if (Key === key) markers.push({ Key, VersionId });
    keyMarker = page.IsTruncated ? page.NextKeyMarker : undefined;
    versionMarker = page.IsTruncated ? page.NextVersionIdMarker : undefined;
  } while (keyMarker !== undefined);

  // Versions before markers: a marker that goes first would make the version beneath it current again.
  const old = [...versions, ...markers];
  for (let start = 0; start < old.length; start += 1_000) {
    const Objects = old.slice(start, start + 1_000);
    const command = new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } });
    const { Errors } = await callS3('DeleteObjects', () => client.send(command));
    if (!Errors || Errors.length === 0) continue;
    throw new PipelineError('DataLakeRejected', `S3 kept ${Errors.length} old versions (${Errors[0]?.Code})`);
  }
  return old.length;
}
