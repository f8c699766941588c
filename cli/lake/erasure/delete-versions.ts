import { DeleteObjectsCommand, ListObjectVersionsCommand, type ObjectIdentifier } from '@aws-sdk/client-s3';
import type { Lake } from '../open-lake.ts';

/**
 * Deletes every version of an object but the current one, and its delete markers where nothing is current: after that
 * the old content cannot be brought back.
 *
 * @returns how many versions were deleted
 * @throws Error when S3 did not delete one of them
 */
export async function deleteOldVersions({ client, bucket }: Pick<Lake, 'client' | 'bucket'>, key: string) {
  const versions: ObjectIdentifier[] = [];
  const markers: ObjectIdentifier[] = [];
  let keyMarker: string | undefined;
  let versionMarker: string | undefined;
  do {
    const page = await client.send(
      new ListObjectVersionsCommand({
        Bucket: bucket,
        Prefix: key,
        KeyMarker: keyMarker,
        VersionIdMarker: versionMarker,
      }),
    );
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
    const { Errors } = await client.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: old.slice(start, start + 1_000), Quiet: true } }),
    );
    if (Errors && Errors.length > 0) throw new Error(`S3 kept ${Errors.length} old versions (${Errors[0]?.Code})`);
  }
  return old.length;
}
