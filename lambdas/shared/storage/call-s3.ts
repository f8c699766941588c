import { toPipelineError } from './object-store.ts';

/**
 * What S3 answers to a call that the object store has no method for, with the errors of the object store.
 *
 * @param operation as S3 names it
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`
 * @example
 * await callS3('ListObjectVersions', () => client.send(new ListObjectVersionsCommand({ Bucket, Prefix })))
 */
export async function callS3<Result>(operation: string, call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    throw toPipelineError(error, operation);
  }
}
